# SPDX-License-Identifier: EUPL-1.2
"""Keeping a case beyond the retention of its kind."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.domain.states import Move
from siac.cases.models import Case, CaseHold
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def hold_case(
    *, institution: Institution, case_id: int, version: int | None, reason: str, actor: User, now: datetime
) -> Case:
    """Keep a case whatever its kind says, until somebody lifts it; why lies beside it, not in the journal.

    Raises:
        Refused: no reason, it is held already, it was erased, or it changed meanwhile.
    """
    case, _ = locked(institution, case_id, version, Move.HOLD)
    if not reason.strip():
        raise Refused("hold_reason")
    if CaseHold.objects.filter(case=case).exists():
        raise Refused("held_already")
    CaseHold.objects.create(
        institution=institution, case=case, reason=reason.strip()[:300], held_by=actor, held_at=now
    )
    return keep(case, "cases.held", actor=actor, now=now, fields=(), data={})


@transaction.atomic
def lift_hold(
    *, institution: Institution, case_id: int, version: int | None, actor: User, now: datetime
) -> Case:
    """Let a case go the way of its kind again.

    Raises:
        Refused: it is not held, or changed meanwhile.
    """
    case, _ = locked(institution, case_id, version, Move.HOLD)
    if not CaseHold.objects.filter(case=case).delete()[0]:
        raise Refused("not_held")
    return keep(case, "cases.unheld", actor=actor, now=now, fields=(), data={})
