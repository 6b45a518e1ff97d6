# SPDX-License-Identifier: EUPL-1.2
"""Restricting one case of an ordinary kind: children involved, wrongdoing reported, somebody at risk."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.domain.states import Move
from siac.cases.models import Case
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


class Ground(StrEnum):
    """Why a case of an ordinary kind is restricted."""

    MINORS = "minors"
    WRONGDOING = "wrongdoing"
    RISK = "risk"
    HEALTH = "health"


@transaction.atomic
def restrict_case(
    *, institution: Institution, case_id: int, version: int | None, ground: str, actor: User, now: datetime
) -> Case:
    """Restrict a case: only its assignee and who may read restricted ones of its unit see it from now on.

    Raises:
        Refused: it is restricted already, nobody would see it any more
            (restrict_needs_unit), or it changed meanwhile.
    """
    case, _ = locked(institution, case_id, version, Move.RESTRICT)
    if case.is_restricted:
        raise Refused("restricted_already")
    if case.unit_id is None and case.assignee_id is None:
        raise Refused("restrict_needs_unit")
    case.is_restricted = True
    data = {"ground": Ground(ground).value}
    return keep(case, "cases.restricted", actor=actor, now=now, fields=("is_restricted",), data=data)


@transaction.atomic
def unrestrict_case(
    *, institution: Institution, case_id: int, version: int | None, actor: User, now: datetime
) -> Case:
    """Open a case again that was restricted by itself.

    Raises:
        Refused: its kind is restricted (restricted_by_kind), or it changed meanwhile.
    """
    case, _ = locked(institution, case_id, version, Move.RESTRICT)
    if case.kind.is_restricted:
        raise Refused("restricted_by_kind")
    case.is_restricted = False
    return keep(case, "cases.unrestricted", actor=actor, now=now, fields=("is_restricted",), data={})
