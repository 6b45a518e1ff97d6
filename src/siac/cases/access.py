# SPDX-License-Identifier: EUPL-1.2
"""Who may see and touch which case, and the only ways to fetch one for somebody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable, NegatedExpression
from django.http import Http404

from siac.accounts.public import Right, User
from siac.cases.domain.numbers import parse_code, parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import OPEN
from siac.cases.extensions import Naming, namings
from siac.cases.models import AnswerDraft, Case, DraftState
from siac.cases.queries import approved_by, approver_of, kinds
from siac.cases.surroundings.reading import (
    Beside,
    WholeCase,
    name_no_more,
    read_whole,
    restricted_beside,
)
from siac.catalogue.public import topics
from siac.infra.config_cache import ReaderCache
from siac.infra.kept_rows import given
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, StaffRight, UnitNode, access_in, unit_tree
from siac.people.public import PeopleRight, matches_second_factor


def visible_to(access: Access) -> QuerySet[Case]:
    """Return the cases of the body that the holder of `access` may see, unordered (see `seen_by`).

    Lazy: no SQL until it is read.
    """
    return Case.objects.filter(seen_by(access), institution=access.institution)


def seen_by(access: Access, *, through: str = "") -> Q:
    """Return the condition under which the holder of `access` sees a case of the body; no SQL when warm.

    Whoever reads all sees every ordinary case; whoever reads a unit, those of the unit and below,
    those assigned to them and those they filed. Restricted cases need the right to them over
    their unit, or being their assignee; where their kind is closed to named roles or persons,
    only being one of these, or their assignee.

    For rows that may have a case, `through` is the way to it (`case__`). An «or» takes this condition, never
    a list of the keys of all cases seen: PostgreSQL would make that list, of the whole register, for one row.
    """
    unit, kind = f"{through}unit", f"{through}kind"
    reach = closed_reach(access)
    assigned = Q(**{f"{through}assignee": access.user})
    restricted = assigned | _restricted(access, reach, unit=unit, kind=kind)
    is_restricted = f"{through}is_restricted"
    seen = Q(**{is_restricted: False}) | (Q(**{is_restricted: True}) & restricted)
    units = None if access.has(CaseRight.READ_ALL) else access.units_with(CaseRight.READ_UNIT)
    if units is None:
        return seen
    own = assigned | Q(**{f"{through}filed_by": access.user})
    routes = Q(**{f"{kind}__in": reach.everywhere}) | Q(**{f"{kind}__in": reach.units, unit: None})
    return (own | Q(**{f"{unit}__in": units}) | routes) & seen


def hidden_from(access: Access, case_ids: Collection[int]) -> set[int]:
    """Return which of the cases are restricted and not for the holder of `access`:
    not even their folio is (1 SQL, or none).
    """
    if not case_ids:
        return set()
    restricted = Case.objects.filter(institution=access.institution, pk__in=case_ids, is_restricted=True)
    return set(restricted.filter(_unseen(access)).values_list("pk", flat=True))


def not_yet_cases(access: Access, *, unit: str, kind: str = "") -> Q:
    """Return the condition under which the holder of `access` sees a row that is
    no case yet, as they would see its case.

    `unit` and `kind` name the fields that would give the case its own; a row
    without unit is for who reads all.

    No SQL.
    """
    reach, seen = closed_reach(access), Q(pk__isnull=False)  # all of them: an empty Q would vanish in an «or»
    units = None if access.has(CaseRight.READ_ALL) else access.units_with(CaseRight.READ_UNIT)
    if units is not None:
        seen = Q(**{f"{unit}__in": units})
        if kind:
            routes = Q(**{f"{kind}__in": reach.units, unit: None})
            seen |= Q(**{f"{kind}__in": reach.everywhere}) | routes
    if not kind:
        return seen
    return seen & (Q(**{f"{kind}__is_restricted": False}) | _restricted(access, reach, unit=unit, kind=kind))


def sees_all_of(access: Access, prepared: QuerySet[Any]) -> bool:
    """Return whether the holder of `access` sees every case named in `case_ids` of one prepared file, and
    none was erased since it was asked for (1 SQL).
    """
    named = prepared.annotate(named=Func(F("case_ids"), function="unnest")).values("named")
    gone = Q(_unseen(access)) | Q(erased_at__gte=Subquery(prepared.values("created_at")))
    return not Case.objects.filter(gone, institution=access.institution, pk__in=named).exists()


def _unseen(access: Access) -> "NegatedExpression[Combinable]":
    """Return the condition that the holder of `access` does not see a case, looked
    at case by case: of «not in» PostgreSQL would make the list of all they see.
    """
    return ~Exists(visible_to(access).filter(pk=OuterRef("pk")))


def people_hidden_from(access: Access, person_ids: Collection[int]) -> set[int]:
    """Return which of the people are named only by what the holder of `access` does not see (2 SQL for cases
    and for each registered naming, or none).

    That somebody is in the register at all would tell that they asked, or reported, something.
    """
    if not person_ids:
        return set()
    own = Naming(Case, "person", lambda access: Q(~_unseen(access)))
    known: set[int | None] = set()
    hidden: set[int | None] = set()
    for each in (own, *namings()):
        found = each.of(person_ids).filter(institution=access.institution)
        is_open = each.seen(access)
        known |= set(found.filter(is_open).values_list(each.person, flat=True))
        hidden |= set(found.exclude(is_open).values_list(each.person, flat=True))
    return {pk for pk in hidden - known if pk is not None}


@dataclass(frozen=True, slots=True)
class ClosedReach:
    """The kinds closed to named roles or persons, and how far one user reaches into them (primary keys)."""

    closed: frozenset[int]
    everywhere: frozenset[int]
    """Kinds all of whose cases the user sees."""
    units: Mapping[int, frozenset[int]]
    """Kinds whose cases the user sees in some units, and those that no unit has
    yet, so that somebody can route them.
    """

    def holds(self, kind_id: int, unit_id: int | None) -> bool:
        """Return whether the user is one of those to whom the kind is closed, over that unit."""
        units = self.units.get(kind_id)
        return kind_id in self.everywhere or (units is not None and (unit_id is None or unit_id in units))


def closed_reach(access: Access) -> ClosedReach:
    """Return how far the holder of `access` reaches into the kinds closed to named readers; no SQL
    when warm.
    """
    closed = {pk: kind for pk, kind in kinds(access.institution).items() if kind.is_closed}
    everywhere, units = set(), {}
    for pk, kind in closed.items():
        held = [grant.unit_id for grant in access.grants if grant.role.value in kind.readers]
        if access.user.pk in kind.named_readers or None in held:
            everywhere.add(pk)
        elif held:
            tree = unit_tree(access.institution)
            units[pk] = frozenset[int]().union(*(tree.below(unit) for unit in held if unit is not None))
    return ClosedReach(frozenset(closed), frozenset(everywhere), units)


def _restricted(access: Access, reach: ClosedReach, *, unit: str = "unit", kind: str = "kind") -> Q:
    found = Q(**{f"{kind}__in": reach.everywhere})
    for kind_id, units in reach.units.items():
        found |= Q(**{kind: kind_id}) & (Q(**{f"{unit}__in": units}) | Q(**{unit: None}))
    if not access.has(CaseRight.READ_RESTRICTED):
        return found
    general = ~Q(**{f"{kind}__in": reach.closed})
    units_of_right = access.units_with(CaseRight.READ_RESTRICTED)
    return found | (general if units_of_right is None else general & Q(**{f"{unit}__in": units_of_right}))


def sees_restricted(access: Access, case: Beside) -> bool:
    """Return whether the holder of `access` sees a restricted case: what `visible_to` says, without SQL."""
    reach = closed_reach(access)
    if case.assignee_id == access.user.pk or case.kind_id in reach.everywhere:
        return True
    to_route = case.unit_id is None and case.kind_id in reach.units
    reads = access.has(CaseRight.READ_ALL) or access.has_in(CaseRight.READ_UNIT, case.unit_id)
    if not (reads or to_route or case.filed_by_id == access.user.pk):
        return False
    if case.kind_id in reach.closed:
        return reach.holds(case.kind_id, case.unit_id)
    return access.has_in(CaseRight.READ_RESTRICTED, case.unit_id)


def may_read_cases(access: Access) -> bool:
    """Return whether the holder of `access` may see any case at all. No SQL when warm."""
    if access.has(CaseRight.READ_ALL) or access.has(CaseRight.READ_UNIT):
        return True
    reach = closed_reach(access)
    return bool(reach.everywhere or reach.units)


def openable(access: Access, case_ids: Collection[int]) -> set[int]:
    """Return those of some cases that the holder of `access` may open (1 SQL, none where they open none)."""
    if not case_ids or not may_read_cases(access):
        return set()
    return set(visible_to(access).filter(pk__in=case_ids).values_list("pk", flat=True))


def works_through_lists(access: Access) -> bool:
    """Return whether the work list is the day of the holder of `access`: they answer, or they refer.

    No SQL.
    """
    desk = access.has(CaseRight.FILE) and not access.has(StaffRight.FIGURES)
    return access.has(CaseRight.WORK) or desk


def may_see_readings(access: Access, case: Case) -> bool:
    """Return whether the holder of `access`, who sees `case`, may see who read
    it: control, and its readers by role.

    No SQL when warm.
    """
    if access.has(CaseRight.AUDIT):
        return True
    reach = closed_reach(access)
    if case.kind_id in reach.closed:
        return reach.holds(case.kind_id, case.unit_id)
    return access.has_in(CaseRight.READ_RESTRICTED, case.unit_id)


def require_reader(access: Access) -> None:
    """Let only those through who may see some case.

    No SQL when warm.

    Raises:
        PermissionDenied: the holder of `access` may see none.
    """
    if not may_read_cases(access):
        raise PermissionDenied("cases")


def seen_by_folio(institution: Institution, actor: User, folio: str) -> Case:
    """Return the case of that folio, as typed, that `actor` sees (3 SQL with their rights).

    Raises:
        Refused: there is none (merge_target_unknown), which is also said of one they do not see.
    """
    number = parse_folio(folio)
    seen = visible_to(access_in(actor, institution.slug))
    case = seen.filter(year=number[0], number=number[1]).first() if number else None
    if case is None:
        raise Refused("merge_target_unknown", folio=folio)
    return case


_BY_FOLIO: ReaderCache[WholeCase] = ReaderCache()


def _by_folio(access: Access) -> WholeCase:
    named = {name: given(name, IntegerField()) for name in ("year", "number")}
    return WholeCase(visible_to(access).filter(**named))


def case_for(access: Access, folio: str, *, to: Right | None, now: datetime, reveals: bool = False) -> Case:
    """Return the case `folio` (2026-000123) for reading, or for what right `to` allows over its unit.

    Restricted cases that it is joined or linked with and that this user does not see are not named.
    Reading a restricted case leaves an entry in the reader's access stream, and so does every reading of
    whoever is here to control; a caller that goes on to read its person (`reveals`), which leaves one with
    the case as its reason, needs no second. What a program reads is told as that; where `access` only asks
    whether somebody may, nothing is.

    1 SQL reads the case; 1 more where the reading is told.

    Raises:
        Http404: there is no such case, or it is not visible to this user (the two look alike on purpose).
        PermissionDenied: it is visible, but `to` is not allowed on it.
    """
    number = parse_folio(folio)
    if number is None:
        raise Http404(folio)
    case = _BY_FOLIO.get(access, None, lambda: _by_folio(access)).read(year=number[0], number=number[1])
    if case is None:
        raise Http404(folio)
    configured(access.institution, case)
    name_no_more(case, {other.pk for other in restricted_beside(case) if not sees_restricted(access, other)})
    if to is not None and not may(access, case, to):
        raise PermissionDenied(to.value)
    told = reveals and case.person_id is not None and access.has(PeopleRight.IDENTITY)
    if (case.is_restricted or access.audits) and access.notes and not told:
        record_access(access.institution.pk, access.user.pk, case.stream, now, by=access.by)
    return case


def case_to_undo(access: Access, folio: str, *, now: datetime) -> Case:
    """Return the case `folio` that this very user changed a moment ago and may
    still take back, seen or not any more.

    Whoever refers a case away often sees it no longer: only the taking back is theirs, not the reading.

    1 SQL.

    Raises:
        Http404: there is no such case, or nothing of theirs to take back on it.
    """
    number = parse_folio(folio) or (0, 0)
    theirs = Case.objects.filter(
        institution=access.institution, undoable__actor=access.user, undoable__until__gt=now
    )
    case = read_whole(theirs.filter(year=number[0], number=number[1]))
    if case is None:
        raise Http404(folio)
    return configured(access.institution, case)


def has_undo(case: Case, user: User, *, now: datetime) -> bool:
    """Return whether `user` may still take back what they did to a case a moment ago (1 SQL)."""
    return Case.objects.filter(pk=case.pk, undoable__actor=user, undoable__until__gt=now).exists()


def configured(institution: Institution, case: Case) -> Case:
    """Give a case of the body its kind and topic from the configuration in
    memory, and return it (no SQL when warm).
    """
    case.institution = institution
    case.kind = kinds(institution)[case.kind_id]
    if case.topic_id:
        case.topic = topics(institution)[case.topic_id]
    return case


def unit_of(institution: Institution, case: Case) -> UnitNode | None:
    """Return the unit that has the case, from the configuration in memory; None where none has.

    No SQL when warm.
    """
    return unit_tree(institution).nodes[case.unit_id] if case.unit_id else None


def reads_cases(access: Access) -> bool:
    """Return whether the holder of `access` sees any cases of the body at all. No SQL."""
    return access.has(CaseRight.READ_ALL) or access.has(CaseRight.READ_UNIT)


def may(access: Access, case: Case, right: Right) -> bool:
    """Return whether `right` holds over `case`, which the user sees already.

    It holds over the cases of the units where it was granted, over those assigned to the user, and over those
    of a kind closed to persons or roles without unit of whom the user is one. A case that no unit has yet is
    routed by whoever sees all cases, and a note may be left on any case one sees.

    No SQL when warm.
    """
    if not access.has(right):
        return False
    if right is CaseRight.FILE or case.assignee_id == access.user.pk:
        return True
    if case.unit_id is None and access.has(CaseRight.READ_ALL):
        return True
    reach = closed_reach(access)
    if case.kind_id in reach.everywhere or (case.unit_id is None and case.kind_id in reach.units):
        return True  # one of those to whom its kind is closed
    return access.has_in(right, case.unit_id)


def case_by_code(institution: Institution, code: str, second_factor: str) -> Case | None:
    """Return the case that a citizen follows with its code and e-mail or last digits of the document (of the
    telephone, where the person gave nothing else; the surname, where only an address).

    None where the code does not exist, is another body's, the case was erased, or the second factor does not
    match: the caller cannot tell which. An anonymous case has no second factor: its code alone opens it.

    1 SQL for the case, 1 for the second factor.
    """
    parsed = parse_code(code)
    case = (
        Case.objects.filter(institution=institution, tracking_code=parsed, erased_at=None)
        .select_related("text")
        .first()
        if parsed
        else None
    )
    if case is None:
        return None
    if case.person_id is None or matches_second_factor(institution.pk, case.person_id, second_factor):
        return case
    return None


def approves(access: Access, case: Case) -> bool:
    """Return whether the holder of `access` is who approves the answer to `case`: by role, over its unit.

    No SQL when warm.
    """
    approver, tree = approver_of(access.institution, case), unit_tree(access.institution)
    return bool(approver) and any(
        grant.role.value == approver and (grant.unit_id is None or case.unit_id in tree.below(grant.unit_id))
        for grant in access.grants
    )


def answers_to_approve(access: Access) -> QuerySet[AnswerDraft]:
    """Return the answers that wait for the holder of `access`, the one that waits longest first; nobody
    approves one of a case that has ended.

    Lazy: no SQL until it is read.
    """
    tree, theirs = unit_tree(access.institution), Q(pk__in=[])
    for grant in access.grants:
        own = approved_by(access.institution, grant.role.value)
        theirs |= own if grant.unit_id is None else own & Q(case__unit__in=tree.below(grant.unit_id))
    waiting = AnswerDraft.objects.filter(institution=access.institution, state=DraftState.REVIEW)
    waiting = waiting.filter(theirs, case__state__in=OPEN, case__in=visible_to(access))
    return waiting.order_by("submitted_at", "pk")
