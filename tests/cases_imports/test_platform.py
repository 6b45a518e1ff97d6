# SPDX-License-Identifier: EUPL-1.2
"""DS 007-2020-PCM: the national platform is copied here again and again;
nothing twice, what changed there follows.
"""

import io
from datetime import date

import pytest

from siac.accounts.public import Role
from siac.cases.commands.endings import merge_case
from siac.cases.imports.batches import new_batch
from siac.cases.imports.checking import check_batch
from siac.cases.imports.layouts import parse_layout, store_layout
from siac.cases.imports.loading import load_batch
from siac.cases.imports.mappings import read_mapping
from siac.cases.imports.opening import rows_of
from siac.cases.models import CaseMessage, ImportBatch
from siac.cases.public import Case, Outcome, answer_case, save_kind
from siac.clocks.public import Clock
from siac.journal.public import history, verify_institution
from tests.factories import NOW, file, make_house

HEADER = (
    "Código;Fecha de registro;Estado;Motivo;Detalle;Sede;Fecha "
    "de respuesta;Resultado;Respuesta;Nombres;Apellidos;"
    "Tipo de documento;Número de documento;Correo electrónico;Teléfono\n"
)
OPEN = "LR-7;01/09/2026;En atención;Trato;Me trataron mal;Lima;;;;Ana;Quispe;DNI;12345678;ana@ejemplo.org;\n"
DONE = OPEN.replace("En atención", "Atendido").replace("Lima;;;;", "Lima;04/09/2026;Denegado;No se acreditó;")


@pytest.fixture
def peru(db):
    house = make_house("lima", "PE")
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW,
        code="libro",
        nature="complaint",
        name="Reclamo",
        need="Reclamar",
        rule_id="PE.LR",
    )
    house.institution.refresh_from_db()
    return house


def brought(house, rows: str, *, updates: bool = True) -> ImportBatch:
    raw = read_mapping("pe_libro_reclamaciones")
    assert raw["updates"] is True
    content = (HEADER + rows).encode()
    batch = new_batch(
        institution=house.institution, file=io.BytesIO(content), name="lr.csv", actor=None, now=NOW
    )
    batch.mapping = store_layout(parse_layout(raw)) | ({"updates": True} if updates else {})
    batch.save()
    check_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
    assert batch.rows_rejected == 0
    return load_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)


def test_the_answer_given_on_the_platform_reaches_the_case_that_came_from_it(peru):
    brought(peru, OPEN)
    case = Case.objects.get()
    assert (case.original_number, case.channel, case.get_channel_display()) == (
        "LR-7",
        "platform",
        "Plataforma nacional",
    )
    assert case.legal_due_on == date(
        2026, 10, 14
    )  # 30 business days from 1 September; 8 October is a holiday
    again = brought(peru, DONE)
    assert (again.rows_loaded, again.rows_repeated, again.rows_updated) == (0, 1, 1)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.due_on, case.answer_days) == ("closed", "denied", None, 3)
    assert peru.institution.local_date(case.answered_at) == date(2026, 9, 4)
    assert CaseMessage.objects.get(case=case).body == "No se acreditó"
    assert Clock.objects.get(subject_id=case.pk, kind="legal").state == Clock.State.MET
    assert [entry.kind for entry in history(case.institution_id, case.stream)] == [
        "cases.imported",
        "cases.import_updated",
    ]
    assert verify_institution(case.institution_id).problems == []


def test_what_was_joined_here_comes_back_when_the_platform_answers_the_other_one(peru):
    """The platform knows nothing of it: its person was promised what somebody else alone got."""
    brought(peru, OPEN)
    main = Case.objects.get()
    other = file(peru, "reclamo", now=NOW)
    due = other.legal_due_on
    merge_case(
        institution=peru.institution, case_id=other.pk, version=None, into=main.folio,
        actor=peru.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    brought(peru, DONE)
    other.refresh_from_db()
    main.refresh_from_db()
    assert (main.state, other.merged_into_id, other.legal_due_on) == ("closed", None, due)
    assert other.is_open
    assert history(main.institution_id, main.stream)[-1].data["released"] == [other.pk]
    assert verify_institution(other.institution_id).problems == []


def test_the_same_file_a_third_time_changes_nothing(peru):
    for rows in (OPEN, DONE):
        brought(peru, rows)
    version = Case.objects.get().version
    assert brought(peru, DONE).rows_updated == 0
    assert (Case.objects.get().version, CaseMessage.objects.count()) == (version, 1)
    # Going back to open there does not reopen here: an officer does that.
    assert brought(peru, OPEN).rows_updated == 0
    assert Case.objects.get().state == "closed"


def test_a_row_that_comes_in_answered_brings_its_answer_along(peru):
    batch = brought(peru, DONE)
    assert (batch.rows_loaded, batch.rows_updated) == (1, 0)
    case = Case.objects.get()
    assert (case.outcome, CaseMessage.objects.get(case=case).body) == ("denied", "No se acreditó")


def test_what_the_body_answered_here_is_not_touched_nor_anything_without_asking(peru):
    brought(peru, OPEN)
    assert brought(peru, DONE, updates=False).rows_updated == 0
    case = Case.objects.get()
    assert case.is_open
    answer_case(
        institution=peru.institution,
        case_id=case.pk,
        version=None,
        body="Lo lamentamos",
        outcome=Outcome.UPHELD,
        measures="Se repuso",
        actor=peru.user(Role.UNIT_OFFICER),
        now=NOW,
    )
    assert brought(peru, DONE).rows_updated == 0
    assert Case.objects.get().outcome == "upheld"
