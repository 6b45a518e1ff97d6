# SPDX-License-Identifier: EUPL-1.2
"""The pages of figures: every number says what it counts, of when, and opens exactly that."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.cases.models import Case, CaseFact
from siac.indicators.figures.cube import recount
from siac.indicators.figures.facts import Only, facts_behind
from siac.indicators.figures.measuring import measure
from siac.indicators.public import count_all
from siac.infra.metrics import metric, metrics, source
from siac.organizations.public import save_unit, unit_tree
from tests.caches import forget
from tests.factories import NOW, file
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
SEPTEMBER = {"en": "2026-09-01"}
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
OCTOBER = NOW.replace(month=10, day=15)
MOST_SQL = 13
"""What a page of figures may ask for, being signed in and the menu included."""


@pytest.fixture
def now(monkeypatch):
    """Let the pages think it is October."""
    monkeypatch.setattr("siac.indicators.figures.workspace.current_time", lambda: OCTOBER)


@pytest.fixture
def manager(counted, now):
    """The quality manager of the body whose facts were worked out by hand."""
    return counted.client(Role.QUALITY_MANAGER)


def ask(client, house, path: str = "", **asked: str):
    """Return the page at a path under «Cifras»."""
    return client.get(f"/{house.slug}/gestion/cifras/{path}", asked)


def rows_of(page) -> int:
    """Return how many rows a page lists."""
    return page.content.decode().count("<tr data-row>")


# All metrics


def test_every_metric_stands_in_its_family_with_its_change(manager, counted):
    page = ask(manager, counted, **SEPTEMBER)
    assert page.status_code == 200
    assert [name for name, _ in page.context["families"]] == [
        "Satisfacción", "Cobertura", "Oportunidad", "Personal", "Eficiencia"
    ]  # fmt: skip
    lines = {line.metric.key: line for _, of in page.context["families"] for line in of}
    assert sorted(lines) == [each.key for each in metrics()]
    said = {key: (line.value, line.of, line.earlier, line.change) for key, line in lines.items()}
    assert said["cases.received"] == ("9", "", "1", "8 más")
    assert said["cases.answered_in_term"] == ("75,0 %", "3 de 4", "—", "")
    assert said["cases.answer_days"] == ("5 días hábiles", "de 4", "—", "")
    assert said["cases.pending"] == ("2", "", "1", "1 más")
    assert lines["cases.pending"].verdict == "empeora"
    shown = words(page)
    assert "Septiembre de 2026 . Antes: del 1 al 31 de agosto de 2026." in shown
    assert "Datos hasta el 30 de septiembre de 2026" in shown
    assert metric("cases.contested").definition in shown


def test_all_metrics_cost_few_statements_whatever_the_cases_and_filters(manager, counted):
    kind = str(counted.kinds["reclamo"].pk)
    ask(manager, counted)
    for asked in ({}, {"tipo-de-solicitud": kind}, {"tipo-de-solicitud": kind, "canal": "web", "tema": "0"}):
        with at_most(MOST_SQL):
            assert ask(manager, counted, **SEPTEMBER, **asked).status_code == 200


def test_filters_narrow_every_figure_and_stay_in_its_links(manager, counted):
    page = ask(manager, counted, **SEPTEMBER, canal="letter")
    lines = {line.metric.key: line for _, of in page.context["families"] for line in of}
    assert lines["cases.received"].value == "0"
    assert not page.context["has_any"]
    assert "Nada que contar con estos filtros" in words(page)
    assert "Canal: Carta" in words(page)
    assert "cases.received/?en=2026-09-01&amp;canal=letter" in page.content.decode()


def test_a_running_period_is_compared_with_as_many_days_of_the_one_before(manager, counted):
    shown = words(ask(manager, counted))
    assert "Octubre de 2026 , del 1 al 15 de octubre de 2026. Antes: del 1 al 15 de septiembre" in shown
    a_year = words(ask(manager, counted, periodo="trimestre", comparar="anio-anterior"))
    assert (
        "Octubre a diciembre de 2026 , del 1 al 15 de octubre de 2026. Antes: del 1 al 15 de octubre de 2025"
        in a_year
    )


def test_days_may_be_any_and_are_compared_with_as_many_before_them(manager, counted):
    page = ask(manager, counted, periodo="dias", desde="2026-09-01", hasta="2026-09-04")
    lines = {line.metric.key: line for _, of in page.context["families"] for line in of}
    assert lines["cases.received"].value == "6"
    assert "Antes: del 28 al 31 de agosto de 2026." in words(page)


def test_a_body_without_cases_is_told_what_will_be_here(house, now):
    count_all(house.institution, now=OCTOBER)
    page = ask(house.client(Role.QUALITY_MANAGER), house)
    assert page.status_code == 200
    assert "Aquí estará cada cifra con su cambio, su definición y lo que hay detrás" in words(page)


def test_what_is_still_being_counted_is_said(house, now):
    assert "Todavía no se cuenta nada. Se sigue contando lo anterior" in words(
        ask(house.client(Role.QUALITY_MANAGER), house)
    )


# One metric


def test_a_metric_says_its_definition_its_change_and_thirteen_months(manager, counted):
    page = ask(manager, counted, "cases.pending/", **SEPTEMBER)
    shown = words(page)
    assert metric("cases.pending").definition in shown
    assert "1 más que antes, empeora. Antes: 1" in shown
    trend = page.context["charts"][0]
    assert [row.label for row in trend.rows][::12] == ["septiembre de 2025", "septiembre de 2026"]
    assert [row.words for row in trend.rows][-3:] == ["0", "1", "2"]
    assert trend.title == "Septiembre de 2026: 2, 2 más que en septiembre de 2025."


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "5 días hábiles"),
        ({"estadistica": "p90"}, "14 días hábiles"),
        ({"estadistica": "mean"}, "7,8 días hábiles"),
        ({"estadistica": "maximum"}, "14 días hábiles"),
        ({"estadistica": "within", "n": "5"}, "50,0 %"),
    ],
)
def test_values_are_told_as_is_asked(manager, counted, asked, said):
    page = ask(manager, counted, "cases.answer_days/", **SEPTEMBER, **asked)
    assert page.context["line"].value == said
    assert page.context["charts"][0].rows[-1].words == said


def test_a_unit_counts_those_below_it_and_every_number_opens_its_cases(manager, counted):
    below, above = counted.units["obras-calle"], counted.units["obras"]
    ids = list(CaseFact.objects.order_by("pk").values_list("pk", flat=True))
    CaseFact.objects.filter(pk__in=ids[:2]).update(unit_id=below)
    CaseFact.objects.filter(pk=ids[2]).update(unit_id=above)
    for _ in recount(counted.institution, source("cases"), now=OCTOBER):
        continue
    page = ask(manager, counted, "cases.received/", **SEPTEMBER)
    rows = {row.label.strip("— "): row for row in page.context["charts"][1].rows}
    tree = unit_tree(counted.institution).nodes
    assert (rows[tree[above].name].words, rows[tree[below].name].words) == ("3", "2")
    assert page.context["charts"][1].title == "Lo más alto: 6, «Por derivar»."
    for name in (tree[above].name, tree[below].name, "Por derivar"):
        assert rows_of(manager.get(rows[name].url)) == int(rows[name].words)


@pytest.mark.parametrize("groups", [1, 50])
def test_a_metric_costs_the_same_with_one_group_and_with_fifty(manager, counted, groups):
    parent = counted.units["obras"]
    if groups > 1:
        units = [
            save_unit(
                institution=counted.institution, code=f"u{number}", name=f"Unidad {number}", parent_id=parent,
                actor=None, now=OCTOBER,
            ).pk
            for number in range(groups)
        ]  # fmt: skip
        forget()
        cases = [file(counted) for _ in range(groups)]
        CaseFact.objects.filter(case__in=cases).delete()
        for case, unit in zip(cases, units, strict=True):
            CaseFact.objects.create(
                case=case, institution=counted.institution, unit_id=unit, kind_id=case.kind_id,
                channel="web", person="natural", audience="citizen", filed_on=FIRST, answered_on=LAST,
                answer_days=3, ended_on=LAST,
            )  # fmt: skip
    for _ in recount(counted.institution, source("cases"), now=OCTOBER):
        continue
    for key in ("cases.answer_days", "cases.pending", "cases.answered_in_term"):
        ask(manager, counted, f"{key}/", **SEPTEMBER)
        with at_most(MOST_SQL):
            page = ask(manager, counted, f"{key}/", **SEPTEMBER)
        assert page.status_code == 200
    received = ask(manager, counted, "cases.received/", **SEPTEMBER)
    assert len(received.context["charts"][1].rows) >= groups


def test_the_values_are_drawn_and_each_step_opens_its_cases(manager, counted):
    chart = ask(manager, counted, "cases.answer_days/", **SEPTEMBER).context["charts"][2]
    assert chart.title == "La mitad tiene 5 días hábiles o menos."
    counts = {row.label: (row.words, row.url) for row in chart.rows}
    assert {label: n for label, (n, _) in counts.items() if n != "0"} == {
        "3": "1",
        "5": "1",
        "9": "1",
        "14": "1",
    }
    opened = manager.get(counts["14"][1])
    assert rows_of(opened) == 1
    assert "14 días hábiles 1" in words(opened)


def test_what_was_counted_one_by_one_says_so_and_how_long_it_took(manager, counted):
    kept = words(ask(manager, counted, "cases.received/", **SEPTEMBER))
    assert "hecho por hecho" not in kept
    kind = str(counted.kinds["reclamo"].pk)
    asked = {"tipo-de-solicitud": kind, "canal": "web", "por": "tema"}
    counted_raw = ask(manager, counted, "cases.received/", **SEPTEMBER, **asked)
    assert re.search(r"se contó hecho por hecho, en (menos de )?\d+,\d s\.", words(counted_raw))
    assert counted_raw.context["line"].value == "9"


# What is handed out


def test_the_sheet_has_the_numbers_of_the_page(manager, counted):
    asked = {**SEPTEMBER, "estadistica": "within", "n": "5"}
    response = ask(manager, counted, "cases.answer_days/", **asked, formato="csv")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Qué", "Nombre", "Desde", "Hasta", "Cifra", "Cuántas", "De cuántas"]
    assert rows[1] == ["Período", "septiembre de 2026", "2026-09-01", "2026-09-30", "50.0", "2", "4"]
    assert [row[0] for row in rows].count("Mes") == 13
    assert ["Unidad", "Por derivar", "2026-09-01", "2026-09-30", "50.0", "2", "4"] in rows
    assert ["Valor", "14", "2026-09-01", "2026-09-30", "14", "1", "4"] in rows
    book = ask(manager, counted, "cases.answer_days/", **asked, formato="xlsx")
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert [cell.value for cell in sheet[2]][4:] == [50, 2, 4]
    assert sheet.max_row == len(rows)


# The cases behind a number


def test_as_many_rows_are_listed_as_each_number_says(manager, counted):
    for key in (each.key for each in metrics()):
        page = ask(manager, counted, f"{key}/solicitudes/", **SEPTEMBER)
        assert rows_of(page) == page.context["chosen"].count == page.context["line"].now.total, key
        for part in page.context["parts"]:
            assert rows_of(manager.get(part.url)) == part.count, key


def test_a_limit_parts_the_cases_in_those_that_keep_it_and_the_rest(manager, counted):
    page = ask(manager, counted, "cases.answer_days/solicitudes/", **SEPTEMBER, estadistica="within", n="5")
    assert [(part.name, part.count) for part in page.context["parts"]] == [
        ("Todas", 4), ("Las que cuentan", 2), ("Las demás", 2)
    ]  # fmt: skip
    for part in page.context["parts"]:
        assert rows_of(manager.get(part.url)) == part.count


def test_both_parts_of_each_share_are_all_of_it(counted):
    for of in (each for each in metrics() if each.per):
        said = measure(counted.institution, of, [(FIRST, LAST)], today=LAST).told()
        met = facts_behind(counted.institution, of, FIRST, LAST, only=Only(met=True))
        rest = facts_behind(counted.institution, of, FIRST, LAST, only=Only(met=False))
        assert len(met) == said.counted.n, of.key
        assert sorted([*met, *rest]) == sorted(facts_behind(counted.institution, of, FIRST, LAST)), of.key


def test_parts_of_what_is_no_share_and_values_of_what_has_none_are_refused(counted):
    for only in (Only(met=True), Only(greatest=3)):
        with pytest.raises(ValueError, match=r"cases\.received"):
            facts_behind(counted.institution, metric("cases.received"), FIRST, LAST, only=only)


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.QUALITY_MANAGER, False), (Role.COMMITTEE_MEMBER, False), (Role.AUDITOR, True)]
)
def test_a_restricted_case_is_counted_and_is_a_word_to_whoever_may_not_read_it(counted, now, role, sees):
    case = Case.objects.filter(institution=counted.institution).order_by("pk").first()
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    page = ask(counted.client(role), counted, "cases.received/solicitudes/", **SEPTEMBER)
    shown = page.content.decode()
    assert rows_of(page) == 9
    assert (case.folio in shown) == sees
    assert (re.search(r"Reservada\s*</td>", shown) is not None) != sees
    if not sees:
        hidden = re.search(r"<tr data-row>(?:(?!</tr>).)*Reservada.*?</tr>", shown, re.DOTALL)
        assert hidden
        assert "<a" not in hidden.group()
        assert words_of(hidden.group()) == "Reservada — — — —"


def words_of(text: str) -> str:
    """Return the words of a part of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_committee_member_sees_which_cases_and_opens_none(counted, now):
    page = ask(counted.client(Role.COMMITTEE_MEMBER), counted, "cases.received/solicitudes/", **SEPTEMBER)
    shown = page.content.decode()
    assert rows_of(page) == 9
    assert f"/{counted.slug}/gestion/solicitudes/2026-" not in shown


