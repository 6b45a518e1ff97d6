# SPDX-License-Identifier: EUPL-1.2
"""What the citizen does after filing: add information, contest the answer, rate it."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.terms import after_information, start_review
from siac.cases.commands.writing import is_repeated, tell, write
from siac.cases.domain.states import Move
from siac.cases.models import Case, MessageKind
from siac.documents.public import CheckedFile
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def add_information(
    *,
    institution: Institution,
    case_id: int,
    body: str,
    now: datetime,
    files: list[CheckedFile] | None = None,
    actor: User | None = None,
) -> Case:
    """Keep what the citizen adds; a clock that was waiting for it runs again from this day.

    `actor` is whoever of the house adds it for the citizen; None when the citizen does. A second press on the
    button adds nothing.

    Raises:
        Refused: the text is empty or too long, or the case is answered or closed.
    """
    case, state = locked(institution, case_id, None, Move.INFORM)
    if is_repeated(case, MessageKind.INFORMATION, body, author=None, now=now, files=files or ()):
        case.version -= 1  # as it stands: nothing is kept
        return case
    data = write(case, MessageKind.INFORMATION, body, author=None, now=now, files=files)
    was_waiting = case.state != state
    case.state = state
    if was_waiting:
        after_information(institution, case, now=now)
        data["due_on"] = case.legal_due_on.isoformat() if case.legal_due_on else None
    fields = ("state", "due_on", "legal_due_on")
    return keep(case, "cases.information_added", actor=actor, now=now, fields=fields, data=data)


@transaction.atomic
def contest_answer(*, institution: Institution, case_id: int, body: str, now: datetime) -> Case:
    """Reopen an answered case because the citizen disagrees; the review has a clock of its own.

    Raises:
        Refused: the kind offers no review here, its window has ended, there is
            no text, or there is no answer yet.
    """
    case, state = locked(institution, case_id, None, Move.CONTEST)
    if case.contest_until is None:
        raise Refused("contest_not_offered")
    if institution.local_date(now) > case.contest_until:
        raise Refused("contest_closed", until=f"{case.contest_until:%d-%m-%Y}")
    data = write(case, MessageKind.CONTEST, body, author=None, now=now)
    case.state, case.closed_at, case.reviews = state, None, case.reviews + 1
    start_review(institution, case, now=now)
    data["due_on"] = case.due_on.isoformat() if case.due_on else None
    tell(case, "cases.contest_received", now=now, message=data["message"])
    fields = ("state", "closed_at", "reviews", "due_on", "legal_due_on", "contest_until")
    return keep(case, "cases.contested", actor=None, now=now, fields=fields, data=data)


@transaction.atomic
def rate_answer(
    *, institution: Institution, case_id: int, rating: int, comment: str = "", now: datetime
) -> Case:
    """Keep the citizen's mark of the answer, 1 (very bad) to 5 (very good), once.

    Raises:
        Refused: the mark is out of range, there is one already, or there is no answer yet.
    """
    case, _ = locked(institution, case_id, None, Move.RATE)
    if case.answered_at is None:
        raise Refused("not_answered_yet")
    if not 1 <= rating <= 5:
        raise Refused("rating_out_of_range")
    if case.rating is not None:
        raise Refused("already_rated")
    data: dict[str, object] = {"rating": rating}
    if comment.strip():
        data |= write(case, MessageKind.RATING, comment, author=None, now=now)
    case.rating = rating
    return keep(case, "cases.rated", actor=None, now=now, fields=("rating",), data=data)
