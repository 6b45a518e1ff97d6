# SPDX-License-Identifier: EUPL-1.2
"""What a body publishes: only what it decided, whole periods, small groups hidden, and read by programs."""

import csv
import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import CaseFact
from siac.cases.public import Channel, kinds
from siac.charters.models import Remedy
from siac.charters.public import deliver_remedy, freeze_periods
from siac.clocks.public import settle_overdue
from siac.indicators.models import CubeState
from siac.indicators.public import count_all, freeze_result, save_indicator
from siac.indicators.results.commands import write_result
from siac.indicators.results.earlier import bring_earlier_results
from siac.infra.longwork import run_long
from siac.infra.ratelimit import hit
from siac.kernel.errors import Refused
from siac.organizations.public import Unit, save_unit
from siac.reporting.models import Dataset, DatasetFile
from siac.reporting.opendata.commands import make_again, save_dataset
from siac.reporting.opendata.contents import table_of
from siac.reporting.opendata.making import LINE, publishing
from siac.surveys.models import SurveyAnswer
from tests.factories import NOW, House, answer, file
from tests.reporting.conftest import LATER
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted(monkeypatch, request):
    """Facts are written by hand here: all of them are counted, unless a test is about just that."""
    if not request.node.name.startswith("test_while_figures_are_counted"):
        monkeypatch.setattr("siac.reporting.opendata.making.data_state", lambda body: (LATER, True))


def publish(house: House, what: str = "cases.received", **changes: Any) -> Dataset:
    """Decide that a table is published, and have its file made on a day of November."""
    said = {"title": "Solicitudes recibidas", "since": date(2026, 1, 1), "licence": "CC-BY-4.0", **changes}
    row = save_dataset(
        institution=house.institution, what=what, actor=house.user(Role.QUALITY_MANAGER), now=LATER, **said
    )
    make(row)
    return row


def make(row: Dataset) -> DatasetFile:
    run_long(LINE, DatasetFile.objects.get(dataset=row).pk, publishing, clock=lambda: LATER)
    return DatasetFile.objects.get(dataset=row)


def page(house: House, rest: str = "", **headers: str):
    return house.client().get(f"/{house.slug}/datos/{rest}", headers=headers)


