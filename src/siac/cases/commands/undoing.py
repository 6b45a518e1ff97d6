# SPDX-License-Identifier: EUPL-1.2
"""Taking back what was sent a moment ago, before anybody is told of it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.answer_drafts import FILES_OF, keep_draft, wait_again
from siac.cases.commands.denying import Denial, reasons_in
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.undo_offers import COLUMNS, UNDO_FOR
from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.domain.states import Move
from siac.cases.features import answer_taken_back, text_goes
from siac.cases.models import (
    BESIDE_AN_ANSWER,
    AnswerDraft,
    Case,
    CaseMessage,
    MessageKind,
    Undoable,
)
from siac.clocks.public import put_back
from siac.documents.public import move_attachments
from siac.infra.rows import give_back
from siac.kernel.errors import Refused
from siac.notices.public import notices_of, recall
from siac.organizations.public import Institution

_ENTRIES = {
    Move.ANSWER: "cases.answer_undone", Move.ASK: "cases.ask_undone", Move.EXTEND: "cases.extension_undone",
    Move.REFER: "cases.referral_undone",
}  # fmt: skip


@transaction.atomic
def undo(*, institution: Institution, case_id: int, version: int | None, actor: User, now: datetime) -> Case:
    """Take back the answer, the request to complete, the extension or the
    referral that `actor` made a moment ago.

    State and clocks are what they were; the text of an answer is a draft again, other texts stay as what was
    not sent, and what waited to be approved waits again.

    Raises:
        Refused: there is nothing of theirs to take back or the case changed since (undo_nothing), the notice
            has gone out or its time has come (undo_late), or the case changed since `version`.
    """
    case, _ = locked(institution, case_id, version, Move.UNDO)
    offer = Undoable.objects.select_for_update().filter(case=case).first()
    if offer is None or offer.version != case.version - 1 or offer.actor_id != actor.pk:
        raise Refused("undo_nothing")
    if now >= offer.until:
        raise Refused("undo_late")
    try:
        recall(institution.pk, offer.notices, actor_id=actor.pk, now=now)
    except Refused:
        raise Refused("undo_late") from None
    move = Move(offer.move)
    data: dict[str, Any] = {"message": offer.message_id}
    if move is Move.ANSWER and case.answered_at is not None:
        data["answered_at"] = case.answered_at.isoformat()
    put_back(offer.clocks, institution_id=institution.pk, subject_type=SUBJECT, subject_id=case.pk)
    answer = (case.outcome, _channel(offer))
    why = (case.ground, case.reserve_entry_id)
    give_back(case, offer.before)
    if offer.message_id:
        message = CaseMessage.objects.select_related("author").get(pk=offer.message_id, case=case)
        _keep_text(case, move, *answer, message, why, now=now)
    if offer.submitted_at is not None:
        wait_again(case, submitted_at=offer.submitted_at, since=offer.until - UNDO_FOR)
    if move is Move.ANSWER:
        answer_taken_back(institution, case, now)
    offer.delete()
    return keep(case, _ENTRIES[move], actor=actor, now=now, fields=COLUMNS, data=data)


def _channel(offer: Undoable) -> str:
    """Return how the answer was to reach the person; empty where there is nobody to reach."""
    told = notices_of(offer.institution_id, SUBJECT, offer.case_id).filter(pk__in=offer.notices[:1])
    return "".join(told.values_list("channel", flat=True))


def _keep_text(
    case: Case,
    move: Move,
    outcome: str,
    channel: str,
    message: CaseMessage,
    why: tuple[str, int | None],
    *,
    now: datetime,
) -> None:
    """Keep what was written: an answer as the draft, unless another waits there
    already; all else as not sent.
    """
    author = message.author
    later = CaseMessage.objects.filter(case=case, kind__in=BESIDE_AN_ANSWER, pk__gt=message.pk)
    beside = {each.kind: each for each in later}
    if move is Move.ANSWER and author is not None and not AnswerDraft.objects.filter(case=case).exists():
        measures, reasons = beside.get(MessageKind.MEASURES), beside.get(MessageKind.REASONS)
        draft = keep_draft(
            case,
            None,
            body=message.body,
            outcome=outcome,
            channel=channel,
            measures=measures.body if measures else "",
            files=(),
            denial=Denial(why[0], reasons_in(reasons.body) if reasons else "", why[1]),
            actor=author,
            now=now,
        )
        move_attachments(case.institution_id, ("message", message.pk), (FILES_OF, draft.pk), now=now)
        for each in (message, *beside.values()):
            text_goes(each)  # what was decided about it was about a text that nobody was sent
            each.delete()
    else:
        for each in (message, *beside.values()):
            each.kind = MessageKind.TAKEN_BACK
            each.save(update_fields=["kind"])
