# SPDX-License-Identifier: EUPL-1.2
"""An answer is seen as the letter or the mail it would become, before it is sent; nothing is kept."""

import pytest

from siac.accounts.public import Role
from siac.cases.domain.numbers import cover_codes
from siac.cases.letters.preview import TypedAnswer, previewed
from siac.cases.models import AnswerDraft, CaseMessage
from siac.cases.notices import KINDS, answer_lines, answer_text
from siac.cases.public import Case, Outcome
from siac.journal.public import history
from siac.notices.models import Notice
from tests.factories import NOW, answer, file

pytestmark = [pytest.mark.django_db]
ANSWERED = next(kind for kind in KINDS if kind.code == "cases.answered")


def with_unit(house, kind="reclamo") -> Case:
    return file(house, kind, unit_id=house.units["obras"])


def post(house, case, role=Role.UNIT_OFFICER, **typed):
    address = f"/{house.slug}/gestion/solicitudes/{case.folio}/vista-previa/"
    return house.client(role).post(address, {"body": "Se limpió el desagüe.", "outcome": "upheld", **typed})


def test_the_mail_shown_is_the_mail_that_is_sent_with_the_key_covered(house):
    case = with_unit(house)
    subject, text = previewed(case, TypedAnswer("Se limpió el desagüe.", "upheld"), now=NOW).mail()
    answer(house, case, now=NOW, outcome=Outcome.UPHELD, body="Se limpió el desagüe.")
    sent = ANSWERED.render(Notice.objects.get(subject_id=case.pk, kind="cases.answered"))
    assert (subject, text) == (sent[0], cover_codes(sent[1]))
    assert case.code in sent[1] and case.code not in text


@pytest.mark.parametrize("outcome", [Outcome.DENIED, Outcome.PARTLY])
def test_a_denial_is_shown_with_its_appeals_and_their_last_day_as_it_is_sent(house, outcome):
    case = with_unit(house)
    lines = previewed(case, TypedAnswer("No procede.", outcome.value), now=NOW).lines
    answer(house, case, now=NOW, outcome=outcome, body="No procede.")
    case.refresh_from_db()
    assert lines == answer_lines(case, answer_text(CaseMessage.objects.get(case=case, kind="answer")))
    assert len(lines) > 2


def test_letter_and_mail_are_marked_as_a_draft_and_nothing_is_kept(house):
    case = with_unit(house)
    before = Case.objects.values().get(pk=case.pk), len(history(house.institution.pk, case.stream))
    letter = post(house, case, como="carta")
    assert letter.content.startswith(b"%PDF") and letter["Content-Disposition"].startswith("inline")
    assert "no-store" in letter["Cache-Control"]
    mail = post(house, case, como="correo").content.decode()
    assert "BORRADOR: no se ha enviado." in mail and "Se limpió el desagüe." in mail and case.code not in mail
    assert before == (Case.objects.values().get(pk=case.pk), len(history(house.institution.pk, case.stream)))
    assert not CaseMessage.objects.exists() and not AnswerDraft.objects.exists()
    assert not Notice.objects.filter(kind="cases.answered").exists()


def test_a_gap_is_named_in_the_preview_and_stops_the_sending(house):
    case = with_unit(house)
    body = "Iremos el [fecha de la visita]."
    assert (
        "Falta completar: [fecha de la visita]."
        in post(house, case, body=body, como="correo").content.decode()
    )
    address = f"/{house.slug}/gestion/solicitudes/{case.folio}/responder/"
    for more in ({}, {"siguiente": "1"}):
        sent = house.client(Role.UNIT_OFFICER).post(address, {"body": body, "outcome": "upheld", **more})
        assert sent.status_code == 422 and "[fecha de la visita]" in sent.content.decode()
    assert not CaseMessage.objects.exists()


def test_who_does_not_work_on_the_case_sees_no_preview(house):
    case = with_unit(house)
    for role, status in ((Role.FRONT_DESK, 403), (Role.AUDITOR, 403), (Role.COMMITTEE_MEMBER, 403)):
        assert post(house, case, role).status_code == status
    elsewhere = file(house, unit_id=house.units["juridico"])
    assert post(house, elsewhere).status_code == 404