def table(house: House, slug: str = "solicitudes-recibidas") -> list[dict[str, str]]:
    """Return the rows of the file as anybody downloads it."""
    text = page(house, f"{slug}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def told_by(house: House, column: str, *groups: tuple[str, int], on: date = date(2026, 9, 7)) -> None:
    """Make facts of a day: of each group so many cases."""
    for value, count in groups:
        for _ in range(count):
            case = file(house)
            said = {"channel": "web", column: value}
            CaseFact.objects.create(
                case=case,
                institution=house.institution,
                filed_on=on,
                kind_id=case.kind_id,
                person="natural",
                audience="citizen",
                **said,
            )


def filed(house: House, *groups: tuple[int, dict[str, Any]]) -> None:
    """File so many cases of each group in September, and count them."""
    for count, changes in groups:
        for _ in range(count):
            file(house, **changes)
    count_all(house.institution, now=LATER)


def test_nothing_is_published_unless_somebody_decides_it(told):
    assert "todavía no publica datos abiertos" in page(told).content.decode()
    assert page(told, "solicitudes-recibidas/").status_code == 404
    assert json.loads(page(told, "catalogo.jsonld").content)["dcat:dataset"] == []


def test_who_keeps_quality_publishes_through_the_page_and_anybody_reads_it(told, monkeypatch):
    monkeypatch.setattr("siac.reporting.opendata.workspace.current_time", lambda: LATER)
    typed = {
        "what": "cases.received",
        "by": "",
        "every": "mes",
        "title": "Solicitudes recibidas",
        "since": "2026-08-01",
        "licence": "CC0-1.0",
        "is_published": "on",
    }
    client = told.client(Role.QUALITY_MANAGER)
    address = reverse("workspace:reporting:dataset_new", args=[told.slug])
    assert client.post(address, typed).status_code == 302
    assert "solicitudes-recibidas" not in page(told).content.decode()  # nobody reads what is not made yet
    make(Dataset.objects.get())
    assert "Solicitudes recibidas" in page(told).content.decode()
    shown = page(told, "solicitudes-recibidas/").content.decode()
    assert "Dominio público (CC0 1.0)" in shown and "octubre" in shown
    rows = [(row["periodo_desde"], row["cantidad"], row["oculto"]) for row in table(told)]
    # Four came in September; of November nothing is told before it is over.
    assert rows == [("2026-08-01", "0", "false"), ("2026-09-01", "", "true"), ("2026-10-01", "0", "false")]


def test_a_group_of_few_is_hidden_and_the_next_with_it(house):
    filed(
        house,
        *(
            (n, {"channel": each})
            for n, each in ((12, Channel.WEB), (6, Channel.PHONE), (2, Channel.COUNTER))
        ),
    )
    publish(house, by="channel", since=date(2026, 9, 1))
    rows = {
        row["grupo_codigo"]: (row["cantidad"], row["oculto"])
        for row in table(house)
        if row["periodo_desde"] == "2026-09-01"
    }
    assert rows == {"web": ("12", "false"), "phone": ("", "true"), "counter": ("", "true")}
    shown = page(house, "solicitudes-recibidas/").content.decode()  # October had none
    assert shown.count(">no se muestra</td>") == 2 and "septiembre de 2026" in shown


def test_of_a_trait_not_even_the_groups_are_named_where_all_are_small(house):
    told_by(house, "sex", ("female", 3), ("", 9))
    publish(house, by="sex", since=date(2026, 9, 1), title="Por sexo")
    assert [(row["grupo"], row["cantidad"]) for row in table(house, "por-sexo")] == [("Todos los grupos", "")]


def test_hidden_rows_that_pin_each_other_are_told_as_one(house):
    filed(
        house,
        *(
            (n, {"channel": each})
            for n, each in (
                (2, Channel.WEB), (1, Channel.PHONE), (1, Channel.COUNTER), (1, Channel.EMAIL)
            )
        ),
    )  # fmt: skip
    publish(house, by="channel", since=date(2026, 9, 1))
    rows = [(row["grupo"], row["cantidad"]) for row in table(house)]
    assert rows == [("Todos los grupos", "")], "five in four groups are two, one, one and one"


def test_those_who_told_nothing_do_not_follow_from_the_others(house):
    told_by(house, "sex", ("female", 8), ("male", 9), ("", 2))
    publish(house, by="sex", since=date(2026, 9, 1), title="Por sexo")
    rows = {row["grupo_codigo"]: row["cantidad"] for row in table(house, "por-sexo")}
    assert rows == {"female": "", "male": "9"}


def test_one_address_asks_for_open_data_only_so_often(told, monkeypatch):
    publish(told)
    asked = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(600):
        hit("portal.data", "203.0.113.9", 600, 3600, timezone.now())
    answered = asked.get(f"/{told.slug}/datos/")
    assert answered.status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.10").get(f"/{told.slug}/datos/").status_code == 200


def test_kinds_that_only_some_may_read_are_told_together_and_natures_not_at_all(house):
    filed(house, (7, {"kind": "denuncia"}), (8, {"kind": "reclamo"}))
    publish(house, by="kind", since=date(2026, 9, 1))
    rows = {row["grupo"]: row["cantidad"] for row in table(house)}
    assert rows == {"Reclamo": "8", "Tipos reservados, juntos": "7"}
    assert "Denuncia" not in page(house, "solicitudes-recibidas.csv").content.decode()


def test_who_has_the_file_already_is_not_sent_it_again(told):
    publish(told)
    first = page(told, "solicitudes-recibidas.csv")
    assert first.status_code == 200 and first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["ETag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    assert page(told, "solicitudes-recibidas.csv", if_none_match=first.headers["ETag"]).status_code == 304
    assert page(told, "solicitudes-recibidas.csv", if_none_match='"otra"').status_code == 200


def test_what_is_taken_back_is_gone_at_once_with_its_file(told):
    row = publish(told)
    save_dataset(
        institution=told.institution,
        dataset=row,
        title=row.title,
        since=row.since,
        licence=row.licence,
        is_published=False,
        based_on=1,
        actor=None,
        now=LATER,
    )
    for rest in ("", ".csv", "/datapackage.json"):
        assert page(told, f"solicitudes-recibidas{rest or '/'}").status_code == 404
    kept = DatasetFile.objects.get()
    assert not kept.content and not kept.digest and not kept.latest
    make_again(institution=told.institution, file_id=kept.pk, now=LATER)
    assert not make(row).content  # nor does a job that still comes bring it back


def test_a_decision_that_changes_while_the_file_is_made_is_the_one_that_is_told(told):
    row = publish(told)
    make_again(institution=told.institution, file_id=DatasetFile.objects.get().pk, now=LATER)

    def changing(work, clock):
        """Decide otherwise behind the reading of the table, before it is written down."""
        parts = publishing(work, clock)
        step = next(parts)
        save_dataset(
            institution=told.institution,
            dataset=row,
            title=row.title,
            since=date(2026, 10, 1),
            licence=row.licence,
            based_on=1,
            actor=None,
            now=LATER,
        )
        while True:
            try:
                step = parts.send((yield step))
            except StopIteration:
                return

    run_long(LINE, DatasetFile.objects.get().pk, changing, clock=lambda: LATER)
    assert [each["periodo_desde"] for each in table(told)] == ["2026-10-01"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": "cases.nothing"}, "dataset_what"),
        ({"every": "dias"}, "dataset_what"),
        ({"by": "survey"}, "dataset_cut"),
        ({"what": "results", "by": "unit"}, "dataset_cut"),
        ({"what": "cases.pending", "by": "sex"}, "dataset_cut"),
        ({"since": date(2027, 1, 1)}, "dataset_since"),
        ({"since": date(1, 1, 1)}, "dataset_since"),
        ({"licence": "mía"}, "dataset_licence"),
    ],
)
def test_what_cannot_be_published_is_refused(house, changes, code):
    with pytest.raises(Refused) as refused:
        publish(house, **changes)
    assert refused.value.code == code


def test_the_same_is_never_told_by_months_and_by_quarters(house):
    """By subtraction the two would give away the few whom each hides."""
    row = publish(house)
    for changed, code in (
        ({"every": "trimestre"}, "dataset_length"),
        ({"every": "trimestre", "what": "cases.anonymous"}, "dataset_length"),  # a share of the same
        ({}, "dataset_taken"),
    ):
        with pytest.raises(Refused, match=code):
            publish(house, title="Otra vez", **changed)
    typed = {"title": "A", "since": "2026-01-01", "licence": "CC0-1.0", "is_published": "on", "based_on": "1"}
    address = reverse("workspace:reporting:dataset", args=[house.slug, row.pk])
    sent = {**typed, "every": "anio", "what": "cases.answered"}
    assert house.client(Role.AUTHORITY).post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.every, row.what) == ("A", "mes", "cases.received")
    assert (
        house.client(Role.AUTHORITY).post(address, {**sent, "title": "B"}).status_code == 422
    )  # saved meanwhile


