# SPDX-License-Identifier: EUPL-1.2
"""Who may be given a case: whoever works on the cases of its unit by a role, and is there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from siac.accounts.public import rights_of
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import OPEN
from siac.cases.models import Case
from siac.cases.queries import kinds
from siac.kernel.errors import Refused
from siac.organizations.public import Absence, Institution, absence_words, away, memberships, unit_tree

Grants = Collection[tuple[str, int | None]]
"""Roles that somebody holds: (role, unit id or None for the whole body)."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the body: what they hold, how many open cases they have, and
    until when they are away, if they are.

    Restricted cases are not in `load`: whoever reads it may not know that there are any.
    """

    pk: int
    name: str
    grants: Grants
    load: int
    absence: Absence | None


def colleagues_with_load(institution: Institution, *, today: date) -> list[Colleague]:
    """Return the active people of a body by name, each with their open cases and
    absence on the local day (1 SQL when warm).
    """
    of_user = Case.objects.filter(
        institution=institution, assignee=OuterRef("user"), state__in=sorted(OPEN), is_restricted=False
    )
    counted = of_user.order_by().values("assignee").annotate(count=Count("pk")).values("count")
    load = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    rows = memberships(institution).filter(holds(today)).annotate(load=load)
    gone, held = away(institution, today), dict[int, set[tuple[str, int | None]]]()
    named: dict[int, tuple[str, int]] = {}
    for pk, name, role, unit_id, count in rows.values_list(
        "user_id", "user__name", "role", "unit_id", "load"
    ):
        named[pk] = name, count
        held.setdefault(pk, set()).add((role, unit_id))
    return [Colleague(pk, name, held[pk], count, gone.get(pk)) for pk, (name, count) in named.items()]


def holds(today: date) -> Q:
    """Return the condition that a role is held by somebody active and has not ended on the local day."""
    return (Q(until=None) | Q(until__gte=today)) & Q(user__is_active=True)


def may_take(institution: Institution, user_id: int, grants: Grants, case: Case | None) -> bool:
    """Return whether somebody works on `case` by a role over its unit; without
    one, or while no unit has it, over any.

    One of a kind that is closed to some readers goes to these only. No SQL when warm.
    """
    working = [(role, unit) for role, unit in grants if CaseRight.WORK in rights_of(role)]
    if case is None or not working:
        return bool(working)
    kind = kinds(institution)[case.kind_id]
    if kind.is_closed:
        reading = [(role, unit) for role, unit in grants if role in kind.readers]
        return user_id in kind.named_readers or _over(institution, reading, case.unit_id)
    return _over(institution, working, case.unit_id)


def _over(institution: Institution, grants: Iterable[tuple[str, int | None]], unit_id: int | None) -> bool:
    tree = unit_tree(institution)
    return any(own is None or unit_id is None or unit_id in tree.below(own) for _, own in grants)


def offered(people: Sequence[Colleague], institution: Institution, case: Case | None) -> list[Colleague]:
    """Return which of `people` a case may be given to now; no SQL when warm."""
    return [one for one in people if one.absence is None and may_take(institution, one.pk, one.grants, case)]


def missing(people: Sequence[Colleague], institution: Institution, case: Case | None) -> list[str]:
    """Return in words who would be offered but is away: «Ana Soto, ausente
    hasta el 3 de mayo de 2027, reemplaza Luis».
    """
    return [
        f"{one.name}, {absence_words(one.absence)}"
        for one in people
        if one.absence is not None and may_take(institution, one.pk, one.grants, case)
    ]


def check_assignee(institution: Institution, case: Case, user_id: int, *, today: date) -> None:
    """Check that a case may be given to somebody (1 SQL).

    Raises:
        Refused: they do not work on the cases of its unit (assignee_unknown), or are away (assignee_away).
    """
    rows = memberships(institution).filter(holds(today), user=user_id)
    grants = set(rows.values_list("role", "unit_id"))
    if not may_take(institution, user_id, grants, case):
        raise Refused("assignee_unknown")
    absence = away(institution, today).get(user_id)
    if absence is not None:
        raise Refused("assignee_away", name=absence.user.name, words=absence_words(absence))
