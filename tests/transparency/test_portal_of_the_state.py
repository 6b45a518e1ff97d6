# SPDX-License-Identifier: EUPL-1.2
"""Chile's Portal de Transparencia: its list comes in once, a month of answers and its register go out."""

import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from siac.accounts.public import Role
from siac.cases.imports.batches import new_batch
from siac.cases.imports.checking import check_batch
from siac.cases.imports.layouts import parse_layout, store_layout
from siac.cases.imports.loading import load_batch
from siac.cases.imports.mappings import read_mapping
from siac.cases.imports.opening import rows_of
from siac.cases.models import Case, ImportBatch
from siac.cases.public import Channel, Filing, file_case, kinds, refer_case, save_kind
from siac.documents.public import attachment, check_uploads, open_file
from siac.integrations.transparency.commands import begin_package
from siac.integrations.transparency.domain import file_path, month_before, month_of, next_month
from siac.integrations.transparency.models import AnswerPackage
from siac.integrations.transparency.tasks import pack_answers
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from tests.factories import NOW, answer, file, make_house, person, upload
from tests.sql_counts import at_most

HEADER = (
    "Código;Fecha de ingreso;Estado;Materia;Solicitud;Observaciones;Fecha de respuesta;Nombres;Apellidos;"
    "Correo electrónico;Dirección\n"
)
ROW = (
    "AB001T0000123;01/09/2026;Ingresada;Contratos;Copia de los contratos de aseo;;;Ana;Soto;"
    "ana@ejemplo.org;\n"
)
PAGE = "/puerto/gestion/portal-de-transparencia/"
MONTH = date(2026, 9, 1)


@pytest.fixture
def chile(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    save_kind(
        institution=house.institution, actor=None, now=NOW, code="acceso-informacion",
        nature="information_request", name="Acceso a la información", need="Pedir información",
        rule_id="CL.SAIP",
    )  # fmt: skip
    house.institution.refresh_from_db()
    return house


def brought(house, rows: str) -> ImportBatch:
    content = (HEADER + rows).encode()
    batch = new_batch(
        institution=house.institution, file=io.BytesIO(content), name="portal.csv", actor=None, now=NOW
    )
    raw = read_mapping("cl_portal_transparencia")
    batch.mapping = store_layout(parse_layout(raw)) | {"updates": raw["updates"]}
    batch.save()
    check_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
    return load_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)


def filed(house, *, now: datetime) -> Case:
    """A request for information that came by the portal of the body itself."""
    by_code = {each.code: each.pk for each in kinds(house.institution).values()}
    kind_id = by_code["acceso-informacion"]
    filing = Filing(
        kind_id=kind_id, channel=Channel.WEB, body="Pido el plan.", subject="Plan", person=person()
    )
    return file_case(institution=house.institution, filing=filing, actor=None, now=now)