def test_the_dictionary_names_the_columns_of_the_file_in_their_order(told):
    publish(told, "cases.by_staff", by="unit", title="A tiempo")
    content = page(told, "a-tiempo.csv").content
    said = json.loads(page(told, "a-tiempo/datapackage.json").content)
    (resource,) = said["resources"]
    heads = content.decode("utf-8-sig").splitlines()[0].split(resource["dialect"]["delimiter"])
    assert heads == [each["name"] for each in resource["schema"]["fields"]]
    assert {each["type"] for each in resource["schema"]["fields"]} <= {
        "date",
        "string",
        "integer",
        "number",
        "boolean",
    }
    assert all(each["title"] and each["description"] for each in resource["schema"]["fields"])
    assert (
        resource["bytes"] == len(content)
        and resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    )
    assert resource["path"].endswith("/datos/a-tiempo.csv") and said["licenses"][0]["name"] == "CC-BY-4.0"


def test_the_catalogue_says_of_each_table_where_what_and_under_which_licence(told):
    publish(told)
    publish(told, "results", title="Resultados")
    said = json.loads(page(told, "catalogo.jsonld").content)
    assert said["@type"] == "dcat:Catalog" and said["dct:publisher"]["@type"] == "foaf:Agent"
    assert len(said["dcat:dataset"]) == 2
    for each in (said, *said["dcat:dataset"]):
        assert each["dct:spatial"]["@type"] == "dct:Location", each["@id"]  # a text there is no place
        assert each["dct:title"]["@language"] == "es" and each["dct:description"]["@value"]
        assert each["dct:publisher"]["@id"] == said["dct:publisher"]["@id"]
    for each in said["dcat:dataset"]:
        assert "vcard:Kind" in each["dcat:contactPoint"]["@type"]  # shapes do not reason about classes
        out = each["dcat:distribution"]
        assert out["dct:license"]["@type"] == "dct:LicenseDocument" and out["dct:license"]["@id"].startswith(
            "https://"
        )
        path = "/" + out["dcat:downloadURL"]["@id"].split("/", 3)[3]
        got = told.client().get(path)
        assert got.status_code == 200 and str(len(got.content)) == out["dcat:byteSize"]["@value"]
        assert hashlib.sha256(got.content).hexdigest() == out["spdx:checksum"]["spdx:checksumValue"]["@value"]


