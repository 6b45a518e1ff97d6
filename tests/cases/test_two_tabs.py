# SPDX-License-Identifier: EUPL-1.2
"""Two tabs of one person: one thing happens, and the other tab is told in plain words, with its text."""

import pytest

from siac.accounts.public import Role
from siac.cases.models import AnswerDraft, Case, CaseMessage
from siac.notices.models import Notice
from tests.cases.test_answer_drafts import ask_approval, in_unit, submitted, url
from tests.cases.test_staff_filing import address, of_ana, typed
from tests.factories import BACKEND, House

pytestmark = [pytest.mark.django_db]
R = Role


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def as_opened(case: Case) -> dict[str, str]:
    """Return what the forms of a tab hold that shows the case as it is now."""
    case.refresh_from_db()
    draft = AnswerDraft.objects.filter(case=case).first()
    return {"version": str(case.version), "draft_version": str(draft.version) if draft else ""}


def answers(case: Case) -> list[str]:
    return list(CaseMessage.objects.filter(case=case, kind="answer").values_list("body", flat=True))


def test_the_same_answer_sent_from_two_tabs_goes_out_once(house):
    case = in_unit(house)
    tab = as_opened(case) | {"outcome": "upheld", "body": "Se limpió el desagüe."}
    browser = house.client(R.UNIT_OFFICER)
    first, second = (browser.post(url(house, case, "responder"), tab) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 422)
    assert answers(case) == ["Se limpió el desagüe."]
    assert Notice.objects.filter(kind="cases.answered").count() == 1
    shown = second.content.decode()
    assert "usted en otra pestaña, cambió esta solicitud" in shown
    assert "Se limpió el desagüe.</textarea>" in shown


def test_an_answer_sent_again_after_reading_that_it_was_sent_is_refused(house):
    case = in_unit(house)
    browser, sent = house.client(R.UNIT_OFFICER), {"outcome": "upheld", "body": "Ya está."}
    browser.post(url(house, case, "responder"), as_opened(case) | sent)
    again = browser.post(url(house, case, "responder"), as_opened(case) | sent)
    assert again.status_code == 422
    assert "No se puede" in again.content.decode()
    assert len(answers(case)) == 1


def test_what_is_taken_back_in_one_tab_is_not_overwritten_from_the_other(house):
    case = in_unit(house)
    browser, early = house.client(R.UNIT_OFFICER), as_opened(case)
    browser.post(url(house, case, "responder"), early | {"outcome": "upheld", "body": "Lo primero."})
    assert browser.post(url(house, case, "deshacer"), as_opened(case)).status_code == 302
    late = browser.post(url(house, case, "responder"), early | {"outcome": "denied", "body": "Lo segundo."})
    shown = late.content.decode()
    assert late.status_code == 422 and "Lo segundo.</textarea>" in shown
    assert "cambió esta solicitud" in shown or "guardó otra versión" in shown
    assert answers(case) == [] and AnswerDraft.objects.get().body == "Lo primero."
    sent = as_opened(case) | {"outcome": "denied", "body": "Lo segundo."}
    assert browser.post(url(house, case, "responder"), sent).status_code == 302
    assert answers(case) == ["Lo segundo."]


def test_taking_back_from_two_tabs_says_that_nothing_is_left(house):
    case = in_unit(house)
    browser = house.client(R.UNIT_OFFICER)
    browser.post(url(house, case, "responder"), as_opened(case) | {"outcome": "upheld", "body": "Ya está."})
    tab = as_opened(case)
    assert browser.post(url(house, case, "deshacer"), tab).status_code == 302
    again = browser.post(url(house, case, "deshacer"), tab, follow=True)
    assert again.status_code == 200
    assert "No hay nada suyo que deshacer" in again.content.decode()
    assert AnswerDraft.objects.get().body == "Ya está."


def test_the_same_answer_is_approved_once_from_two_tabs(house):
    ask_approval(house)
    case = submitted(house)
    head, tab = house.client(R.HEAD_OF_UNIT), as_opened(case)
    first, second = (head.post(url(house, case, "aprobar"), tab) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 422)
    assert "usted en otra pestaña, cambió esta solicitud" in second.content.decode()
    third = head.post(url(house, case, "aprobar"), as_opened(case))
    assert third.status_code == 422 and "No se puede" in third.content.decode()
    assert len(answers(case)) == 1 and Notice.objects.filter(kind="cases.answered").count() == 1


def test_given_back_in_one_tab_is_not_approved_from_the_other(house):
    ask_approval(house)
    case = submitted(house)
    head, tab = house.client(R.HEAD_OF_UNIT), as_opened(case)
    assert head.post(url(house, case, "devolver"), tab | {"remarks": "Falta la fecha"}).status_code == 302
    assert head.post(url(house, case, "aprobar"), tab).status_code == 422
    late = head.post(url(house, case, "aprobar"), as_opened(case))
    assert late.status_code == 422
    assert "alguien ya la aprobó o la devolvió" in late.content.decode()
    assert answers(case) == []


def filed(house: House, sent: dict[str, str]):
    return house.client(R.FRONT_DESK).post(address(house), sent)


def test_one_desk_form_in_two_tabs_is_one_request(house):
    of_ana(house)
    sent = typed(house) | {"distinta": "1"}
    first, second = filed(house, sent), filed(house, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 2  # the one of before, and this one


def test_the_same_typed_in_a_tab_of_its_own_is_asked_about(house):
    first = filed(house, typed(house, envio="una-llave"))
    assert first.status_code == 302
    second = filed(house, typed(house, envio="otra-llave"))
    assert second.status_code == 422
    case = Case.objects.get()
    shown = second.content.decode()
    assert case.folio in shown and "Sigue el agua en mi calle" in shown


def test_somebody_who_signed_in_as_another_in_the_second_tab_takes_nothing_back(house):
    case = in_unit(house)
    browser = house.client(R.UNIT_OFFICER)
    browser.post(url(house, case, "responder"), as_opened(case) | {"outcome": "upheld", "body": "Ya está."})
    browser.force_login(house.user(R.HEAD_OF_UNIT), backend=BACKEND)
    assert browser.post(url(house, case, "deshacer"), as_opened(case)).status_code == 403
    assert len(answers(case)) == 1
