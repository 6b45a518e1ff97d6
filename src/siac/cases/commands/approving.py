# SPDX-License-Identifier: EUPL-1.2
"""An answer on its way from who writes it to who approves it. The clocks of the case run all the while."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.answer_drafts import APPROVAL, answer_digest, give_back, keep_draft, locked_draft
from siac.cases.commands.answering import (
    answer_case,
    check_answered_denial,
    check_outcome,
)
from siac.cases.commands.denying import Denial
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.writing import write
from siac.cases.domain.delivery import Delivery
from siac.cases.domain.states import Move
from siac.cases.domain.variables import check_filled
from siac.cases.features import check_before_answer, check_decision
from siac.cases.models import AnswerDraft, Case, MessageKind, Outcome
from siac.cases.queries import approver_of, kinds
from siac.documents.public import CheckedFile
from siac.kernel.approvals import ApprovalStep
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def submit_answer(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    draft_version: int,
    body: str,
    outcome: Outcome,
    channel: str = "",
    measures: str = "",
    ground: str = "",
    reasons: str = "",
    reserve_id: int | None = None,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Put an answer before whoever approves answers of its kind; nobody writes on it until it is given back.

    Raises:
        Refused: its kind needs no approval (approval_not_needed), it is empty or holds a variable not filled
            in, the case or the draft changed meanwhile, it waits already, the case is in no state for it, or
            as `check_outcome`, `features.check_decision` and `check_answered_denial`.
    """
    case, _ = locked(institution, case_id, version, Move.SUBMIT)
    approver = approver_of(institution, case)
    if not approver:
        raise Refused("approval_not_needed")
    if not body.strip():
        raise Refused("text_missing")
    check_filled(body)
    check_outcome(kinds(institution)[case.kind_id], outcome, measures)
    check_decision(case, outcome)
    denial = Denial(ground, reasons, reserve_id)
    check_answered_denial(institution, case, outcome, denial, now=now)
    check_before_answer(institution, case)
    draft = locked_draft(case, draft_version)
    draft = keep_draft(
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
    draft.state, draft.submitted_at = APPROVAL.move(draft.state, ApprovalStep.SUBMIT), now
    draft.save(update_fields=["state", "submitted_at"])
    data = {"draft": draft.version, "outcome": outcome.value, "approver": approver}
    return keep(case, "cases.answer_submitted", actor=actor, now=now, fields=(), data=data)


@transaction.atomic
def approve_answer(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    seen: str | None = None,
    actor: User,
    now: datetime,
) -> Case:
    """Approve the answer that waits and send it at once, in the name of who wrote it.

    `seen` is the digest (`answer_digest`) of the answer that was read; None does not ask.

    Raises:
        Refused: the case changed meanwhile, no answer waits (draft_not_in_review: it was approved or given
            back), it is not the one that was read (approval_overtaken), or as `answer_case`.
    """
    case, _ = locked(institution, case_id, version, Move.APPROVE)
    draft = _waiting(case)
    APPROVAL.approve(draft.state, stands=answer_digest(draft), seen=seen)
    data = {"draft": draft.version, "author": draft.author_id}
    keep(case, "cases.answer_approved", actor=actor, now=now, fields=(), data=data)
    return answer_case(
        institution=institution,
        case_id=case_id,
        version=None,
        draft_version=draft.version,
        body=draft.body,
        outcome=Outcome(draft.outcome),
        actor=draft.author,
        approved_by=actor,
        channel=Delivery(draft.channel or Delivery.EMAIL),
        measures=draft.measures,
        ground=draft.ground,
        reasons=draft.reasons,
        reserve_id=draft.reserve_entry_id,
        now=now,
    )


@transaction.atomic
def return_answer(
    *, institution: Institution, case_id: int, version: int | None, remarks: str, actor: User, now: datetime
) -> Case:
    """Give an answer that waits back to its unit, with remarks that stay on the case as an internal note.

    Raises:
        Refused: no remarks, the case changed meanwhile, or no answer waits (draft_not_in_review).
    """
    case, _ = locked(institution, case_id, version, Move.GIVE_BACK)
    draft = _waiting(case)
    APPROVAL.move(draft.state, ApprovalStep.RETURN)
    if not remarks.strip():
        raise Refused("text_missing")
    give_back(draft)
    text = f"Observaciones a la respuesta: {remarks.strip()}"
    data = write(case, MessageKind.NOTE, text, author=actor, now=now) | {"draft": draft.version}
    return keep(case, "cases.answer_returned", actor=actor, now=now, fields=(), data=data)


def _waiting(case: Case) -> AnswerDraft:
    draft = (
        AnswerDraft.objects.select_for_update(of=("self",)).select_related("author").filter(case=case).first()
    )
    if draft is None:  # it was sent, or thrown away
        raise Refused(APPROVAL.closed[ApprovalStep.APPROVE])
    return draft