def test_a_group_whose_name_a_program_would_run_leaves_as_text(house):
    filed(house, (6, {"unit_id": house.units["obras"]}))
    unit = Unit.objects.get(pk=house.units["obras"])
    save_unit(
        institution=house.institution,
        unit=unit,
        code=unit.code,
        name="=1+1",
        parent_id=unit.parent_id,
        actor=None,
        now=LATER,
    )
    house.institution.refresh_from_db()
    publish(house, by="unit", since=date(2026, 9, 1))
    assert "'=1+1" in {row["grupo"] for row in table(house)}


def test_frozen_results_are_told_with_their_target_and_those_of_few_are_hidden(told):
    few = save_indicator(
        institution=told.institution,
        code="pocas",
        name="Recibidas",
        definition="Cuántas llegan.",
        metric_key="cases.received",
        statistic="count",
        target=10,
        since=date(2026, 9, 1),
        actor=None,
        now=NOW,
    )
    hand = save_indicator(
        institution=told.institution,
        code="mano",
        name="Visitas",
        definition="Cuántas visitas.",
        metric_key="",
        unit="visitas",
        target=3,
        since=date(2026, 9, 1),
        actor=None,
        now=NOW,
    )
    told.institution.refresh_from_db()
    of = {
        "institution": told.institution,
        "first": date(2026, 9, 1),
        "actor": told.user(Role.QUALITY_MANAGER),
        "now": LATER,
    }
    freeze_result(indicator_id=few.pk, **of)
    write_result(indicator_id=hand.pk, value=Decimal(2), note="Libro de visitas", **of)
    publish(told, "results", title="Resultados")
    rows = {row["indicador_codigo"]: row for row in table(told, "resultados")}
    assert (rows["pocas"]["valor"], rows["pocas"]["oculto"], rows["pocas"]["casos"]) == ("", "true", "")
    assert (rows["mano"]["valor"], rows["mano"]["unidad"], rows["mano"]["meta"]) == ("2.0", "visitas", "3.0")
    assert rows["mano"]["formula"] == "Cuántas visitas." and rows["mano"]["revision"] == "1"


@pytest.fixture
def kept(house):
    """Seven complaints of September: five kept, two late; and of October one, late: too few to be told."""
    for place in range(7):
        case = file(house, unit_id=house.units["obras"])
        if place < 5:
            answer(house, case, now=NOW + timedelta(days=1))
    file(house, unit_id=house.units["obras"], now=NOW + timedelta(days=40))
    settle_overdue(LATER)
    first = Remedy.objects.order_by("pk").first()
    deliver_remedy(
        institution=house.institution, remedy_id=first.pk, proof="Carta 12",
        actor=house.user(Role.QUALITY_MANAGER), now=NOW + timedelta(days=20),
    )  # fmt: skip
    for case in house.commitment.breaches.filter(due_on__lt=date(2026, 10, 1)):
        answer(house, case.case, now=NOW + timedelta(days=15))
    count_all(house.institution, now=LATER)
    freeze_periods(house.institution, now=LATER)
    return house


def test_the_register_of_charters_is_told_with_targets_results_and_what_was_given(kept):
    publish(kept, "commitments", title="Compromisos", since=date(2026, 9, 1))
    september, october = table(kept, "compromisos")
    assert september["periodo_desde"] == "2026-09-01" and september["periodo_hasta"] == "2026-09-30"
    assert (september["organismo"], september["carta_codigo"]) == ("Servicio de Puerto", "carta")
    assert (september["compromiso_codigo"], september["edicion_codigo"]) == ("reclamos-5", "1")
    assert (september["meta"], september["unidad"], september["resultado"]) == ("90.0", "%", "71.4")
    assert (september["numerador"], september["denominador"], september["cumple"]) == ("5", "7", "false")
    became = ("incumplidas", "medidas_entregadas", "medidas_en_curso", "medidas_sin_efecto")
    assert [september[name] for name in became] == ["2", "1", "1", "0"] and september["oculto"] == "false"
    assert october["oculto"] == "true" and october["meta"] == "90.0"
    assert {october[name] for name in ("resultado", "numerador", "denominador", "cumple", *became)} == {""}
    shown = page(kept, "compromisos/").content.decode()
    assert "no se muestra" in shown and "Respondemos los reclamos" in shown and "medidas se dieron" in shown


