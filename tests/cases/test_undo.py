# SPDX-License-Identifier: EUPL-1.2
"""What was sent a moment ago is taken back: case, clocks and text as they were, and nothing goes out."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.commands.undo_offers import COLUMNS, UNDO_FOR
from siac.cases.commands.undoing import undo
from siac.cases.models import AnswerDraft, Case, CaseMessage, Redaction, Undoable
from siac.cases.protection.redacting import redact_text
from siac.cases.public import Outcome, add_note, ask_for_information, extend_term, merge_case, reopen_case
from siac.clocks.models import Clock
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.cases.test_answer_drafts import ask_approval, events, page, post, submitted, url
from tests.cases.test_handling import do, refusal
from tests.factories import ANONYMOUS, NOW, House, answer, file, upload
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def state_of(case: Case) -> tuple:
    """Return what taking back must restore: the case's own columns and every column of its clocks."""
    return (
        Case.objects.values(*COLUMNS).get(pk=case.pk),
        list(Clock.objects.filter(subject_id=case.pk, subject_type="case").order_by("pk").values()),
    )


def take_back(house: House, case: Case, role: Role = Role.UNIT_OFFICER, after: timedelta = SECOND) -> Case:
    return undo(
        institution=house.institution, case_id=case.pk, version=None, actor=house.user(role), now=NOW + after
    )


def unanswered(house: House, **changes) -> Case:
    return file(house, now=NOW - timedelta(days=3), unit_id=house.units["obras"], **changes)


def asked(house: House, case: Case) -> None:
    do(ask_for_information, house, case, Role.UNIT_OFFICER, body="¿Cuándo?")


def extended(house: House, case: Case) -> None:
    do(extend_term, house, case, Role.UNIT_OFFICER, reason="Faltan informes")


@pytest.mark.parametrize(
    ("send", "entry"),
    [
        (lambda house, case: answer(house, case, now=NOW), "cases.answer_undone"),
        (lambda house, case: answer(house, case, now=NOW, outcome=Outcome.DENIED), "cases.answer_undone"),
        (asked, "cases.ask_undone"),
        (extended, "cases.extension_undone"),
    ],
)
@pytest.mark.parametrize("kind", ["reclamo", "acceso"])
def test_everything_is_as_it_was_and_nothing_goes_out(house, send, entry, kind):
    case = unanswered(house, kind=kind)
    before = state_of(case)
    send(house, case)
    assert state_of(case) != before
    take_back(house, case)
    assert state_of(case) == before
    assert events(case)[-1] == entry
    send_due(lambda: NOW + timedelta(minutes=1))
    told = (
        Notice.objects.filter(subject_id=case.pk)
        .exclude(kind="cases.receipt")
        .values_list("state", flat=True)
    )
    assert list(told) == ["cancelled"]


def test_a_paused_clock_waits_again_after_an_answer_is_taken_back(house):
    case = unanswered(house)
    do(ask_for_information, house, case, body="¿Cuándo?", now=NOW - timedelta(days=1))
    before = state_of(case)
    answer(house, case, now=NOW)
    take_back(house, case)
    assert state_of(case) == before


def test_the_notice_waits_fifteen_seconds_and_then_it_is_too_late(house):
    case = unanswered(house)
    answer(house, case, now=NOW)
    notice = Notice.objects.get(kind="cases.answered")
    assert notice.due_at == NOW + UNDO_FOR
    send_due(lambda: NOW + UNDO_FOR - SECOND)
    notice.refresh_from_db()
    assert notice.state == "pending"
    assert refusal(lambda: take_back(house, case, after=UNDO_FOR)) == "undo_late"
    send_due(lambda: NOW + UNDO_FOR)
    notice.refresh_from_db()
    assert notice.state != "pending"
    # Even for a clock that runs behind: what went out is out.
    assert refusal(lambda: take_back(house, case)) == "undo_late"
    case.refresh_from_db()
    assert case.state == "answered"


