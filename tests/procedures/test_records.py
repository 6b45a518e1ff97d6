# SPDX-License-Identifier: EUPL-1.2
"""A body's own record of its procedures comes in by the wizard, is shown row by row, and is counted."""

import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.cases.imports.layouts import header_key, store_layout, suggest
from siac.cases.imports.opening import rows_of
from siac.cases.imports.working import LOAD, run_here
from siac.cases.models import ImportBatch
from siac.cases.tasks import check_register, load_register, read_register_head
from siac.catalogue.models import ServiceDraft
from siac.indicators.figures.cube import count_all
from siac.indicators.figures.facts import facts_behind
from siac.indicators.figures.measuring import measure
from siac.infra.metrics import Statistic, metric
from siac.infra.tables.reading import Row
from siac.journal.public import history
from siac.organizations.models import Institution
from siac.organizations.public import update_institution
from siac.procedures.facts import refresh_facts
from siac.procedures.models import ProcedureFact, ProcedureRecord
from siac.procedures.queries import records
from siac.procedures.sheet import SHAPE, SHEET, loading
from tests.factories import NOW
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
HEADER = (
    "Trámite;Hito de inicio;Hito final;Plazo;Unidad;Año;Gestionados;Fuera de plazo;"
    "Promedio;Mediana;Mínimo;Máximo\n"
)
ROWS = (
    "Beca;Postula;Se paga;10;días hábiles;2024;200;20;8,5;8;1;30\n"
    "Beca;Postula;Se paga;10;día hábil;2025;100;60;12,4;11;1;45\n"
    "Certificado;-;-;0;minutos;2025;5000;0;3;2;1;9\n"
    "Pase;Pide;Se entrega;48;horas;2025;0;0;0;0;0;0\n"
)


@pytest.fixture
def base(house, settings, tmp_path) -> str:
    settings.MEDIA_ROOT = tmp_path
    return f"/{house.slug}/gestion/importaciones/"


def bring(house, base: str, content: bytes, name: str = "tramites.csv", **changes) -> tuple[ImportBatch, str]:
    browser = house.client(Role.QUALITY_MANAGER)
    file = SimpleUploadedFile(name, content)
    assert browser.post(f"{base}nueva/", {"register": file, "sort": "procedures"}).status_code == 302
    batch = ImportBatch.objects.order_by("-pk").first()
    if name.endswith("xlsx"):
        read_register_head(batch.pk)
    form = browser.get(f"{base}{batch.pk}/columnas/").context["form"]
    typed = {name: field.initial or "" for name, field in form.fields.items()}
    sent = browser.post(f"{base}{batch.pk}/columnas/", {**typed, **changes})
    assert sent.status_code == 302, sent.context["form"].errors
    check_register(batch.pk)
    batch.refresh_from_db()
    return batch, browser.get(f"{base}{batch.pk}/").content.decode()


def load(house, base: str, batch: ImportBatch, **sent) -> ImportBatch:
    house.client(Role.QUALITY_MANAGER).post(f"{base}{batch.pk}/cargar/", sent)
    load_register(batch.pk)
    batch.refresh_from_db()
    return batch


def test_from_the_file_to_the_pages_of_procedures(house, base):
    batch, shown = bring(house, base, (HEADER + ROWS).encode())
    assert "Cargar 4 registros de trámites" in shown and "10 días hábiles" in shown
    load(house, base, batch)
    assert (batch.state, batch.rows_loaded) == ("done", 4)
    grant, _, paper, passed = ProcedureRecord.objects.order_by("pk")
    assert (grant.promised, grant.time_unit, grant.mean, grant.beyond) == (
        10, "business_days", Decimal("8.50"), 20,
    )  # fmt: skip
    # A promise of no time is none; of nothing handled there is no time; «-» says nothing.
    assert (paper.promised, paper.begins_with) == (None, "")
    assert (passed.handled, passed.mean, passed.median) == (0, None, None)
    [entry] = history(house.institution.pk, grant.stream)
    assert (entry.kind, entry.data["mean"]) == ("procedures.loaded", "8.50")
    browser = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/tramites/"
    page = browser.get(url).content.decode()
    assert "Beca" in page and "Sin compromiso (minutos)" in page and "10 días hábiles" in page
    both = browser.get(url).context["total"]
    assert (both.handled, both.beyond, both.percent) == (300, 80, 73)
    assert [row.row.year for row in browser.get(f"{url}?anio=2024").context["rows"]] == [2024]
    one = browser.get(f"{url}{grant.key}/").content.decode()
    assert "Postula" in one and "2024" in one and "2025" in one and "90 %" in one and "40 %" in one
    assert browser.get(f"{url}{'0' * 32}/").status_code == 404
    table = b"".join(browser.get(f"{url}?formato=csv").streaming_content).decode("utf-8-sig")
    assert len(table.splitlines()) == 5 and "Beca" in table
    assert browser.get(f"{url}?formato=xlsx").content[:2] == b"PK"
    assert house.client(Role.FRONT_DESK).get(url).status_code == 403


