# SPDX-License-Identifier: EUPL-1.2
"""How much each person of a team has at hand, as far as somebody sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from siac.accounts.public import rights_of
from siac.cases.access import visible_to
from siac.cases.assignable import holds
from siac.cases.domain.rights import CaseRight
from siac.cases.due_days import DueDays
from siac.cases.queries import in_view
from siac.kernel.text import sort_key
from siac.organizations.public import Access, absence_words, away, memberships, unit_tree

NOBODY = "Sin asignar"


@dataclass(frozen=True, slots=True)
class Load:
    """Open cases of one person, or (user_id None) of nobody: all, late, and due
    from today to the fifth business day.

    `lists` are the parameters of the lists that hold just these cases, by "open", "late" and "near"; None
    where no list can name the person any more.
    """

    user_id: int | None
    name: str
    unit: str
    absence: str
    open: int
    late: int
    near: int
    lists: Mapping[str, Mapping[str, str]] | None

    @property
    def figures(self) -> list[tuple[str, int, Mapping[str, str] | None]]:
        """The three numbers in order, each with its list."""
        counted = (("open", self.open), ("late", self.late), ("near", self.near))
        return [(code, count, self.lists[code] if self.lists else None) for code, count in counted]


def workload(access: Access, days: DueDays) -> list[Load]:
    """Return what each person has who works in the units that the holder of
    `access` sees, by name; first what nobody has.

    Whoever else has one of the cases they see is there too (2 SQL).
    """
    people, team = _people(access, days.today)
    counts, gone = _counts(access, days), away(access.institution, days.today)
    names = {pk: row["assignee__name"] for pk, row in counts.items() if pk}
    names |= {pk: name for pk, (name, _) in people.items()}
    ids = sorted({*team, *names.keys() & counts.keys()}, key=lambda pk: (sort_key(names[pk]), pk))
    found = [_load(None, NOBODY, "", "", counts.get(None), _lists(None, days))]
    for pk in ids:
        absence = absence_words(gone[pk]) if pk in gone else ""
        unit = people[pk][1] if pk in people else ""
        lists = _lists(pk, days) if pk in people else None
        found.append(_load(pk, names[pk], unit, absence, counts.get(pk), lists))
    return found


def _load(
    user_id: int | None,
    name: str,
    unit: str,
    absence: str,
    row: Mapping[str, int] | None,
    lists: Mapping[str, Mapping[str, str]] | None,
) -> Load:
    counted = row or {"open": 0, "late": 0, "near": 0}
    return Load(user_id, name, unit, absence, counted["open"], counted["late"], counted["near"], lists)


def _people(access: Access, today: date) -> tuple[dict[int, tuple[str, str]], set[int]]:
    """Return name and unit of the people of the body by user, and which of them
    work on cases of the units in sight.
    """
    tree = unit_tree(access.institution)
    units = None if access.has(CaseRight.READ_ALL) else access.units_with(CaseRight.READ_UNIT)
    people: dict[int, tuple[str, str]] = {}
    team: set[int] = set()
    for row in memberships(access.institution).filter(holds(today)):
        works = CaseRight.WORK in rights_of(row.role)
        if works or row.user_id not in people:
            people[row.user_id] = (row.user.name, row.unit.name if row.unit else "")
        reach = tree.below(row.unit_id) if row.unit_id else set(tree.nodes)
        if works and (units is None or not units.isdisjoint(reach)):
            team.add(row.user_id)
    return people, team


def _counts(access: Access, days: DueDays) -> dict[int | None, Any]:
    running = in_view(visible_to(access), "abiertas", access=access, today=days.today)
    near = Q(due_on__gte=days.today, due_on__lte=days.near_until)
    rows = running.order_by().values("assignee", "assignee__name")
    counted = rows.annotate(
        open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=days.today)), near=Count("pk", filter=near)
    )
    return {row["assignee"]: row for row in counted}


def _lists(user_id: int | None, days: DueDays) -> dict[str, dict[str, str]]:
    theirs = {"vista": "abiertas", "responsable": str(user_id)} if user_id else {"vista": "sin-asignar"}
    yesterday = (days.today - timedelta(days=1)).isoformat()
    return {
        "open": theirs,
        "late": {**theirs, "vence_hasta": yesterday},
        "near": {**theirs, "vence_desde": days.today.isoformat(), "vence_hasta": days.near_until.isoformat()},
    }
