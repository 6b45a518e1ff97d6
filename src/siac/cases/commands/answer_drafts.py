# SPDX-License-Identifier: EUPL-1.2
"""An answer while it is written: kept on the server, one per case, never overwritten unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.denying import NO_DENIAL, Denial
from siac.cases.commands.writing import MESSAGE_LIMIT
from siac.cases.domain.states import Move, after
from siac.cases.features import has_reserved_act
from siac.cases.locking import cases_to_lock
from siac.cases.models import AnswerDraft, Case, DraftState
from siac.cases.texts import refusal_context
from siac.documents.public import CheckedFile, attach, attachments_of, erase_attachments
from siac.journal.public import record, seal
from siac.kernel.approvals import Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused
from siac.notices.public import NewNotice, Notice, queue_many
from siac.organizations.public import Institution

CALLED_BACK = "cases.answer_called_back"
"""Both the entry of the journal and the notice to who wrote the answer."""
FILES_OF = "answer_draft"
"""Subject type of the files that wait with a draft."""
SENT = ""
"""State of a draft that was approved: it is gone."""
_S = DraftState
APPROVAL = Approval(
    after={
        (_S.WRITING, ApprovalStep.WRITE): _S.WRITING,
        (_S.RETURNED, ApprovalStep.WRITE): _S.RETURNED,
        (_S.WRITING, ApprovalStep.SUBMIT): _S.REVIEW,
        (_S.RETURNED, ApprovalStep.SUBMIT): _S.REVIEW,
        (_S.REVIEW, ApprovalStep.APPROVE): SENT,
        (_S.REVIEW, ApprovalStep.RETURN): _S.RETURNED,
        (_S.REVIEW, ApprovalStep.CALL_BACK): _S.WRITING,
        (_S.WRITING, ApprovalStep.DISCARD): SENT,
        (_S.RETURNED, ApprovalStep.DISCARD): SENT,
    },
    closed={
        ApprovalStep.WRITE: "draft_in_review",
        ApprovalStep.SUBMIT: "draft_in_review",
        ApprovalStep.APPROVE: "draft_not_in_review",
        ApprovalStep.RETURN: "draft_not_in_review",
        ApprovalStep.CALL_BACK: "draft_not_in_review",
        ApprovalStep.DISCARD: "draft_in_review",
    },
)
"""How an answer is approved. Who may is asked by `cases.access.approves`: a head may approve their own."""


def answer_digest(draft: AnswerDraft) -> str:
    """Return the digest of all that is sent when `draft` is approved; its version stands for its files."""
    return digest_of(
        draft.version,
        draft.body,
        draft.outcome,
        draft.channel,
        draft.measures,
        draft.ground,
        draft.reasons,
        draft.reserve_entry_id,
    )


def locked_draft(case: Case, draft_version: int) -> AnswerDraft | None:
    """Return the draft of a locked case, or None; `draft_version` is the one
    its writer saw (0: there was none).

    Raises:
        Refused: somebody saved another text since (draft_changed).
    """
    draft = AnswerDraft.objects.select_for_update().filter(case=case).first()
    if (draft.version if draft else 0) != draft_version:
        raise Refused("draft_changed")
    return draft


def keep_draft(
    case: Case,
    draft: AnswerDraft | None,
    *,
    body: str,
    outcome: str,
    files: Sequence[CheckedFile],
    channel: str = "",
    measures: str = "",
    denial: Denial = NO_DENIAL,
    actor: User,
    now: datetime,
) -> AnswerDraft:
    """Write `body` into the draft of a locked case, making it where there is none; files add up.

    Raises:
        Refused: it waits to be approved (draft_in_review), or is too long.
    """
    if draft is not None:
        APPROVAL.move(draft.state, ApprovalStep.WRITE)
    text = body.strip()
    length = max(len(text), len(measures.strip()), len(denial.reasons.strip()))
    if length > MESSAGE_LIMIT:
        raise Refused("text_too_long", length=length, limit=MESSAGE_LIMIT)
    if draft is None:
        draft = AnswerDraft(institution_id=case.institution_id, case=case, version=0)
    sealed = seal(text)
    draft.body, draft.outcome, draft.channel, draft.salt = text, outcome, channel, sealed.salt
    draft.measures = measures.strip()
    draft.ground, draft.reasons, draft.reserve_entry_id = (
        denial.ground[:40],
        denial.reasons.strip(),
        denial.reserve_id,
    )
    draft.author, draft.saved_at, draft.version = actor, now, draft.version + 1
    draft.save()
    if files:
        attach(case.institution_id, FILES_OF, draft.pk, files, actor_id=actor.pk, now=now)
    data = {"draft": draft.version, "text": sealed.digest, "files": len(files)}
    record(case.institution_id, case.stream, "cases.answer_drafted", now, actor.pk, data)
    return draft


@transaction.atomic
def save_answer_draft(
    *,
    institution: Institution,
    case_id: int,
    version: int | None = None,
    draft_version: int,
    body: str,
    outcome: str = "",
    channel: str = "",
    measures: str = "",
    ground: str = "",
    reasons: str = "",
    reserve_id: int | None = None,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Keep what an officer has written of an answer. Other changes of the case (`version`) do not disturb it.

    Raises:
        Refused: there is nothing to keep (text_missing), somebody saved another text since, it waits to be
            approved, it is too long, or the case is in no state to be answered.
    """
    case = _open_case(institution, case_id)
    denial = Denial(ground, reasons, _known_entry(institution, reserve_id))
    if not body.strip() and not measures.strip() and not outcome and not files and denial.is_empty:
        raise Refused("text_missing")
    draft = locked_draft(case, draft_version)
    keep_draft(
        case,
        draft,
        body=body,
        outcome=outcome,
        channel=channel,
        measures=measures,
        denial=denial,
        files=files or (),
        actor=actor,
        now=now,
    )
    return case


