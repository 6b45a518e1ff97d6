# SPDX-License-Identifier: EUPL-1.2
"""The person is told that the request came in, on which day, and by when it is
answered: a duty with its own term.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.terms import acknowledged
from siac.cases.commands.writing import write
from siac.cases.domain.clock_kinds import ACKNOWLEDGEMENT, SUBJECT
from siac.cases.domain.states import Move
from siac.cases.locking import lock_cases
from siac.cases.models import Case, MessageKind
from siac.clocks.public import Clock, open_clocks
from siac.kernel.errors import Refused
from siac.notices.public import Notice
from siac.organizations.public import Institution, institution_of

_FIELDS = ("due_on", "legal_due_on")


@transaction.atomic
def acknowledge_case(
    *, institution: Institution, case_id: int, version: int | None, body: str, actor: User, now: datetime
) -> Case:
    """Write down that the receipt was given otherwise than by mail (`body` says how), which ends its term.

    Art. 21.4 Ley 39/2015, art. 9.2 Ley 2/2023.

    Raises:
        Refused: there is no such term or it has ended (nothing_to_acknowledge), no text, changed meanwhile.
    """
    case, _ = locked(institution, case_id, version, Move.NOTE)
    data: dict[str, Any] = write(case, MessageKind.NOTE, body, author=actor, now=now)
    ended = acknowledged(institution, case, now=now)
    if not ended:
        raise Refused("nothing_to_acknowledge")
    data["missed"] = any(clock.state == Clock.State.MISSED for clock in ended)
    return keep(case, "cases.acknowledged", actor=actor, now=now, fields=_FIELDS, data=data)


def lock_for_notice(notice: Notice) -> None:
    """Lock the case of a receipt before the receipt itself."""
    lock_cases([notice.subject_id])


def acknowledge_by_notice(notice: Notice, now: datetime) -> None:
    """End the term of the acknowledgement when the receipt of a case was sent; called in that transaction."""
    owed = open_clocks(notice.institution_id, SUBJECT, (ACKNOWLEDGEMENT,), subject_id=notice.subject_id)
    if not owed.exists():
        return
    institution = institution_of(notice.institution_id)
    case, _ = locked(institution, notice.subject_id, None, Move.NOTE)
    ended = acknowledged(institution, case, now=now)
    data = {"notice": notice.pk, "missed": any(clock.state == Clock.State.MISSED for clock in ended)}
    keep(case, "cases.acknowledged", actor=None, now=now, fields=_FIELDS, data=data)
