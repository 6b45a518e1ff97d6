# SPDX-License-Identifier: EUPL-1.2
"""A register that others keep, brought in again: what changed there reaches the case that came from it.

Made for the national platform of Peru (DS 007-2020-PCM), which a body copies here and never
replaces. Only the state, the dates, the decision and the text of the answer follow; what the
body itself answered here is never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from siac.cases.commands.endings import let_go, promised_its_answer
from siac.cases.commands.handling import keep
from siac.cases.commands.terms import end_without_answer
from siac.cases.commands.writing import write
from siac.cases.domain.clock_kinds import BODY_CLOCKS, SUBJECT
from siac.cases.domain.states import OPEN, State
from siac.cases.imports.reader import ReadCase
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case, CaseMessage, ImportBatch, MessageKind
from siac.clocks.public import finish


@dataclass(frozen=True, slots=True)
class Known:
    """What the register here holds of a case that came in before."""

    state: str
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: str
    answers: frozenset[str]
    answered_here: bool
    """An officer answered it here: the register outside no longer speaks for it."""


def known_cases(institution_id: int, numbers: Sequence[str]) -> dict[str, Known]:
    """Return what the body holds of the cases with these original numbers (2 SQL)."""
    cases = Case.objects.filter(institution_id=institution_id, original_number__in=list(numbers))
    answers: dict[int, list[tuple[str, int | None]]] = {}
    written = CaseMessage.objects.filter(case__in=cases, kind=MessageKind.ANSWER)
    for case_id, body, author_id in written.values_list("case_id", "body", "author_id"):
        answers.setdefault(case_id, []).append((body, author_id))
    return {
        case.original_number: Known(
            case.state,
            case.answered_at,
            case.closed_at,
            case.outcome,
            frozenset(body for body, _ in answers.get(case.pk, ())),
            any(author for _, author in answers.get(case.pk, ())),
        )
        for case in cases.order_by("pk")
    }


def differs(row: ReadCase, known: Known) -> bool:
    """Return whether the register outside says something newer of a case than what is held here."""
    old = row.old
    if known.answered_here or old.state == "open":
        return False  # a case that ended here is reopened by an officer, never by a file
    return (
        known.state in OPEN
        or old.answered_at not in (None, known.answered_at)
        or old.outcome not in ("", known.outcome)
        or old.answer not in ("", *known.answers)
    )


def update_case(batch: ImportBatch, row: ReadCase, *, now: datetime) -> bool:
    """Bring one case up to date inside the transaction of a load; return whether anything changed.

    A term that the answer ends is met or missed by the day of the answer outside, not by that of the file.
    What is held here is read with the case locked: an officer may be answering it meanwhile.
    """
    old, institution = row.old, batch.institution
    case = cases_to_lock().filter(institution=institution, original_number=old.original_number).first()
    if case is None or case.erased_at is not None:
        return False
    known = known_cases(institution.pk, [old.original_number])[old.original_number]
    if not differs(row, known):
        return False
    joined = promised_its_answer(case)  # here; the register outside has answered none of them
    case.version += 1
    data: dict[str, object] = {"batch": batch.pk, "state": old.state, "outcome": old.outcome}
    if old.answer and old.answer not in known.answers:
        data |= write(case, MessageKind.ANSWER, old.answer, author=None, now=now)
    if case.is_open and old.answered_at is not None:
        answered_on = institution.local_date(old.answered_at)
        finish(
            institution_id=institution.pk,
            subject_type=SUBJECT,
            subject_ids=[case.pk],
            kinds=BODY_CLOCKS,
            on=answered_on,
            now=now,
        )
    end_without_answer(institution, case, now=now)
    case.state, case.closed_at = State.CLOSED, old.closed_at or case.closed_at or old.answered_at or now
    if old.answered_at is not None:
        case.answered_at, case.answer_days = old.answered_at, row.answer_days
    case.outcome = old.outcome or case.outcome
    data |= let_go(institution, joined, actor=batch.created_by, now=now)
    fields = ("state", "closed_at", "answered_at", "answer_days", "outcome", "due_on")
    keep(case, "cases.import_updated", actor=batch.created_by, now=now, fields=fields, data=data)
    return True