def _known_entry(institution: Institution, reserve_id: int | None) -> int | None:
    """Return the entry that was chosen if the body has it: a draft need not be
    whole, but points at nothing else.
    """
    return reserve_id if reserve_id and has_reserved_act(institution, reserve_id) else None


@transaction.atomic
def discard_answer_draft(
    *, institution: Institution, case_id: int, version: int | None = None, actor: User, now: datetime
) -> Case:
    """Throw away the draft of a case with its files.

    Raises:
        Refused: there is none (draft_missing), it waits to be approved, or the
            case is in no state to be answered.
    """
    case = _open_case(institution, case_id)
    draft = AnswerDraft.objects.select_for_update().filter(case=case).first()
    if draft is None:
        raise Refused("draft_missing")
    APPROVAL.move(draft.state, ApprovalStep.DISCARD)
    files = attachments_of(institution.pk, FILES_OF, [draft.pk]).get(draft.pk, [])
    erase_attachments(institution.pk, [file.pk for file in files], now=now)
    record(institution.pk, case.stream, "cases.answer_discarded", now, actor.pk, {"draft": draft.version})
    draft.delete()
    return case


def give_back(draft: AnswerDraft) -> None:
    """Let officers write on a draft that waited to be approved."""
    draft.state, draft.submitted_at = APPROVAL.move(draft.state, ApprovalStep.RETURN), None
    draft.save(update_fields=["state", "submitted_at"])


@dataclass(frozen=True, slots=True)
class CalledBack:
    """An answer that waited to be approved and is a draft again: since when it
    waited, and what its writer is told.

    Without `submitted_at` none waited.
    """

    submitted_at: datetime | None = None
    notices: Sequence[Notice] = ()


def call_back(
    case: Case, *, actor: User | None, now: datetime, delay: timedelta = timedelta(0)
) -> CalledBack:
    """Make the answer that waits to be approved, if any, a draft again, because another unit has the locked
    case now: who was to approve it may not see it any more, and the next unit decides what it says.

    Whoever wrote it is told after `delay`, unless it is `actor` (1 SQL; 6 where an answer waits).
    """
    draft = AnswerDraft.objects.select_for_update().filter(case=case, state=DraftState.REVIEW).first()
    if draft is None:
        return CalledBack()
    submitted_at = draft.submitted_at
    draft.state, draft.submitted_at = APPROVAL.move(draft.state, ApprovalStep.CALL_BACK), None
    draft.save(update_fields=["state", "submitted_at"])
    actor_id = actor.pk if actor else None
    record(case.institution_id, case.stream, CALLED_BACK, now, actor_id, {"draft": draft.version})
    told = NewNotice(
        kind=CALLED_BACK,
        recipient=f"user:{draft.author_id}",
        channel="email",
        subject_type="user",
        subject_id=draft.author_id,
        context={"folio": case.folio},
    )
    notices = [] if draft.author_id == actor_id else queue_many(case.institution_id, [told], now, delay=delay)
    return CalledBack(submitted_at, notices)


def wait_again(case: Case, *, submitted_at: datetime, since: datetime) -> None:
    """Put an answer that was called back before whoever approves it again, unless
    somebody wrote on it after `since` (1 SQL).
    """
    AnswerDraft.objects.filter(case=case, state=DraftState.WRITING, saved_at__lte=since).update(
        state=DraftState.REVIEW, submitted_at=submitted_at
    )


def _open_case(institution: Institution, case_id: int) -> Case:
    case = cases_to_lock().get(institution=institution, pk=case_id)
    try:
        after(case.state, Move.DRAFT)
    except Refused as refused:
        raise Refused(refused.code, **refusal_context(Move.DRAFT, case.state)) from None
    return case