def test_a_later_file_changes_what_is_there_only_where_that_is_asked(house, base):
    load(house, base, bring(house, base, (HEADER + ROWS).encode())[0])
    newer = ROWS.replace("2025;100;60;12,4", "2025;120;60;12,4")
    batch, _ = bring(house, base, (HEADER + newer).encode())
    assert batch.rows_repeated == 4
    batch, _ = bring(house, base, (HEADER + newer).encode(), updates="on")
    load(house, base, batch)
    assert (batch.rows_loaded, batch.rows_updated, ProcedureRecord.objects.count()) == (0, 1, 4)
    row = ProcedureRecord.objects.get(name="Beca", year=2025)
    assert row.handled == 120
    assert [entry.kind for entry in history(house.institution.pk, row.stream)] == ["procedures.loaded"] * 2


def test_rows_that_cannot_come_in_say_why(house, base):
    bad = (
        ";a;b;1;horas;2024;1;0;1;1;1;1\n"
        "Sin unidad;a;b;1;semanas;2024;1;0;1;1;1;1\n"
        "Sin año;a;b;1;horas;hoy;1;0;1;1;1;1\n"
        "Del futuro;a;b;1;horas;2999;1;0;1;1;1;1\n"
        "Sin cuántos;a;b;1;horas;2024;-;0;1;1;1;1\n"
        "De más;a;b;1;horas;2024;1;2;1;1;1;1\n"
        "Letras;a;b;1;horas;2024;1;0;mucho;1;1;1\n"
        "Medio;a;b;1;horas;2024;1,5;0;1;1;1;1\n"
    )
    batch, shown = bring(house, base, (HEADER + bad + ROWS).encode())
    assert batch.rows_rejected == 8
    for words in (
        "Falta el nombre del trámite", "«semanas» no se reconoce", "«hoy» no es un año",
        "«2999» no es un año",
        "Falta cuántos", "más fuera de plazo (2) que gestionados (1)", "«mucho» no es un número, en Media",
        "«1,5» no es un número, en Gestionados",
    ):  # fmt: skip
        assert words in shown
    load(house, base, batch, solo_correctas="si")
    assert ProcedureRecord.objects.count() == 4


def test_what_is_counted_was_worked_out_by_hand(house, base):
    load(house, base, bring(house, base, (HEADER + ROWS).encode())[0])
    ids = list(ProcedureRecord.objects.values_list("pk", flat=True))
    with at_most(3):
        refresh_facts(house.institution.pk, ids)
    facts = {fact.record.name + str(fact.record.year): fact for fact in ProcedureFact.objects.all()}
    assert [(key, f.percent_within, f.is_kept, f.mean_days) for key, f in sorted(facts.items())] == [
        ("Beca2024", 90, True, 9), ("Beca2025", 40, False, 12), ("Certificado2025", None, None, None),
        ("Pase2025", None, None, None),
    ]  # fmt: skip
    count_all(house.institution, now=NOW)
    year = (facts["Beca2025"].counted_on.replace(month=1, day=1), facts["Beca2025"].counted_on)

    def said(key: str, statistic: Statistic):
        today = year[1].replace(year=2027)
        return measure(house.institution, metric(key), [year], today=today).told().value(statistic)

    assert said("procedures.told", Statistic.COUNT) == 3
    assert said("procedures.kept", Statistic.RATE) == 0
    assert said("procedures.within", Statistic.MEDIAN) == 40
    assert said("procedures.mean_days", Statistic.MEAN) == Decimal("12.0")
    assert len(facts_behind(house.institution, metric("procedures.told"), *year)) == 3


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_whatever_it_holds(house, base, rows):
    lines = "".join(f"T{n};a;b;1;horas;2024;1;0;1;1;1;1\n" for n in range(rows))
    load(house, base, bring(house, base, (HEADER + lines).encode())[0])
    browser = house.client(Role.QUALITY_MANAGER)
    browser.get(f"/{house.slug}/gestion/tramites/")
    with at_most(6):
        browser.get(f"/{house.slug}/gestion/tramites/")


