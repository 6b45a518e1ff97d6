# SPDX-License-Identifier: EUPL-1.2
"""What persons are told, notice by notice: how each begins, and that each leads to the case."""

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case, CaseMessage, MessageKind
from siac.cases.notices import KINDS, CaseNotice
from siac.cases.public import ask_for_information
from siac.notices.models import Notice
from tests.factories import NOW, House, file

pytestmark = pytest.mark.django_db
WRITTEN = "Lo que se escribió."
RECEIVED = "Recibimos su solicitud «Agua en la calle» (Reclamo) con el folio {folio}."
ASKED = "Para seguir con su solicitud necesitamos lo siguiente:"
BEGINS = {
    "cases.receipt": ("Recibimos su solicitud", RECEIVED),
    "cases.code_again": (
        "El código de su solicitud",
        "Alguien pidió, con este correo, el código de la solicitud «Agua en la calle».",
    ),
    "cases.information_asked": ("Necesitamos que complete su solicitud", ASKED),
    "cases.correction_reminder": ("Recuerde completar su solicitud", ASKED),
    "cases.message": ("Tiene un mensaje sobre su solicitud", WRITTEN),
    "cases.term_extended": (
        "Ampliamos el plazo de su solicitud",
        f"El plazo se amplió por estas razones: {WRITTEN}",
    ),
    "cases.answered": ("Respuesta a su solicitud", WRITTEN),
    "cases.withdrawn": ("Su solicitud terminó", "Registramos que desiste de su solicitud."),
    "cases.lapsed": ("Su solicitud terminó", WRITTEN),
    "cases.archived": ("Su solicitud se archivó", WRITTEN),
    "cases.not_filed": ("Su solicitud no siguió adelante", WRITTEN),
    "cases.transferred": (
        "Enviamos su solicitud al organismo competente",
        "La respuesta le corresponde a otro organismo:",
    ),
    "cases.dismissed": ("Su solicitud no se admitió", WRITTEN),
    "cases.merged": ("Su solicitud se responderá junto con otra", WRITTEN),
    "cases.duplicate": ("Su reclamo ya se había respondido", WRITTEN),
    "cases.reopened": ("Reabrimos su solicitud", WRITTEN),
    "cases.appeal_decided": ("Resolvimos su recurso", WRITTEN),
    "cases.delay_reported": (
        "Recibimos su denuncia de la demora",
        "Si tampoco entonces respondemos, su solicitud se entiende aceptada.",
    ),
    "cases.contest_received": ("Revisaremos la respuesta", "Recibimos su solicitud de revisión."),
}
NOTICES = {kind.code: kind for kind in KINDS if isinstance(kind, CaseNotice)}


@pytest.fixture
def asked(house: House) -> Case:
    case = file(house, unit_id=house.units["obras"])
    return ask_for_information(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        body=WRITTEN,
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW,
    )


def test_every_notice_to_the_person_of_a_case_is_here():
    assert set(NOTICES) == set(BEGINS)


@pytest.mark.parametrize("code", sorted(BEGINS))
def test_how_it_begins_and_that_it_leads_to_the_case(house, asked, code):
    message = CaseMessage.objects.get(case=asked, kind=MessageKind.ASK)
    context = {"message": message.pk}
    notice = Notice(
        institution_id=house.institution.pk,
        kind=code,
        subject_id=asked.pk,
        context=context,
        created_at=NOW,
    )
    subject, text = NOTICES[code].render(notice)
    title, first = BEGINS[code]
    assert subject == f"{title} [{asked.folio}]"
    lines = text.split("\n\n")
    assert lines[0] == first.format(folio=asked.folio)
    assert lines[-3].endswith(f"/seguimiento/?codigo={asked.code}")
    assert lines[-2:] == [f"Código de seguimiento: {asked.code}", house.institution.name]
