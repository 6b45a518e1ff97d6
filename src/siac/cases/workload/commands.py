# SPDX-License-Identifier: EUPL-1.2
"""Somebody leaves, or a unit closes: its open cases go to whoever follows, and those who lead are told."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from siac.accounts.public import Role, User
from siac.cases.assignable import holds
from siac.cases.commands.handling import keep
from siac.cases.commands.terms import hand_to_unit
from siac.cases.domain.states import OPEN, Move, after, allowed
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case
from siac.infra.turns import Step
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution, holders, memberships, steps_in_each_body, unit_tree

NOTICE = "cases.unassigned"
Give = Callable[[Institution, int, int | None, User | None, datetime], int]


def open_of_person(institution: Institution, user_id: int) -> int:
    """Return how many open cases are assigned to somebody."""
    return Case.objects.filter(institution=institution, assignee=user_id, state__in=OPEN).count()


def give_of_person(
    institution: Institution, user_id: int, heir_id: int | None, actor: User | None, now: datetime
) -> int:
    """Assign the open cases of somebody who leaves to another, or to nobody, of
    which the heads of their units are told.
    """
    cases = list(cases_to_lock().filter(institution=institution, assignee=user_id, state__in=OPEN))
    for case in cases:
        case.assignee_id, case.version = heir_id, case.version + 1
        data: dict[str, Any] = {"assignee": heir_id, "before": user_id, "left": True}
        keep(case, "cases.assigned", actor=actor, now=now, fields=("assignee",), data=data)
    if heir_id is None:
        _tell_heads(institution, cases, now=now)
    return len(cases)


def open_of_unit(institution: Institution, unit_id: int) -> int:
    """Return how many open cases a unit has."""
    return Case.objects.filter(institution=institution, unit=unit_id, state__in=OPEN).count()


def give_of_unit(
    institution: Institution, unit_id: int, successor_id: int | None, actor: User | None, now: datetime
) -> int:
    """Refer the open cases of a unit that closes to its successor; who works on them keeps them.

    Its heads are told.
    """
    cases = list(cases_to_lock().filter(institution=institution, unit=unit_id, state__in=OPEN))
    for case in cases:
        if Move.REFER in allowed(case.state):
            case.state = after(case.state, Move.REFER)
        case.unit_id, case.version = successor_id, case.version + 1
        hand_to_unit(institution, case, now=now)
        data = {"unit": successor_id, "before": unit_id, "closed": True}
        fields = ("unit", "state", "due_on", "legal_due_on")
        keep(case, "cases.referred", actor=actor, now=now, fields=fields, data=data)
    _tell_heads(institution, cases, now=now)
    return len(cases)


def hand_over_what_stayed(*, now: datetime) -> int:
    """Hand over the open cases that a closed unit, or somebody who works there no more, still has; return how
    many.

    They came back to it (reopened, contested, taken back, let go by another), or were on their way while it
    closed: a transaction that began before does not see that it did. From a unit they go to its successor,
    else to the nearest open unit above; from a person to nobody (3 SQL for each body that has none).
    """
    return steps_in_each_body("cases.hand_over", partial(_stayed, now=now), now=now)


def _stayed(institution: Institution, *, now: datetime) -> Iterator[Step]:
    tree, cases = unit_tree(institution), Case.objects.filter(institution=institution, state__in=OPEN)
    closed = [pk for pk, node in tree.nodes.items() if not node.is_active]
    units = cases.filter(unit__in=closed).order_by("unit").values_list("unit", flat=True).distinct()
    for unit_id in list(units) if closed else []:
        heir = tree.takes_over(unit_id)
        if heir is not None:
            yield f"unit:{unit_id}", partial(_give, give_of_unit, institution, unit_id, heir, now)
    here = memberships(institution).filter(holds(institution.local_date(now))).order_by().values("user")
    gone = cases.exclude(assignee=None).exclude(assignee__in=here)
    for user_id in list(gone.order_by("assignee").values_list("assignee", flat=True).distinct()):
        yield f"user:{user_id}", partial(_give, give_of_person, institution, user_id, None, now)


@transaction.atomic
def _give(give: Give, institution: Institution, giver_id: int, heir_id: int | None, now: datetime) -> int:
    return give(institution, giver_id, heir_id, None, now)


def _tell_heads(institution: Institution, cases: list[Case], *, now: datetime) -> None:
    by_role, told = holders(institution), Counter[int]()
    for case in cases:
        for user_id in by_role.over(Role.HEAD_OF_UNIT, case.unit_id):
            told[user_id] += 1
    new = [
        NewNotice(
            kind=NOTICE,
            recipient=f"user:{user_id}",
            channel="email",
            subject_type="user",
            subject_id=user_id,
            context={"count": count},
        )
        for user_id, count in sorted(told.items())
    ]
    if new:
        queue_many(institution.pk, new, now)