def test_the_cases_are_paged_and_every_page_keeps_what_was_asked(manager, counted):
    for _ in range(60):
        case = file(counted)
        CaseFact.objects.filter(case=case).delete()
        CaseFact.objects.create(
            case=case, institution=counted.institution, kind_id=case.kind_id, channel="web",
            person="natural", audience="citizen", filed_on=FIRST,
        )  # fmt: skip
    for _ in recount(counted.institution, source("cases"), now=OCTOBER):
        continue
    page = ask(manager, counted, "cases.received/solicitudes/", **SEPTEMBER)
    with at_most(MOST_SQL):
        page = ask(manager, counted, "cases.received/solicitudes/", **SEPTEMBER)
    assert page.context["chosen"].count == 69
    following = manager.get(page.context["listing"].next_url)
    assert following.context["chosen"].count == 69
    assert rows_of(page) + rows_of(following) == 69


# What cannot be asked


def test_an_unknown_metric_is_not_there(manager, counted):
    for path in ("cases.nothing/", "cases.nothing/solicitudes/"):
        assert ask(manager, counted, path).status_code == 404


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"periodo": "siglo"}, "Elija un período de la lista."),
        ({"en": "ayer"}, "Elija un período desde 1990 y que ya haya empezado."),
        ({"en": "2027-01-01"}, "Elija un período desde 1990 y que ya haya empezado."),
        ({"periodo": "dias"}, "Escriba el primer día."),
        ({"periodo": "dias", "desde": "2026-02-30", "hasta": "2026-03-01"}, "Escriba un día que exista"),
        (
            {"periodo": "dias", "desde": "2026-09-10", "hasta": "2026-09-01"},
            "Escriba un día desde el primero",
        ),
        (
            {"periodo": "dias", "desde": "0001-01-01", "hasta": "2026-09-01"},
            "Escriba un día entre 1900 y 8999.",
        ),
        ({"periodo": "dias", "desde": "1989-01-01", "hasta": "2026-09-01"}, "Escriba un día desde 1990"),
        ({"comparar": "nada"}, "Elija una comparación de la lista."),
        ({"estadistica": "within"}, "Escriba hasta cuánto"),
        ({"estadistica": "within", "n": "diez"}, "Escriba un número entero"),
        ({"estadistica": "within", "n": "-1"}, "Escriba un número desde 0."),
        ({"estadistica": "rate"}, "Esta cifra no se dice así."),
        ({"por": "color"}, "Esta cifra no se separa por eso."),
        ({"canal": "paloma"}, "Canal: elija de la lista."),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(manager, counted, asked, says):
    for path in ("cases.answer_days/", "cases.answer_days/solicitudes/"):
        page = ask(manager, counted, path, **asked)
        assert page.status_code == 422
        assert says in words(page)
        for name, value in asked.items():
            if name in ("desde", "hasta", "n"):
                assert f'value="{value}"' in page.content.decode()