def test_what_the_register_of_the_portal_does_not_show_no_file_tells(kept, monkeypatch):
    """One rule of few for both: a month that is left out of one is in none."""
    monkeypatch.setattr("siac.charters.register.portal.current_time", lambda: LATER)
    publish(kept, "commitments", title="Compromisos", since=date(2026, 1, 1))
    hidden = {row["periodo_desde"] for row in table(kept, "compromisos") if row["oculto"] == "true"}
    taken = b"".join(kept.client().get("/puerto/cartas/carta/cumplimiento/?formato=csv").streaming_content)
    rows = csv.DictReader(taken.decode("utf-8-sig").splitlines(), delimiter=";")
    assert hidden == {row["desde"] for row in rows if row["oculto"] == "sí"} == {"2026-10-01"}


def test_the_register_costs_as_much_with_many_periods(kept):
    row = publish(kept, "commitments", title="Compromisos", since=date(2025, 1, 1))
    row.institution = kept.institution
    table_of(row, today=LATER.date())
    with at_most(2):
        assert len(table_of(row, today=LATER.date()).rows) > 10


def test_the_public_pages_cost_as_much_with_many_tables_as_with_one(house):
    publish(house)
    with at_most(3):
        page(house)
    for number in range(25):
        row = Dataset.objects.create(
            institution=house.institution,
            slug=f"d{number}",
            what=f"x{number}",
            every="mes",
            title="T",
            since=date(2026, 1, 1),
            licence="CC0-1.0",
        )
        Dataset.objects.filter(pk=row.pk).update(what="results", by=f"{number}")
        DatasetFile.objects.create(
            institution=house.institution, dataset=row, digest="a", state="published", made_at=NOW
        )
    for rest in ("", "catalogo.jsonld"):
        with at_most(3):
            assert page(house, rest).status_code == 200


def test_tables_of_another_body_are_not_found_here(house, other_house):
    publish(house)
    assert page(other_house, "solicitudes-recibidas.csv").status_code == 404
    assert "Solicitudes recibidas" not in page(other_house).content.decode()
    row = Dataset.objects.get()
    address = reverse("workspace:reporting:dataset", args=[other_house.slug, row.pk])
    assert other_house.client(Role.QUALITY_MANAGER).get(address).status_code == 404


def test_a_table_whose_metric_an_update_took_away_stays_readable(told):
    row = publish(told)
    Dataset.objects.filter(pk=row.pk).update(what="cases.gone")
    for rest in ("", "solicitudes-recibidas/", "solicitudes-recibidas/datapackage.json", "catalogo.jsonld"):
        assert page(told, rest).status_code == 200, rest
    address = reverse("workspace:reporting:datasets", args=[told.slug])
    assert "cases.gone" in told.client(Role.AUTHORITY).get(address).content.decode()


def test_while_figures_are_counted_what_was_published_stays(house):
    """Half of the figures would be taken for all of them."""
    count_all(house.institution, now=LATER)
    row = publish(house)
    before = page(house, "solicitudes-recibidas.csv").content
    CubeState.objects.filter(institution=house.institution).update(built_at=None)
    make_again(institution=house.institution, file_id=row.file.pk, now=LATER)
    kept = make(row)
    assert (kept.state, kept.fault) == ("failed", "Refused")
    assert page(house, "solicitudes-recibidas.csv").content == before
    count_all(house.institution, now=LATER)
    assert make_again(institution=house.institution, file_id=row.file.pk, now=LATER)
    assert make(row).state == "published"


def test_of_a_figure_only_the_shortest_frequency_goes_out_and_nothing_of_a_reserved_kind(told):
    reserved = next(kind for kind in kinds(told.institution).values() if kind.is_restricted)
    for code, changes in (
        ("mes", {}),
        ("trimestre", {"frequency": "quarter"}),
        ("reservado", {"metric_key": "cases.answered", "filters": {"kind": [str(reserved.pk)]}}),
    ):
        row = save_indicator(
            institution=told.institution, code=code, name=code, definition="Cuántas.", statistic="count",
            target=10, since=date(2026, 7, 1), actor=None, now=NOW,
            **{"metric_key": "cases.received", **changes},
        )  # fmt: skip
        first = date(2026, 7, 1) if code == "trimestre" else date(2026, 9, 1)
        freeze_result(institution=told.institution, indicator_id=row.pk, first=first, actor=None, now=LATER)
    told.institution.refresh_from_db()
    publish(told, "results", title="Resultados")
    assert {row["indicador_codigo"] for row in table(told, "resultados")} == {"mes"}


