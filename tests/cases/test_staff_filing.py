# SPDX-License-Identifier: EUPL-1.2
"""Filing at the desk: who is known already, what is the same one again, and what is answered at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import Case, CaseMessage
from siac.cases.restricting.commands import Ground, restrict_case
from siac.journal.public import readings
from siac.notices.models import Notice
from siac.people.public import PersonData
from tests.cases.test_handling import do
from tests.factories import House, answer, file

pytestmark = [pytest.mark.django_db]
R = Role
ANA = PersonData(
    given_names="Ana",
    family_names="Soto Rey",
    email="ana@ejemplo.org",
    phone="+56 9 8765 4321",
    document_type="rut",
    document_number="11111111-1",
)


def address(house: House) -> str:
    return f"/{house.slug}/gestion/solicitudes/nueva/"


def typed(house: House, kind: str = "reclamo", **changes: str) -> dict[str, str]:
    return {
        "kind": str(house.kinds[kind].pk),
        "channel": "phone",
        "body": "Sigue el agua en mi calle, frente a la escuela.",
        "given_names": "Ana",
        "family_names": "Soto",
        "email": "ana@ejemplo.org",
        "envio": "una-llave",
        **changes,
    }


def of_ana(house: House, kind: str = "reclamo", *, days: int = 3, **more) -> Case:
    return file(
        house, kind, now=timezone.now() - timedelta(days=days), who=ANA, unit_id=house.units["obras"], **more
    )


@pytest.mark.parametrize(
    "given", [{"email": "ANA@ejemplo.org"}, {"phone": "987654321"}, {"document_number": "11.111.111-1"}]
)
def test_who_is_known_shows_with_their_cases_by_document_mail_or_phone(house, given):
    case = of_ana(house)
    nothing = {
        "given_names": "",
        "family_names": "",
        "email": "",
        "phone": "",
        "document_number": "",
        "buscar": "1",
    }
    page = house.client(R.FRONT_DESK).post(address(house), typed(house, **nothing | given)).content.decode()
    assert "Ana Soto Rey" in page and case.folio in page
    assert "Sigue el agua en mi calle" in page  # what was typed stays
    assert readings(house.institution.pk, f"person:{case.person_id}").count() == 1
    assert Case.objects.count() == 1


def test_nobody_is_shown_by_part_of_a_phone_nor_to_whom_may_not_see_their_cases(house):
    case = of_ana(house)
    client = house.client(R.FRONT_DESK)
    look = {"email": "", "phone": "4321", "buscar": "1"}
    assert "Ana Soto Rey" not in client.post(address(house), typed(house, **look)).content.decode()
    do(restrict_case, house, case, ground=Ground.MINORS)
    page = client.post(address(house), typed(house, buscar="1")).content.decode()
    assert "Soto Rey" not in page and case.folio not in page
    assert "Nadie con esos datos" in page
    assert readings(house.institution.pk, f"person:{case.person_id}").count() == 0


def test_what_is_known_fills_only_what_is_still_empty(house):
    case = of_ana(house)
    page = house.client(R.FRONT_DESK).post(
        address(house), typed(house, given_names="", family_names="", usar=str(case.person_id))
    )
    said = page.content.decode()
    assert all(
        f'value="{told}"' in said for told in ("Soto Rey", "ana@ejemplo.org", "111111111", "+56 9 8765 4321")
    )


def test_the_same_person_again_is_asked_about_before_anything_is_filed(house):
    first = of_ana(house)
    client = house.client(R.FRONT_DESK)
    asked = client.post(address(house), typed(house))
    page = asked.content.decode()
    assert asked.status_code == 422 and "¿Es la misma?" in page
    assert f"Es la misma: agregar a {first.folio}" in page and "Es otra: ingresar" in page
    assert Case.objects.count() == 1
    sent = client.post(address(house), typed(house, distinta="1"))
    assert sent.status_code == 302 and Case.objects.count() == 2
    again = client.post(address(house), typed(house))  # the same press twice is the same request
    assert again["Location"] == sent["Location"] and Case.objects.count() == 2


def test_the_same_one_is_added_to_the_first(house):
    first, client = of_ana(house), house.client(R.FRONT_DESK)
    for _ in range(2):  # a second press adds nothing
        sent = client.post(address(house), typed(house, misma=first.folio))
        assert sent["Location"].endswith(f"/{first.folio}/") and Case.objects.count() == 1
    assert CaseMessage.objects.get(case=first).body == "Sigue el agua en mi calle, frente a la escuela."


def test_only_what_resembles_can_be_added_to(house):
    other = file(house, now=timezone.now(), unit_id=house.units["obras"])
    sent = house.client(R.FRONT_DESK).post(address(house), typed(house, misma=other.folio))
    assert sent.status_code == 302 and not CaseMessage.objects.filter(case=other).exists()


def test_old_answered_or_quite_different_requests_ask_nothing(house):
    of_ana(house, days=100)
    answer(house, of_ana(house), now=timezone.now())
    of_ana(house, "consulta", body="Quisiera saber el horario de la biblioteca municipal en verano.")
    assert house.client(R.FRONT_DESK).post(address(house), typed(house)).status_code == 302


def test_an_enquiry_by_phone_is_filed_answered_and_closed_in_one_step(house):
    sent = house.client(R.FRONT_DESK).post(
        address(house), typed(house, "consulta", answer="Atendemos de 9 a 14.", responder="1"), follow=True
    )
    case = Case.objects.get()
    assert (case.state, case.outcome) == ("closed", "informed") and case.answered_at and case.closed_at
    assert CaseMessage.objects.get(case=case, kind="answer").body == "Atendemos de 9 a 14."
    told = Notice.objects.get(subject_id=case.pk, kind="cases.answered")
    assert (told.channel, told.state, told.proof) == (
        "phone",
        "sent",
        "Se le respondió por teléfono al ingresarla.",
    )
    assert f"{case.folio}: ingresada, respondida y cerrada." in sent.content.decode()


def test_without_the_answer_nothing_is_filed_and_the_text_stays(house):
    sent = house.client(R.FRONT_DESK).post(address(house), typed(house, "consulta", responder="1"))
    assert sent.status_code == 422 and "Escriba qué se le respondió." in sent.content.decode()
    assert not Case.objects.exists()


def test_the_desk_answers_enquiries_only_and_an_officer_what_their_unit_works_on(house):
    spoken = {"answer": "Ya va la cuadrilla.", "responder": "1"}
    desk = house.client(R.FRONT_DESK).post(address(house), typed(house, **spoken))
    assert desk.status_code == 422 and "Usted no puede responder este tipo" in desk.content.decode()
    assert not Case.objects.exists()
    unit = {"unit": str(house.units["obras"])}
    assert (
        house.client(R.UNIT_OFFICER).post(address(house), typed(house, **spoken, **unit)).status_code == 302
    )
    assert Case.objects.get().state == "closed"
    elsewhere = {"unit": str(house.units["juridico"]), "email": "otra@ejemplo.org"}
    assert (
        house.client(R.UNIT_OFFICER).post(address(house), typed(house, **spoken, **elsewhere)).status_code
        == 422
    )
    assert Case.objects.count() == 1


def test_a_whole_folio_typed_in_the_search_opens_the_case(house):
    case = of_ana(house)
    found = house.client(R.FRONT_DESK).get(
        f"/{house.slug}/gestion/solicitudes/", {"q": f"Folio {case.folio}"}
    )
    assert found["Location"] == f"/{house.slug}/gestion/solicitudes/{case.folio}/"