def test_members_of_another_body_are_not_on_the_list(manager, counted, other_house):
    theirs = {
        "unidad": str(other_house.units["obras"]),
        "tipo-de-solicitud": str(other_house.kinds["reclamo"].pk),
    }
    for name, value in theirs.items():
        for path in ("", "cases.received/", "cases.received/solicitudes/"):
            page = ask(manager, counted, path, **SEPTEMBER, **{name: value})
            assert page.status_code == 422
            assert "elija de la lista" in words(page)


def test_by_facts_about_persons_nothing_is_cut(manager, counted, monkeypatch):
    """Groups of them may be small; whoever tells of them must say from how many on."""
    of = source("cases")
    person, *others = sorted(of.dimensions, key=lambda each: each.key != "person")
    traits = replace(of, dimensions=(*others, replace(person, is_trait=True)))
    monkeypatch.setattr("siac.indicators.figures.forms.source", lambda key: traits)
    monkeypatch.setattr("siac.indicators.figures.forms.sources", lambda: [traits])
    assert "Tipo de persona" not in words(ask(manager, counted))
    assert "Tipo de persona" not in words(ask(manager, counted, "cases.received/"))
    assert ask(manager, counted, "cases.received/", por="tipo-de-persona").status_code == 422


def test_nobody_of_another_body_sees_them(counted, other_house):
    stranger = other_house.client(Role.QUALITY_MANAGER)
    assert ask(stranger, counted).status_code in (403, 404)


def test_a_metric_without_values_asks_for_no_way_to_tell_them(manager, counted):
    def asks(key: str) -> set[str]:
        return {bound.name for bound in ask(manager, counted, f"{key}/").context["form"].shown}

    assert asks("cases.answer_days") - asks("cases.received") == {"estadistica", "n"}


def test_earlier_and_later_periods_are_one_link_away(manager, counted):
    page = ask(manager, counted, **SEPTEMBER)
    name, url = page.context["earlier"]
    assert name == "agosto de 2026"
    earlier = manager.get(f"/{counted.slug}/gestion/cifras/{url}")
    assert "Agosto de 2026 . Antes: del 1 al 31 de julio de 2026." in words(earlier)
    assert page.context["later"][0] == "octubre de 2026"
    assert ask(manager, counted).context["later"] is None
