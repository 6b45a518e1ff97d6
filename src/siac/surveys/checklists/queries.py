# SPDX-License-Identifier: EUPL-1.2
"""Visits: those that somebody may see, what they go by, and what became of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from siac.organizations.public import Access, Institution, holders
from siac.surveys.checklists.domain import Item, Section, parse, score
from siac.surveys.checklists.models import (
    OPEN,
    Protocol,
    ProtocolKind,
    ProtocolVersion,
    Visit,
    VisitMark,
    VisitState,
)
from siac.surveys.checklists.rights import ChecklistRight

MARK = "visit_mark"
"""What a file of evidence belongs to: one item of a visit."""


def protocols(institution: Institution) -> list[Protocol]:
    """Return the protocols of a body, by name (1 SQL)."""
    return list(Protocol.objects.filter(institution=institution).order_by("-is_active", "name", "pk"))


def protocol_of(institution: Institution, protocol_id: int) -> Protocol | None:
    """Return a protocol as it stands (1 SQL); None where the body has none with that key."""
    return Protocol.objects.filter(institution=institution, pk=protocol_id).first()


def visitors(institution: Institution) -> list[int]:
    """Return who may make visits in a body, by id (1 SQL)."""
    return sorted(
        {user for role, _, user in holders(institution).rows if role in ChecklistRight.VISIT.held_by}
    )


def visible_visits(access: Access) -> QuerySet[Visit]:
    """Return the visits that somebody may see: theirs to make, and those to the units where they read them;
    over units only, a mystery shopper's once it was sent. Lazy: no SQL until it is read.
    """
    seen = Q(assignee=access.user.pk)
    if access.has(ChecklistRight.READ):
        units = access.units_with(ChecklistRight.READ)
        if units is None:
            seen = Q(pk__isnull=False)
        else:
            seen |= Q(unit__in=units) & (~Q(kind=ProtocolKind.SHOPPER) | Q(state=VisitState.DONE))
    return Visit.objects.filter(seen, institution=access.institution)


def knows_visitor(access: Access, row: Visit) -> bool:
    """Return whether somebody may know who made a visit: of a mystery shopper only who reads the visits of
    the whole body, who asked for it, and the shopper. No SQL.
    """
    if row.kind != ProtocolKind.SHOPPER or access.user.pk in (row.assignee_id, row.assigned_by_id):
        return True
    return access.has(ChecklistRight.READ) and access.units_with(ChecklistRight.READ) is None


def visits_to_make(access: Access) -> QuerySet[Visit]:
    """Return the visits that somebody still has to make. Lazy: no SQL until it is read."""
    return Visit.objects.filter(institution=access.institution, assignee=access.user.pk, state__in=OPEN)


def sections_of(visit: Visit) -> tuple[Section, ...]:
    """Return what is looked at in a visit: by the version that it began with, before that by the one that
    stands (1 SQL where it has begun).
    """
    if visit.version is None:
        return parse(visit.protocol.items)
    return ProtocolVersion.objects.get(protocol=visit.protocol_id, number=visit.version).sections


def marks_of(visit: Visit) -> dict[str, str]:
    """Return what is marked in a visit, by code of the item (1 SQL)."""
    return dict(visit.marks.exclude(mark="").values_list("code", "mark"))


def visit_before(visit: Visit) -> Visit | None:
    """Return the last visit by the same protocol to the same place before this one (1 SQL); None of none."""
    rows = Visit.objects.filter(
        institution=visit.institution_id, protocol=visit.protocol_id, unit=visit.unit_id,
        point=visit.point_id, state=VisitState.DONE,
    )  # fmt: skip
    if visit.is_done:
        day, sent = visit.visited_on, visit.sent_at
        rows = rows.filter(Q(visited_on__lt=day) | Q(visited_on=day, sent_at__lt=sent))
    return rows.exclude(pk=visit.pk).order_by("-visited_on", "-sent_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the newest visit to a place by a protocol found missing there."""

    visit: Visit
    item: Item
    note: str
    finding_id: int | None


def missing_at_points(access: Access, *, protocol_id: int | None, point_id: int | None) -> list[Missing]:
    """Return what is missing at the points that somebody sees visits to, by the newest visit to each with
    each protocol: what is critical first, then by point (3 SQL).
    """
    rows = visible_visits(access).filter(state=VisitState.DONE).exclude(point=None)
    rows = rows.filter(protocol=protocol_id) if protocol_id else rows
    rows = rows.filter(point=point_id) if point_id else rows
    newest = list(
        rows.select_related("protocol", "point")
        .order_by("point_id", "protocol_id", "-visited_on", "-sent_at", "-pk")
        .distinct("point_id", "protocol_id")
    )
    by_version: dict[tuple[int, int | None], tuple[Section, ...]] = {
        (each.protocol_id, each.number): each.sections
        for each in ProtocolVersion.objects.filter(protocol__in={visit.protocol_id for visit in newest})
    }
    marks: dict[int, dict[str, VisitMark]] = {}
    for mark in VisitMark.objects.filter(visit__in=newest):
        marks.setdefault(mark.visit_id, {})[mark.code] = mark
    found = []
    for visit in newest:
        own = marks.get(visit.pk, {})
        said = score(by_version[visit.protocol_id, visit.version], {code: own[code].mark for code in own})
        found += [
            Missing(visit, item, own[item.code].note, own[item.code].finding_id) for item in said.failed
        ]
    return sorted(found, key=_gravest_first)


def _gravest_first(each: Missing) -> tuple[bool, str, int, str]:
    point = each.visit.point
    return not each.item.is_critical, point.sort_key if point else "", each.visit.pk, each.item.code


def visits_between(institution: Institution, first: date, last: date) -> QuerySet[Visit]:
    """Return the visits that were sent and were due between two local days, both included, the first first.
    Lazy: no SQL until it is read.
    """
    rows = Visit.objects.filter(institution=institution, state=VisitState.DONE, due_on__range=(first, last))
    return rows.select_related("protocol", "unit").order_by("due_on", "pk")
