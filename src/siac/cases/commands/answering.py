# SPDX-License-Identifier: EUPL-1.2
"""The answer of the body: what it sends, which clocks it ends, what it opens for the person."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.answer_drafts import FILES_OF, locked_draft
from siac.cases.commands.denying import Denial, check_denial, denial_body
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.terms import after_answer, contest_until, legal_rule, open_appeals
from siac.cases.commands.undo_offers import COLUMNS, UNDO_FOR, as_it_is, offer_undo
from siac.cases.commands.writing import tell, write
from siac.cases.decisions import measures_problem, outcomes_of
from siac.cases.domain.delivery import Delivery
from siac.cases.domain.states import Move
from siac.cases.domain.variables import check_filled
from siac.cases.features import answer_given, check_before_answer, check_decision
from siac.cases.models import Case, CaseKind, MessageKind, Outcome
from siac.cases.queries import approver_of, kinds
from siac.clocks.public import DENIALS, Ground
from siac.documents.public import CheckedFile, move_attachments
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def answer_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    body: str,
    outcome: Outcome,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
    draft_version: int | None = None,
    approved_by: User | None = None,
    channel: Delivery = Delivery.EMAIL,
    measures: str = "",
    ground: str = "",
    reasons: str = "",
    reserve_id: int | None = None,
) -> Case:
    """Answer the citizen and send it; the clocks that wait for an answer end, met or missed.

    `draft_version` is the draft that this answer takes the place of, whose files go with it (0: there was
    none); None leaves a draft as it is. `approved_by` is whoever approved it, where the kind asks for that;
    `actor` wrote it. `channel` is how it reaches the person; those of joined cases get a letter each where it
    is a letter, else an e-mail. `measures` are the corrective measures of an accepted complaint of Peru's
    book, kept and told beside the answer. Where the law of the case names grounds, an answer that denies,
    wholly or in part, says which (`ground`, an id), why here (`reasons`) and, if the ground reserves a
    document, the entry of the index of reserved acts (`reserve_id`).

    A denial opens the terms to appeal. Those whose requests were joined to this one get the same
    answer, each under the folio of their own. Whoever follows answers is told (`register_after_answer`).

    Raises:
        Refused: the answer is empty or too long, its kind wants it approved (approval_needed), a variable of
            its template is not filled in, something of the checklist is still owed, the case or the draft
            changed meanwhile, the case is in no state for it, it would give what a third party objected to,
            or may still object to, or as `check_denial`.
    """
    case, state = locked(institution, case_id, version, Move.ANSWER)
    if approver_of(institution, case) and approved_by is None:
        raise Refused("approval_needed")
    check_outcome(kinds(institution)[case.kind_id], outcome, measures)
    check_filled(body)
    check_decision(case, outcome)
    why = check_answered_denial(institution, case, outcome, Denial(ground, reasons, reserve_id), now=now)
    check_before_answer(institution, case)
    before = as_it_is(case)
    data = write(case, MessageKind.ANSWER, body, author=actor, now=now, files=files)
    if draft_version is not None:
        data["files"] += _take_draft(case, draft_version, data["message"], now=now)
    if measures.strip():
        data["measures"] = write(case, MessageKind.MEASURES, measures, author=actor, now=now)
    if why is not None:
        body_of_denial = denial_body(why, reasons)
        data["denial"] = write(case, MessageKind.REASONS, body_of_denial, author=actor, now=now)
        data["ground"], data["reserve"] = why.id, reserve_id
    case.state, case.outcome = state, outcome
    case.ground, case.reserve_entry_id = why.id if why else "", reserve_id
    days, missed = after_answer(institution, case, now=now)
    if case.answered_at is None:
        # Figures count the first answer: a later one, after a review, has a clock of its own.
        case.answered_at, case.answer_days = now, days
    case.contest_until = contest_until(institution, case, now=now)
    data |= {"channel": channel.value, "outcome": outcome.value, "days": days, "missed": missed}
    if outcome in DENIALS:
        data["appeals"] = len(open_appeals(institution, case, against="denial", now=now))
    notices = [
        notice
        for told in (case, *case.merged.order_by("pk"))
        for notice in tell(
            told,
            "cases.answered",
            now=now,
            delay=UNDO_FOR,
            message=data["message"],
            channel=channel if told is case or channel is Delivery.LETTER else Delivery.EMAIL,
        )
    ]
    answer_given(institution, case, now)
    sender = approved_by or actor
    offer_undo(case, Move.ANSWER, before, message_id=data["message"], notices=notices, actor=sender, now=now)
    return keep(case, "cases.answered", actor=sender, now=now, fields=COLUMNS, data=data)


def check_answered_denial(
    institution: Institution, case: Case, outcome: Outcome, denial: Denial, *, now: datetime
) -> Ground | None:
    """Return the ground of an answer that denies; None where none is asked.

    Raises:
        Refused: as `check_denial`.
    """
    denies = outcome in DENIALS
    rule = legal_rule(case) if denies or not denial.is_empty else None
    return check_denial(institution, rule, denial, denies=denies, today=institution.local_date(now))


def check_outcome(kind: CaseKind, outcome: Outcome, measures: str) -> None:
    """Refuse a decision that the law of the kind does not know (Peru, Libro:
    Aceptado with its measures, or Denegado).

    Raises:
        Refused: outcome_not_here, measures_missing, measures_not_here.
    """
    words = outcomes_of(kind.rule_id)
    if words is not None and outcome not in words:
        raise Refused("outcome_not_here", words=" o ".join(words.values()))
    if problem := measures_problem(kind.rule_id, outcome, measures):
        raise Refused(problem)


def _take_draft(case: Case, draft_version: int, message_id: int, *, now: datetime) -> int:
    """Let the files of the draft go with the message that it became, and return how many; the draft
    is gone.
    """
    draft = locked_draft(case, draft_version)
    if draft is None:
        return 0
    moved = move_attachments(case.institution_id, (FILES_OF, draft.pk), ("message", message_id), now=now)
    draft.delete()
    return moved
