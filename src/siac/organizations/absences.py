# SPDX-License-Identifier: EUPL-1.2
"""Who is away and who works on what is theirs meanwhile.

Which work is shared out, a higher context says: whoever holds its right can be away, and replace another.
"""

from collections.abc import Mapping
from datetime import date

from siac.accounts.public import Right, rights_of
from siac.infra.config_cache import ConfigCache
from siac.organizations.access import Access
from siac.organizations.domain.rights import StaffRight
from siac.organizations.models import Absence, Institution
from siac.organizations.queries import Holders, holders, memberships
from siac.ui.public import NavItem, long_date, register_nav

_WORK: list[Right] = []


def register_shared_work(right: Right) -> None:
    """Have the holders of `right` share out work among them: they note when they are away, and who replaces
    them. The page of absences comes into the menu of those, and of whoever leads a team.
    """
    _WORK.append(right)
    planners = frozenset({*_WORK, StaffRight.TEAM})
    register_nav(NavItem("Ausencias", "workspace:setup:absences", planners, 58))


def _works(role: str) -> bool:
    return not rights_of(role).isdisjoint(_WORK)


def plans_absences(access: Access) -> bool:
    """Return whether the holder of `access` notes absences at all: their own, or those of a team."""
    return any(access.has(right) for right in (*_WORK, StaffRight.TEAM))


def _load(institution_id: int) -> list[Absence]:
    rows = Absence.objects.filter(institution_id=institution_id).select_related("user", "substitute")
    return list(rows.order_by("starts_on", "pk"))


_ABSENCES: ConfigCache[list[Absence]] = ConfigCache(_load)


def absences(institution: Institution) -> list[Absence]:
    """Return who is, was lately or will be away, by first day; no SQL when warm."""
    return _ABSENCES.get(institution)


def away(institution: Institution, day: date) -> Mapping[int, Absence]:
    """Return who is away on the local day, by user id."""
    return {row.user_id: row for row in absences(institution) if row.covers(day)}


def replaced_by(access: Access, day: date) -> list[int]:
    """Return the ids of the users whose work the holder of `access` does that day, because they are away."""
    return sorted(
        pk for pk, row in away(access.institution, day).items() if row.substitute_id == access.user.pk
    )


def absence_words(row: Absence) -> str:
    """Return «ausente hasta el 3 de mayo de 2027, reemplaza Ana Soto»."""
    words = f"ausente hasta el {long_date(row.ends_on)}"
    return f"{words}, reemplaza {row.substitute.name}" if row.substitute else words


def working_units(known: Holders, user_id: int) -> frozenset[int] | None:
    """Return the units in which a user works by a role; None means the whole body."""
    found: set[int] = set()
    for role, unit_id, holder in known.rows:
        if holder == user_id and _works(role):
            if unit_id is None:
                return None
            found |= known.tree.below(unit_id)
    return frozenset(found)


def may_plan_for(access: Access) -> list[tuple[int, str]]:
    """Return (id, name) of those whose absences this user may note: their own, and
    of the people of the units they assign in.

    Costs 2 SQL.
    """
    from_ids = {access.user.pk}
    if access.has(StaffRight.TEAM):
        known, units = holders(access.institution), access.units_with(StaffRight.TEAM)
        for user_id in {holder for _, _, holder in known.rows}:
            own = working_units(known, user_id)
            if units is None or (own and own <= units):
                from_ids.add(user_id)
    return [(pk, name) for pk, name in workers(access.institution) if pk in from_ids]


def workers(institution: Institution) -> list[tuple[int, str]]:
    """Return (id, name) of the people of a body who share out work by a role, by name (1 SQL)."""
    rows = memberships(institution).filter(user__is_active=True)
    found: dict[int, str] = {}
    for row in rows:
        if _works(row.role):
            found[row.user_id] = row.user.name
    return list(found.items())