def test_an_answer_taken_back_is_a_draft_with_its_files(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    sent = post(house, case, "responder", body="Ya está", outcome="partly", attachments=[upload("plano.pdf")])
    assert sent.status_code == 302
    assert "Deshacer" in page(house, case)
    assert "Deshacer" not in page(house, case, Role.HEAD_OF_UNIT)  # who did not send it
    assert post(house, case, "deshacer", Role.HEAD_OF_UNIT).status_code == 403
    assert post(house, case, "deshacer").status_code == 302
    draft = AnswerDraft.objects.get()
    assert (draft.body, draft.outcome, draft.state) == ("Ya está", "partly", "writing")
    shown = page(house, case)
    assert "Ya está</textarea>" in shown
    assert "plano.pdf" in shown
    assert not CaseMessage.objects.filter(kind="answer").exists()
    assert post(house, case, "deshacer")["Location"] == url(house, case)  # nothing of theirs any more
    assert post(house, case, "responder", body="Ya está bien", outcome="upheld").status_code == 302


def test_refused_after_the_time_with_a_plain_sentence(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    answer(house, case, now=timezone.now() - UNDO_FOR)
    assert "Deshacer" not in page(house, case)
    late = post(house, case, "deshacer")
    assert late.status_code == 422
    assert "Ya no se puede deshacer" in late.content.decode()


def test_what_was_asked_stays_as_a_text_that_was_not_sent(house):
    case = unanswered(house)
    asked(house, case)
    take_back(house, case)
    [message] = CaseMessage.objects.filter(case=case)
    assert (message.kind, message.body, message.is_internal) == ("taken_back", "¿Cuándo?", True)


def test_an_approved_answer_taken_back_is_approved_again(house):
    ask_approval(house)
    case = submitted(house)
    assert post(house, case, "aprobar", Role.HEAD_OF_UNIT).status_code == 302
    assert post(house, case, "deshacer", Role.UNIT_OFFICER).status_code == 403
    assert post(house, case, "deshacer", Role.HEAD_OF_UNIT).status_code == 302
    assert AnswerDraft.objects.get().state == "writing"
    assert post(house, case, "responder", body="x", outcome="upheld").status_code == 422


def test_once_something_else_happened_nothing_is_taken_back(house):
    case = unanswered(house)
    answer(house, case, now=NOW)
    do_note = {
        "institution": house.institution,
        "case_id": case.pk,
        "body": "Llamó",
        "actor": None,
        "now": NOW,
    }
    add_note(**do_note)
    assert refusal(lambda: take_back(house, case)) == "undo_nothing"
    fresh = unanswered(house)
    assert refusal(lambda: take_back(house, fresh)) == "undo_nothing"
    answer(house, fresh, now=NOW)
    assert refusal(lambda: take_back(house, fresh, Role.HEAD_OF_UNIT)) == "undo_nothing"


def test_those_whose_requests_were_joined_are_not_told_either(house):
    main, other = unanswered(house), unanswered(house)
    do(merge_case, house, other, into=main.folio)
    answer(house, main, now=NOW)
    take_back(house, main)
    assert (
        list(Notice.objects.filter(kind="cases.answered").values_list("state", flat=True))
        == ["cancelled"] * 2
    )


def test_an_anonymous_answer_is_taken_back_too(house):
    case = unanswered(house, kind="sugerencia", who=ANONYMOUS)
    before = state_of(case)
    answer(house, case, now=NOW)
    take_back(house, case)
    assert state_of(case) == before


def test_the_page_costs_no_more_while_it_can_be_undone(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    browser = house.client(Role.UNIT_OFFICER)
    answer(house, case, now=timezone.now())
    browser.get(url(house, case))
    with at_most(12):
        assert "Deshacer" in browser.get(url(house, case)).content.decode()


def test_an_answer_that_somebody_got_ready_to_hand_out_meanwhile_is_taken_back_all_the_same(house):
    case = unanswered(house)
    answer(house, case, now=NOW)
    told = CaseMessage.objects.get(case=case, kind="answer")
    redact_text(
        institution=house.institution, case_id=case.pk, message_id=told.pk, wanted=[], grounds="",
        actor=house.user(Role.HEAD_OF_UNIT), now=NOW,
    )  # fmt: skip
    take_back(house, case)
    assert not Redaction.objects.exists()
    assert AnswerDraft.objects.get(case=case).body == told.body


def test_the_answer_still_goes_out_to_a_joined_case_that_was_reopened_meanwhile(house):
    case, joined = unanswered(house), unanswered(house)
    do(merge_case, house, joined, Role.HEAD_OF_UNIT, into=case.folio)
    answer(house, case, now=NOW, body="Se limpió el desagüe.")
    do(reopen_case, house, joined, Role.HEAD_OF_UNIT, reason="Pedía algo más.")
    send_due(lambda: NOW + UNDO_FOR)
    notice = Notice.objects.get(subject_id=joined.pk, kind="cases.answered")
    assert "Se limpió el desagüe." in notice.body


def follow(case: Case) -> Client:
    """Open the tracking page of a case as its citizen."""
    browser = Client()
    opened = browser.post(
        f"/{case.institution.slug}/seguimiento/",
        {"code": case.code, "second_factor": "6785"},
    )
    assert opened.status_code == 302, opened.content.decode()
    return browser


@pytest.mark.parametrize("act", ["answer", "ask", "extend"])
def test_the_citizen_sees_what_was_sent_once_it_can_no_longer_be_taken_back(house, act):
    now = timezone.now()
    case = file(house, now=now - timedelta(days=3), unit_id=house.units["obras"])
    browser, address = follow(case), f"/{house.slug}/seguimiento/solicitud/"
    before = stable(browser.get(address).text)
    common = {
        "institution": house.institution,
        "case_id": case.pk,
        "version": None,
        "actor": house.user(Role.HEAD_OF_UNIT),
        "now": now,
    }
    if act == "answer":
        answer(house, case, now=now, outcome=Outcome.DENIED, body="No se puede, vea el archivo.")
    elif act == "ask":
        ask_for_information(**common, body="No se puede sin la fecha.")
    else:
        extend_term(**common, reason="No se puede antes.")
    assert stable(browser.get(address).text) == before
    Undoable.objects.update(until=now - SECOND)
    assert "No se puede" in browser.get(address).text
    case.refresh_from_db()
    assert act != "answer" or case.answered_at == now  # the legal moment is the one of the act


def stable(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", page)


def test_files_of_an_answer_wait_with_it(house):
    now = timezone.now()
    case = file(house, now=now - timedelta(days=3), unit_id=house.units["obras"])
    browser = follow(case)
    answer(house, case, now=now, files=check_uploads([upload("resolucion.pdf")]))
    pk = Attachment.objects.get(name="resolucion.pdf").pk
    address = f"/{house.slug}/seguimiento/solicitud/archivo/{pk}/"
    assert browser.get(address).status_code == 404
    Undoable.objects.update(until=now - SECOND)
    assert browser.get(address).status_code == 200


def test_whatever_changes_the_case_again_shows_the_answer_at_once(house):
    now = timezone.now()
    case = file(house, now=now - timedelta(days=3), unit_id=house.units["obras"])
    browser = follow(case)
    answer(house, case, now=now, body="Ya está.")
    add_note(
        institution=house.institution,
        case_id=case.pk,
        body="Listo",
        actor=house.user(Role.HEAD_OF_UNIT),
        now=now,
    )
    assert "Ya está." in browser.get(f"/{house.slug}/seguimiento/solicitud/").text
