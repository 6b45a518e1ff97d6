# SPDX-License-Identifier: EUPL-1.2
"""A report that a body puts together itself: from a figure as it was looked at to its page and workbook."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.public import Channel
from siac.indicators.models import Indicator
from siac.indicators.public import count_all, freeze_result
from siac.kernel.errors import Refused
from siac.reporting.domain.own import MOST_SECTIONS
from siac.reporting.models import OwnReport, OwnReportVersion
from siac.reporting.own.commands import save_own_report
from tests.factories import NOW, House, file, make_house
from tests.reporting.conftest import LATER
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
OCTOBER = NOW.replace(month=10, day=15)
"""The last whole month is September, of which there is something to tell."""
WORDS = {"kind": "words", "title": "", "text": "Lo que llegó."}
RECEIVED = {"kind": "figure", "title": "", "metric": "cases.received", "asked": {}, "shown": "months"}
BY_UNIT = {**RECEIVED, "title": "Por unidad", "asked": {"por": "unidad"}, "shown": "groups"}


@pytest.fixture(autouse=True)
def _october(monkeypatch):
    for page in ("reporting.own", "indicators.figures"):
        monkeypatch.setattr(f"siac.{page}.workspace.current_time", lambda: OCTOBER)


def put(house: House, *sections: dict[str, Any], title: str = "Al comité", **changes: Any) -> OwnReport:
    said = {"title": title, "sections": sections or (WORDS, RECEIVED), **changes}
    return save_own_report(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=OCTOBER, **said
    )


def get(house: House, row: OwnReport, role: Role = Role.QUALITY_MANAGER, **asked: str):
    return house.client(role).get(reverse("workspace:reporting:own_report", args=[house.slug, row.pk]), asked)


def form_url(house: House, row: OwnReport | None = None) -> str:
    if row is None:
        return reverse("workspace:reporting:own_report_new", args=[house.slug])
    return reverse("workspace:reporting:own_report_change", args=[house.slug, row.pk])


def typed(*rows: dict[str, str], **fields: str) -> dict[str, str]:
    """Return what the form sends."""
    sent = {"title": "Al comité", "intro": "", "every": "mes", "is_active": "on", **fields}
    for at, row in enumerate(rows):
        sent |= {f"contents-{at}-{name}": value for name, value in {"row": "1", **row}.items()}
    return sent


def test_a_figure_as_it_was_looked_at_becomes_a_section_of_a_new_report(told):
    client = told.client(Role.QUALITY_MANAGER)
    seen = client.get(
        reverse("workspace:indicators:figure", args=[told.slug, "cases.received"]),
        {"por": "canal", "canal": "web", "periodo": "anio"},
    ).content.decode()
    button = reverse("workspace:reporting:own_report_add", args=[told.slug, "cases.received"])
    assert f'href="{button}?' in seen
    offered = client.get(button, {"por": "canal", "canal": "web", "periodo": "anio"}).content.decode()
    assert "nuevo/?cifra=cases.received&amp;por=canal&amp;canal=web" in offered
    asked = "?cifra=cases.received&por=canal&canal=web&periodo=anio"
    drawn = client.get(form_url(told) + asked)
    (row,) = drawn.context["form"]["contents"].rows
    assert row.initial["metric"] == "cases.received" and row.initial["shown"] == "groups"
    sent = typed({name: str(row.initial[name]) for name in ("kind", "metric", "shown", "asked")})
    assert client.post(form_url(told) + asked, sent).status_code == 302
    (kept,) = OwnReport.objects.get().sections
    assert kept["asked"] == {"por": "canal", "canal": "web"}  # its period is that of the report
    shown = get(told, OwnReport.objects.get()).content.decode()
    assert "Por canal, solo de Canal: " in shown


def test_its_page_tells_the_last_whole_period_and_each_number_opens_its_cases(told):
    row = put(told, WORDS, RECEIVED, BY_UNIT)
    shown = get(told, row).content.decode()
    assert "Septiembre de 2026" in shown and "Lo que llegó." in shown and "<strong>4</strong>" in shown
    things = reverse("workspace:indicators:things", args=[told.slug, "cases.received"])
    assert f'href="{things}?' in shown and shown.count("<svg") >= 2
    assert "<strong>0</strong>" in get(told, row, en="2026-08-01").content.decode()


@pytest.mark.parametrize("day", ["²", "0001-01-01", "9999-12-31", "2026-10-01", "2026-11-01", "x" * 5000])
def test_a_period_that_is_not_over_or_is_none_has_no_page(told, day):
    assert get(told, put(told), en=day).status_code == 404


def test_an_indicator_stands_with_its_results_up_to_the_period(told):
    of = Indicator.objects.get(institution=told.institution, code="siac-dentro-del-plazo")
    Indicator.objects.filter(pk=of.pk).update(since=date(2026, 1, 1))
    for first in (date(2026, 8, 1), date(2026, 9, 1)):
        freeze_result(institution=told.institution, indicator_id=of.pk, first=first, actor=None, now=LATER)
    row = put(told, {"kind": "indicator", "title": "", "indicator": of.pk})
    assert of.name in get(told, row).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(get(told, row, formato="xlsx").content))
    periods = [each[0] for each in book.worksheets[1].iter_rows(min_row=2, values_only=True)]
    assert periods == ["agosto de 2026", "septiembre de 2026"]
    august = get(told, row, en="2026-08-01", formato="xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(august))
    assert book.worksheets[1].max_row == 2


def test_the_workbook_has_a_sheet_for_each_section_with_figures(told):
    row = put(told, WORDS, {**RECEIVED, "title": "=¿Cuántas? [a/b]: 'x'"}, BY_UNIT)
    book = openpyxl.load_workbook(io.BytesIO(get(told, row, formato="xlsx").content))
    assert [sheet.title for sheet in book] == ["Informe", "2 =¿Cuántas a b 'x", "3 Por unidad"]
    figure = next(book["3 Por unidad"].iter_rows(min_row=2, values_only=True))
    assert figure[0] == "Período" and figure[4] == 4


def test_only_who_makes_summaries_puts_one_together_and_others_read_it(told):
    row = put(told)
    assert get(told, row, Role.COMMITTEE_MEMBER).status_code == 200
    assert "Cambiar</a>" not in get(told, row, Role.COMMITTEE_MEMBER).content.decode()
    assert get(told, row, Role.FRONT_DESK).status_code == 403
    for url in (form_url(told), form_url(told, row)):
        assert told.client(Role.COMMITTEE_MEMBER).get(url).status_code == 403


def test_a_report_and_an_indicator_of_another_body_are_not_there(told):
    other = make_house("otra")
    assert get(told, put(other, WORDS)).status_code == 404
    assert told.client(Role.QUALITY_MANAGER).get(form_url(told, put(other, title="B"))).status_code == 404
    foreign = Indicator.objects.filter(institution=told.institution).first()
    with pytest.raises(Refused) as refused:
        put(other, {"kind": "indicator", "title": "", "indicator": foreign.pk}, title="C")
    assert refused.value.code == "own_section"


@pytest.mark.parametrize(
    "section",
    [
        {**RECEIVED, "metric": "cases.no_such"},
        {**RECEIVED, "asked": {"sexo": "female"}},  # a trait is never a filter
        {**RECEIVED, "asked": {"canal": "no-hay"}},
        {**RECEIVED, "shown": "everything"},
        {**WORDS, "text": "  "},
        {"kind": "else", "title": ""},
    ],
)
def test_a_section_that_cannot_be_told_is_refused_with_its_number(house, section):
    with pytest.raises(Refused) as refused:
        put(house, WORDS, section)
    assert (refused.value.code, refused.value.context["number"]) == ("own_section", 2)
    assert not OwnReport.objects.exists()


def test_a_report_says_something_and_no_more_than_its_page_can_count(house):
    for sections in ([], [WORDS] * (MOST_SECTIONS + 1)):
        with pytest.raises(Refused) as refused:
            put(house, sections=sections)
        assert refused.value.code == "own_sections"
    with pytest.raises(Refused, match="own_every"):
        put(house, every="dias")


def test_the_form_says_beside_the_row_what_is_wrong(told):
    client = told.client(Role.QUALITY_MANAGER)
    wrong = client.post(
        form_url(told),
        typed(
            {"kind": "figure", "metric": "cases.received", "asked": "?sexo=female", "shown": "months"},
            {"kind": "words", "text": "", "title": "Sin texto"},
            {"kind": "indicator", "title": "Sin indicador"},
        ),
    )
    said = wrong.content.decode()
    assert wrong.status_code == 422 and "no se puede pedir así" in said
    assert "Escriba el texto." in said and "Elija el indicador." in said
    empty = client.post(form_url(told), typed())
    assert empty.status_code == 422 and "Agregue al menos una sección." in empty.content.decode()


def test_a_whole_address_is_taken_and_what_asks_far_too_much_is_not(told):
    client = told.client(Role.QUALITY_MANAGER)
    row = {"kind": "figure", "metric": "cases.received", "shown": "groups"}
    pasted = "https://siac.invalid/x/gestion/cifras/cases.received/?canal=web&periodo=anio&en=2020-01-01#a"
    assert client.post(form_url(told), typed({**row, "asked": pasted})).status_code == 302
    assert OwnReport.objects.get().sections[0]["asked"] == {"canal": "web"}
    many = "&".join(f"a{n}=1" for n in range(90))
    assert client.post(form_url(told), typed({**row, "asked": many}, title="B")).status_code == 422


def test_who_saved_meanwhile_is_not_written_over_and_versions_tell_what_changed(told):
    row = put(told)
    client = told.client(Role.QUALITY_MANAGER)
    put(told, WORDS, BY_UNIT, report=row, based_on=1)
    kept = typed({"kind": "words", "text": "Otra cosa."}, based_on="1")
    late = client.post(form_url(told, row), kept)
    assert late.status_code == 422 and OwnReport.objects.get().version == 2
    assert "Cifra: Por unidad (por grupos; por=unidad)" in late.content.decode()
    assert OwnReportVersion.objects.count() == 2
    assert "«sections»" not in client.get(form_url(told, row)).content.decode()


def test_two_reports_of_a_body_are_not_called_alike(told):
    put(told)
    sent = typed({"kind": "words", "text": "Otra cosa."})
    answer = told.client(Role.QUALITY_MANAGER).post(form_url(told), sent)
    assert answer.status_code == 422 and "Ya hay un informe que se llama así" in answer.content.decode()


def test_a_section_whose_figure_is_gone_says_so_and_the_rest_is_told(told):
    row = put(told, WORDS, RECEIVED)
    gone = [{**RECEIVED, "metric": "cases.gone"}, {**RECEIVED, "asked": {"canal": "nada"}}, *row.sections]
    OwnReport.objects.filter(pk=row.pk).update(sections=gone)
    shown = get(told, row).content.decode()
    assert shown.count("Esta cifra ya no existe") == 2 and "<strong>4</strong>" in shown
    assert told.client(Role.QUALITY_MANAGER).get(form_url(told, row)).status_code == 200
    assert get(told, row, formato="xlsx").status_code == 200


def test_a_row_goes_up_and_nothing_is_saved(told):
    rows = ({"kind": "words", "text": "Uno."}, {"kind": "words", "text": "Dos."})
    sent = typed(*rows, _fila="contents up 1")
    moved = told.client(Role.QUALITY_MANAGER).post(form_url(told), sent)
    shown = moved.content.decode()
    assert moved.status_code == 200 and shown.index("Dos.") < shown.index("Uno.")
    assert not OwnReport.objects.exists()


def test_a_page_costs_for_each_section_what_the_section_costs(told):
    for channel in (Channel.WEB, Channel.PHONE):
        file(told, channel=channel)
    count_all(told.institution, now=LATER)
    one, many = put(told, RECEIVED), put(told, *[RECEIVED] * 12, title="Doce")
    client = told.client(Role.QUALITY_MANAGER)
    with at_most(24):
        client.get(reverse("workspace:reporting:own_report", args=[told.slug, one.pk]))
    with at_most(24 + 2 * 11):
        client.get(reverse("workspace:reporting:own_report", args=[told.slug, many.pk]))