def answered(house, *, files=()) -> Case:
    """A request of the Portal, answered here in September."""
    brought(house, ROW)
    case = Case.objects.get(original_number="AB001T0000123")
    case = refer_case(
        institution=house.institution, case_id=case.pk, version=None, unit_id=house.units["obras"],
        actor=house.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    answer(house, case, now=NOW + timedelta(hours=3), body="Van los contratos.", files=files)
    case.refresh_from_db()
    return case


def test_a_request_of_the_portal_runs_from_its_day_there_and_comes_once(chile):
    assert brought(chile, ROW).rows_loaded == 1
    case = Case.objects.get()
    assert (case.channel, case.original_number) == ("platform", "AB001T0000123")
    # 20 business days from 1 September 2026; 18 is a holiday, 19 a Saturday (art. 14 Ley 20.285)
    assert case.legal_due_on == date(2026, 9, 30)
    again = brought(chile, ROW)
    assert (again.rows_loaded, again.rows_repeated) == (0, 1)
    assert Case.objects.count() == 1


def test_what_was_answered_on_the_portal_is_closed_here_by_the_next_list(chile):
    brought(chile, ROW)
    done = ROW.replace("Ingresada", "Respondida").replace("aseo;;;", "aseo;;04/09/2026;")
    assert brought(chile, done).rows_updated == 1
    case = Case.objects.get()
    assert (case.state, case.due_on) == ("closed", None)
    assert verify_institution(chile.institution.pk).problems == []


def test_a_list_without_a_column_is_refused(chile):
    content = b"Codigo;Fecha de ingreso\nAB001T0000123;01/09/2026\n"
    batch = new_batch(
        institution=chile.institution, file=io.BytesIO(content), name="x.csv", actor=None, now=NOW
    )
    batch.mapping = store_layout(parse_layout(read_mapping("cl_portal_transparencia")))
    batch.save()
    check_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
    assert batch.state == "refused"


def packed(house, role=Role.QUALITY_MANAGER) -> zipfile.ZipFile:
    access = house.access(role)
    made = begin_package(access=access, month=MONTH, now=NOW)
    pack_answers(made.pk)
    made.refresh_from_db()
    assert made.state == "done", made.state
    assert made.attachment_id is not None
    with open_file(attachment(house.institution.pk, made.attachment_id)) as stored:
        return zipfile.ZipFile(io.BytesIO(stored.read()))


def test_the_answers_of_a_month_are_packed_with_code_day_text_and_files(chile):
    answered(chile, files=check_uploads([upload("contrato único.pdf")]))
    archive = packed(chile)
    assert archive.testzip() is None
    (row,) = csv.DictReader(io.StringIO(archive.read("respuestas.csv").decode("utf-8-sig")), delimiter=";")
    assert row["Código"] == "AB001T0000123" and "Van los contratos." in row["Respuesta"]
    assert row["Archivos"] in archive.namelist()
    assert row["Archivos"] == "archivos/AB001T0000123/01-contrato_único.pdf"


def test_a_request_that_was_joined_to_another_is_answered_under_its_own_code(chile):
    brought(chile, ROW.replace("123;", "124;"))
    case = answered(chile)
    other = Case.objects.get(original_number="AB001T0000124")
    Case.objects.filter(pk=other.pk).update(merged_into=case, state="closed", ending="merged")
    rows = csv.DictReader(
        io.StringIO(packed(chile).read("respuestas.csv").decode("utf-8-sig")), delimiter=";"
    )
    told = {row["Código"]: row["Respuesta"] for row in rows}
    assert set(told) == {"AB001T0000123", "AB001T0000124"}
    assert all("Van los contratos." in text for text in told.values())
    page = chile.client(Role.QUALITY_MANAGER).get(f"{PAGE}?mes=2026-09").content.decode()
    assert "AB001T0000124" in page


def test_only_what_came_by_the_portal_is_taken_there(chile):
    case = filed(chile, now=NOW)
    answer(chile, case, now=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="portal_none"):
        begin_package(access=chile.access(Role.QUALITY_MANAGER), month=MONTH, now=NOW)


def test_a_package_is_fetched_by_who_asked_while_they_still_may(chile):
    answered(chile)
    packed(chile, Role.HEAD_OF_UNIT)
    made = AnswerPackage.objects.get()
    address = f"{PAGE}respuestas/{made.pk}/archivo/"
    assert chile.client(Role.HEAD_OF_UNIT).get(address).status_code == 200
    assert chile.client(Role.QUALITY_MANAGER).get(address).status_code == 404
    Case.objects.filter(pk__in=made.case_ids).update(unit=chile.units["oirs"])
    assert chile.client(Role.HEAD_OF_UNIT).get(address).status_code == 409


def test_who_may_not_take_cases_out_packs_nothing(chile):
    answered(chile)
    with pytest.raises(PermissionDenied):
        begin_package(access=chile.access(Role.UNIT_OFFICER), month=MONTH, now=NOW)


def test_the_register_says_the_month_and_nobodys_name_and_who_took_it(chile):
    answered(chile)
    file(chile, "reclamo", now=NOW)
    client = chile.client(Role.QUALITY_MANAGER)
    taken = client.get(f"{PAGE}registro/?{urlencode({'mes': '2026-09'})}")
    text = b"".join(taken.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["Código"], row["Materia"]) == ("AB001T0000123", "Contratos")
    assert row["Fecha de ingreso"] == "2026-09-01" and row["Estado"]
    assert "Ana" not in text and "Soto" not in text and "contratos de aseo" not in text
    user = chile.user(Role.QUALITY_MANAGER)
    (entry,) = [
        each
        for each in history(chile.institution.pk, f"access:{user.pk}")
        if each.kind == "transparency.register_taken"
    ]
    assert entry.data["rows"] == 1
    assert client.get(f"{PAGE}registro/?mes=2026-09&formato=xlsx").content.startswith(b"PK")


def test_the_page_lists_the_month_and_costs_the_same_however_many(chile):
    client = chile.client(Role.QUALITY_MANAGER)
    answered(chile)
    page = client.get(f"{PAGE}?mes=2026-09").content.decode()
    assert "AB001T0000123" in page and "Preparar las respuestas" in page
    empty = client.get(f"{PAGE}?mes=2024-01").content.decode()
    assert "no llegó ni se respondió" in empty
    for number in range(5):
        brought(chile, ROW.replace("123;", f"{200 + number};"))
    with at_most(14):
        client.get(f"{PAGE}?mes=2026-09")


NO_MONTHS = ["", "x", "2026-13", "2026-00", "99999-01", "2026-09-01", "٢٠٢٦-٠٩", "1212-01"]


@pytest.mark.parametrize("asked", NO_MONTHS)
def test_what_is_no_month_is_this_month(asked):
    assert month_of(asked, today=date(2026, 9, 14)) == MONTH


def test_no_month_is_to_come():
    assert month_of("2031-01", today=date(2026, 9, 14)) == MONTH


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_months_follow_each_other(day):
    first = day.replace(day=1)
    assert month_before(next_month(first)) == first == next_month(month_before(first))
    assert 28 <= (next_month(first) - first).days <= 31


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_name_leads_out_of_a_package(code, name):
    path = file_path(code, 1, name)
    parts = path.split("/")
    assert parts[0] == "archivos" and len(parts) == 3 and ".." not in parts and "\\" not in path
    assert parts[1] not in {".", ".."} and parts[2].startswith("01-")


def test_bodies_of_other_countries_have_no_such_page(db):
    lima = make_house("lima", "PE")
    client = lima.client(Role.QUALITY_MANAGER)
    assert client.get("/lima/gestion/portal-de-transparencia/").status_code == 404
    assert "Portal de Transparencia" not in client.get("/lima/gestion/").content.decode()


def test_a_month_of_a_body_is_that_of_its_clock(chile):
    """Filed on 30 September at 23:30 in Santiago: 1 October in UTC."""
    late = datetime.fromisoformat("2026-09-30T23:30:00-03:00")
    filed(chile, now=late)
    page = chile.client(Role.QUALITY_MANAGER).get(f"{PAGE}registro/?mes=2026-09")
    assert b"".join(page.streaming_content).decode().count("\n") == 2