def test_results_of_before_the_system_say_so(told):
    row = save_indicator(
        institution=told.institution, code="antes", name="Antes", definition="Cuántas.", metric_key="",
        unit="visitas", target=3, since=date(2026, 9, 1), actor=None, now=NOW,
    )  # fmt: skip
    told.institution.refresh_from_db()
    bring_earlier_results(
        institution=told.institution, name="a.csv", content=b"codigo;periodo;resultado\nantes;2026-08;4\n",
        actor=told.user(Role.QUALITY_MANAGER), now=LATER,
    )  # fmt: skip
    publish(told, "results", title="Resultados", since=date(2026, 1, 1))
    (found,) = table(told, "resultados")
    assert (found["valor"], found["anterior"]) == ("4.0", "true") and row.code == "antes"


@pytest.mark.parametrize(("unit", "told_as"), [("personas", ""), ("Casos ", ""), ("cursos", "4.0")])
def test_a_few_people_written_down_by_hand_are_few(told, unit, told_as):
    save_indicator(
        institution=told.institution, code="mano", name="A mano", definition="Cuántas.", metric_key="",
        unit=unit, target=3, since=date(2026, 9, 1), actor=None, now=NOW,
    )  # fmt: skip
    told.institution.refresh_from_db()
    bring_earlier_results(
        institution=told.institution, name="a.csv", content=b"codigo;periodo;resultado\nmano;2026-08;4\n",
        actor=told.user(Role.QUALITY_MANAGER), now=LATER,
    )  # fmt: skip
    publish(told, "results", title="Resultados", since=date(2026, 1, 1))
    (found,) = table(told, "resultados")
    assert (found["valor"], found["oculto"]) == (told_as, "false" if told_as else "true")


def answered(house: House, *months: tuple[int, int]) -> None:
    """Have so many people answer a survey in these months of 2026, each with a mark of 6 but one with 1."""
    survey, number = make_survey(house), 2**40
    for month, count in months:
        for place in range(count):
            number += 1
            SurveyAnswer.objects.create(
                id=number, institution=house.institution, survey=survey, version=1, is_complete=True,
                answered_on=date(2026, month, 3), counted_on=date(2026, month, 3), answers={}, way="link",
                mark=6 if place else 1, top=7, net=100 if place else -100,
            )  # fmt: skip
    count_all(house.institution, now=LATER)


def test_of_answers_nothing_goes_out_that_the_house_does_not_tell_its_own_people(house):
    """By way or place answers are never told apart, and a month beside one of few stands for these few."""
    answered(house, (7, 6), (8, 3), (9, 6))
    with pytest.raises(Refused, match="dataset_cut"):
        publish(house, what="surveys.top_two", by="way", title="Por vía")
    publish(house, what="surveys.top_two", by="survey", title="Por encuesta")
    publish(house, what="surveys.top_two", title="Notas altas")
    for slug in ("por-encuesta", "notas-altas"):
        rows = {row["periodo_desde"]: row for row in table(house, slug)}
        july, september = rows["2026-07-01"], rows["2026-09-01"]
        assert (july["numerador"], july["denominador"], july["oculto"]) == ("5", "6", "false"), slug
        assert (september["numerador"], september["denominador"], september["oculto"]) == ("", "", "true")


def test_a_table_that_was_taken_back_comes_not_back_beside_one_of_another_length(told):
    row = publish(told)
    said = {"title": "Solicitudes recibidas", "since": date(2026, 1, 1), "licence": "CC-BY-4.0"}
    said |= {"institution": told.institution, "dataset": row, "actor": told.user(Role.AUTHORITY)}
    said |= {"now": LATER}
    save_dataset(**said, is_published=False)
    publish(told, what="cases.anonymous", every="trimestre", title="Otra")
    with pytest.raises(Refused, match="dataset_length"):
        save_dataset(**said, is_published=True)


def test_a_frozen_result_of_too_few_answers_is_hidden_and_not_called_written_by_hand(house):
    answered(house, (9, 3))
    of = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": LATER}
    net = save_indicator(
        **of, code="neta", name="Neta", definition="Puntos.", metric_key="surveys.net", statistic="mean",
        target=50, since=date(2026, 9, 1),
    )  # fmt: skip
    house.institution.refresh_from_db()
    freeze_result(**of, indicator_id=net.pk, first=date(2026, 9, 1))
    publish(house, "results", title="Resultados")
    (row,) = table(house, "resultados")
    assert (row["valor"], row["casos"], row["oculto"]) == ("", "", "true")
