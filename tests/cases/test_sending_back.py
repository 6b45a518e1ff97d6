# SPDX-License-Identifier: EUPL-1.2
"""A referral is taken back for some seconds, and a unit sends back what is not its own."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.commands.answer_drafts import save_answer_draft
from siac.cases.commands.approving import submit_answer
from siac.cases.commands.endings import withdraw_case
from siac.cases.commands.handling import classify_case, refer_case
from siac.cases.commands.sending_back import send_back
from siac.cases.commands.undoing import undo
from siac.cases.models import AnswerDraft, CaseMessage, Undoable
from siac.cases.public import Case, Outcome, add_information, ask_for_information, save_kind
from siac.cases.restricting.commands import Ground, restrict_case
from siac.clocks.models import Clock
from siac.journal.public import verify_institution
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.cases.test_handling import do, refusal
from tests.cases.test_routing import rule
from tests.factories import NOW, House, file

pytestmark = [pytest.mark.django_db]
R = Role


def own(house: House) -> str:
    return f"/{house.slug}/gestion/solicitudes/"


def stand(case: Case) -> tuple:
    found = Case.objects.values("unit_id", "assignee_id", "state", "due_on", "legal_due_on").get(pk=case.pk)
    clocks = Clock.objects.filter(subject_type="case", subject_id=case.pk).order_by("pk")
    return found, list(clocks.values("kind", "state", "due_on", "ended_at"))


def told(house: House) -> list[str]:
    return list(Notice.objects.filter(kind="cases.sent_back").values_list("recipient", flat=True))


def test_a_referral_is_taken_back_whole_and_its_person_never_knew(house):
    now = timezone.now()
    case = file(house, now=now)
    before = stand(case)
    desk = house.client(R.FRONT_DESK)
    sent = desk.post(
        f"{own(house)}{case.folio}/derivar/",
        {"unit_id": house.units["obras"], "reason": "Es de ustedes."},
        follow=True,
    )
    assert "Puede deshacer la derivación unos segundos." in sent.content.decode()
    assert stand(case) != before
    back = desk.post(f"{own(house)}{case.folio}/deshacer/", follow=True).content.decode()
    assert "Derivación deshecha" in back
    assert [row["due_on"] for row in stand(case)[1] if row["state"] == "running"] == [
        row["due_on"] for row in before[1]
    ]
    assert stand(case)[0] == before[0]
    assert [row.kind for row in CaseMessage.objects.filter(case=case)] == ["taken_back"]


def test_who_refers_a_case_away_takes_it_back_from_the_list(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    officer, address = house.client(R.UNIT_OFFICER), f"{own(house)}{case.folio}/"
    sent = officer.post(f"{address}derivar/", {"unit_id": house.units["juridico"]}, follow=True)
    page = sent.content.decode()
    assert sent.redirect_chain[-1][0] == own(house)
    assert f"{case.folio}: Solicitud derivada." in page and f'action="{address}deshacer/"' in page
    assert officer.get(address).status_code == 404
    assert officer.get(f"{address}deshacer/").status_code == 404
    assert house.client(R.HEAD_OF_UNIT).post(f"{address}deshacer/").status_code == 404
    assert officer.post(f"{address}deshacer/")["Location"] == address
    assert Case.objects.get(pk=case.pk).unit_id == house.units["obras"]


def test_too_late_to_take_a_referral_back_shows_nothing_of_the_case(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    officer, address = house.client(R.UNIT_OFFICER), f"{own(house)}{case.folio}/"
    officer.post(f"{address}derivar/", {"unit_id": house.units["juridico"]})
    Undoable.objects.update(until=timezone.now())
    assert officer.post(f"{address}deshacer/").status_code == 404
    do(refer_case, house, case, unit_id=house.units["obras"], undoable=True)
    common = {"institution": house.institution, "case_id": case.pk, "version": None}
    late = partial(undo, **common, actor=house.user(R.HEAD_OF_UNIT), now=NOW + timedelta(minutes=1))
    assert refusal(late) == "undo_late"


def test_while_a_referral_may_be_taken_back_its_person_still_reads_what_was_written(house):
    case = file(house, now=NOW)
    do(refer_case, house, case, unit_id=house.units["obras"])
    do(ask_for_information, house, case, R.UNIT_OFFICER, body="¿Cuándo?")
    add_information(
        institution=house.institution, case_id=case.pk, body="Ayer.", now=NOW + timedelta(minutes=1)
    )
    do(refer_case, house, case, unit_id=house.units["juridico"], undoable=True)
    assert Undoable.objects.get().message_id == 0


def test_a_unit_sends_back_what_is_not_its_own_and_who_referred_it_is_told(house):
    case = file(house, now=NOW)
    do(refer_case, house, case, R.FRONT_DESK, unit_id=house.units["obras"])
    officer = house.client(R.UNIT_OFFICER)
    address = f"{own(house)}{case.folio}/"
    assert "No es nuestra: devolver" in officer.get(address).content.decode()
    assert officer.post(f"{address}no-es-nuestra/", {"reason": " "}).status_code == 422
    assert officer.post(f"{address}no-es-nuestra/", {"reason": "Es de Aguas."})["Location"] == own(house)
    case.refresh_from_db()
    assert (case.state, case.unit_id, case.assignee_id) == ("received", None, None)
    assert told(house) == [f"user:{house.user(R.FRONT_DESK).pk}"]
    page = house.client(R.FRONT_DESK).get(address).content.decode()
    assert "La unidad la devolvió: no es suya" in page and "Es de Aguas." in page


def test_what_waits_for_its_person_still_waits_when_sent_back(house):
    case = file(house, unit_id=house.units["obras"])
    do(ask_for_information, house, case, R.UNIT_OFFICER, body="¿Cuándo?")
    do(send_back, house, case, R.UNIT_OFFICER, reason="No es nuestra.")
    case.refresh_from_db()
    assert (case.state, case.unit_id) == ("waiting", None)
    assert told(house) == []  # it came with its unit from the portal: nobody referred it


def test_neither_a_case_without_unit_nor_a_restricted_one_is_sent_back(house):
    free, closed = file(house), file(house, unit_id=house.units["obras"])
    assert refusal(lambda: do(send_back, house, free, reason="No.")) == "move_not_allowed"
    do(restrict_case, house, closed, R.HEAD_OF_UNIT, ground=Ground.MINORS)
    assert (
        refusal(lambda: do(send_back, house, closed, R.HEAD_OF_UNIT, reason="No.")) == "send_back_restricted"
    )
    assert house.client(R.FRONT_DESK).post(
        f"{own(house)}{closed.folio}/no-es-nuestra/", {"reason": "No."}
    ).status_code in (403, 404)


def test_an_answer_that_waited_to_be_approved_is_a_draft_again_for_the_next_unit(house):
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW,
        kind=house.kinds["reclamo"],
        approver="head_of_unit",
    )
    house.institution.refresh_from_db()
    case = file(house, unit_id=house.units["obras"])
    do(submit_answer, house, case, R.UNIT_OFFICER, draft_version=0, body="Se hará.", outcome=Outcome.UPHELD)
    do(send_back, house, case, R.UNIT_OFFICER, reason="No es nuestra.")
    draft = AnswerDraft.objects.get(case=case)
    assert (draft.state, draft.submitted_at, draft.body) == ("writing", None, "Se hará.")


def waiting_for_approval(house: House) -> Case:
    """Return a case of the works unit with an answer that waits to be approved, by its officer."""
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW,
        kind=house.kinds["reclamo"],
        approver="head_of_unit",
    )
    house.institution.refresh_from_db()
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    do(
        submit_answer, house, case, R.UNIT_OFFICER, now=timezone.now(),
        draft_version=0, body="Se hará.", outcome=Outcome.UPHELD,
    )  # fmt: skip
    return case


def called_back(house: House) -> list[tuple[str, str]]:
    notices = Notice.objects.filter(kind="cases.answer_called_back")
    return list(notices.values_list("recipient", "state"))


def test_an_answer_that_waits_is_a_draft_again_when_its_case_is_referred_and_its_writer_is_told(house):
    case = waiting_for_approval(house)
    desk, head = house.client(R.FRONT_DESK), house.client(R.HEAD_OF_UNIT)
    assert case.folio in head.get(f"/{house.slug}/gestion/por-aprobar/").content.decode()
    do(refer_case, house, case, R.FRONT_DESK, now=timezone.now(), unit_id=house.units["juridico"])
    draft = AnswerDraft.objects.get(case=case)
    assert (draft.state, draft.submitted_at, draft.body) == ("writing", None, "Se hará.")
    writer = f"user:{house.user(R.UNIT_OFFICER).pk}"
    assert called_back(house) == [(writer, "pending")]
    assert "volvió a ser borrador" in desk.get(f"{own(house)}{case.folio}/").content.decode()
    send_due(lambda: timezone.now() + timedelta(minutes=1))
    letter = Notice.objects.get(kind="cases.answer_called_back")
    assert letter.state in ("sent", "shown") and letter.subject_line.endswith("volvió a ser un borrador")
    assert case.folio in letter.body and "Se hará." not in letter.body
    assert verify_institution(house.institution.pk).problems == []


def test_who_refers_away_their_own_answer_is_told_by_nobody(house):
    case = waiting_for_approval(house)
    do(refer_case, house, case, R.UNIT_OFFICER, now=timezone.now(), unit_id=house.units["juridico"])
    assert AnswerDraft.objects.get(case=case).state == "writing"
    assert called_back(house) == []


def test_a_referral_taken_back_lets_the_answer_wait_again_and_tells_nobody(house):
    case = waiting_for_approval(house)
    since = AnswerDraft.objects.get(case=case).submitted_at
    desk, address = house.client(R.QUALITY_MANAGER), f"{own(house)}{case.folio}/"
    assert desk.post(f"{address}derivar/", {"unit_id": house.units["juridico"]}).status_code == 302
    assert AnswerDraft.objects.get(case=case).state == "writing"
    assert desk.post(f"{address}deshacer/").status_code == 302
    draft = AnswerDraft.objects.get(case=case)
    assert (draft.state, draft.submitted_at) == ("review", since)
    assert [state for _, state in called_back(house)] == ["cancelled"]
    listed = house.client(R.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/por-aprobar/").content.decode()
    assert case.folio in listed


def test_what_the_next_unit_wrote_meanwhile_does_not_wait_in_the_name_of_the_former(house):
    case, now = waiting_for_approval(house), timezone.now()
    do(refer_case, house, case, R.FRONT_DESK, now=now, unit_id=house.units["juridico"], undoable=True)
    do(
        save_answer_draft, house, case, R.QUALITY_MANAGER, now=now + timedelta(seconds=1),
        draft_version=1, body="Otra cosa.",
    )  # fmt: skip
    do(undo, house, case, R.FRONT_DESK, now=now + timedelta(seconds=2))
    draft = AnswerDraft.objects.get(case=case)
    assert (draft.state, draft.body) == ("writing", "Otra cosa.")


def test_rules_that_refer_a_classified_case_call_its_answer_back_too(house):
    case = waiting_for_approval(house)
    topic = house.topics["Transparencia"]
    rule(house, topics=[topic], on_classified=True, set_unit_id=house.units["juridico"])
    do(classify_case, house, case, now=timezone.now(), topic_id=topic)
    case.refresh_from_db()
    assert case.unit_id == house.units["juridico"]
    assert AnswerDraft.objects.get(case=case).state == "writing"
    assert len(called_back(house)) == 1


def test_nobody_is_asked_to_approve_the_answer_of_a_case_that_ended(house):
    case = waiting_for_approval(house)
    do(withdraw_case, house, case, now=timezone.now(), body="Ya no lo pide.")
    listed = house.client(R.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/por-aprobar/").content.decode()
    assert case.folio not in listed