@pytest.fixture
def workbook() -> Path:
    folder = os.environ.get("SIAC_SAMPLE_DATA", "")
    book = Path(folder) / "chile_cseu_tramites_2022_2025.xlsx"
    if not folder or not book.is_file():
        pytest.skip("SIAC_SAMPLE_DATA does not name the folder of real data")
    return book


CODE = "codigo_interno_SCSEU"


def test_a_body_takes_its_own_rows_from_the_real_workbook_of_all(house, base, workbook):
    header, *lines = load_workbook(workbook, read_only=True).worksheets[0].iter_rows(values_only=True)
    code = lines[0][header.index(CODE)]
    house.institution = update_institution(
        institution=house.institution, actor=None, now=NOW, official_code=code
    )
    batch, shown = bring(house, base, workbook.read_bytes(), workbook.name)
    assert set(batch.report["reasons"]) == {"row_other_body"} and "Son de otra institución" in shown
    load(house, base, batch, solo_correctas="si")
    own = [line for line in lines if line[header.index(CODE)] == code]
    assert batch.rows_loaded == records(house.institution).count() == 4 * len(own)


def test_the_procedures_of_the_real_workbook_become_drafts_that_say_what_they_lack(house, base, workbook):
    header, *lines = load_workbook(workbook, read_only=True).worksheets[0].iter_rows(values_only=True)
    code = lines[0][header.index(CODE)]
    house.institution = update_institution(
        institution=house.institution, actor=None, now=NOW, official_code=code
    )
    batch, _ = bring(house, base, workbook.read_bytes(), workbook.name)
    load(house, base, batch, solo_correctas="si")
    names = set(records(house.institution).values_list("key", flat=True))
    browser = house.client(Role.QUALITY_MANAGER)
    page = browser.post(f"/{house.slug}/gestion/tramites/crear-fichas/", follow=True)
    drafts = list(ServiceDraft.objects.filter(institution=house.institution))
    assert page.status_code == 200 and len(drafts) == len(names) > 0
    assert all(draft.amount is None or draft.amount > 0 for draft in drafts)
    lacking = browser.get(f"/{house.slug}/gestion/servicios/falta/")
    assert lacking.status_code == 200 and drafts[0].name in lacking.content.decode()


def test_every_row_of_the_145_bodies_of_the_real_workbook_comes_in(house, workbook):
    """What was handled and what took longer adds up to what the workbook says; a promise of 0 is none."""
    with workbook.open("rb") as file:
        header, *rows = SHEET.arrange(rows_of(file))
    place = {header_key(name): column for column, name in enumerate(header.cells)}
    code, promise = place[header_key(CODE)], place["tiempo esperado para la gestion del servicio relevante"]
    by_body: dict[str, list[Row]] = {}
    for row in rows:
        by_body.setdefault(row.cells[code], []).append(row)
    assert (len(by_body), len(rows)) == (145, 1848)
    samples = [row.cells for row in rows[:60]]
    mapping = store_layout(suggest(header.cells, samples, shape=SHAPE))
    for body, own in sorted(by_body.items()):
        Institution.objects.filter(pk=house.institution.pk).update(official_code=body)
        batch = ImportBatch.objects.create(
            institution=Institution.objects.get(pk=house.institution.pk), register="procedures", name=body,
            sha256="", mapping=mapping, created_at=NOW, state="checked",
        )  # fmt: skip
        ProcedureRecord.objects.all().delete()
        run_here(LOAD, batch, lambda row, clock, own=own: loading(row, clock, iter([header, *own])), now=NOW)
        batch.refresh_from_db()
        assert (batch.state, batch.rows_loaded, batch.rows_rejected) == ("done", len(own), 0), batch.reason
        kept = records(house.institution).aggregate(handled=Sum("handled"), beyond=Sum("beyond"))
        for name, column in (("handled", "gestionadas en el ano"), ("beyond", "plazo mayor al esperado")):
            where = next(at for key, at in place.items() if key.endswith(column))
            assert kept[name] == sum(int(row.cells[where]) for row in own), body
        none = {row.cells[promise] == "0" for row in own} == {True}
        assert (not records(house.institution).filter(promised__isnull=False).exists()) is none
