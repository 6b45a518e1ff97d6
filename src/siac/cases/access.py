# SPDX-License-Identifier: EUPL-1.2
"""Who may see and touch which case, and the only ways to fetch one for somebody."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from siac.accounts.public import Permission
from siac.cases.domain.numbers import parse_code, parse_folio
from siac.cases.models import AnswerDraft, Appeal, Case, CaseAlert, DraftState
from siac.cases.queries import kinds
from siac.cases.surroundings import read_whole
from siac.catalogue.public import topics
from siac.journal.public import record_access
from siac.organizations.public import Access, Institution, UnitNode, unit_tree
from siac.people.public import matches_second_factor


def visible_to(access: Access) -> QuerySet[Case]:
    """Return the cases of the body that the holder of `access` may see, unordered.

    Whoever reads all sees every ordinary case; whoever reads a unit, those of the unit and below, those assigned to them
    and those they filed. Restricted cases need the right to them over their unit, or being their assignee.
    """
    cases = Case.objects.filter(institution=access.institution)
    if not access.has(Permission.CASE_READ_ALL):
        units = access.units_with(Permission.CASE_READ_UNIT)
        own = Q(assignee=access.user) | Q(filed_by=access.user)
        if units is not None:
            cases = cases.filter(own | Q(unit__in=units))
    return cases.filter(Q(is_restricted=False) | _restricted(access))


def _restricted(access: Access) -> Q:
    if not access.has(Permission.CASE_READ_RESTRICTED):
        return Q(is_restricted=True, assignee=access.user)
    units = access.units_with(Permission.CASE_READ_RESTRICTED)
    if units is None:
        return Q(is_restricted=True)
    return Q(is_restricted=True) & (Q(assignee=access.user) | Q(unit__in=units))


def may_read_cases(access: Access) -> bool:
    """Return whether the holder of `access` may see any case at all."""
    return access.has(Permission.CASE_READ_ALL) or access.has(Permission.CASE_READ_UNIT)


def require_reader(access: Access) -> None:
    """Let only those through who may see some case.

    Raises:
        PermissionDenied: the holder of `access` may see none.
    """
    if not may_read_cases(access):
        raise PermissionDenied("cases")


def case_for(
    access: Access, folio: str, *, to: Permission | None, now: datetime, reveals: bool = False
) -> Case:
    """Return the case `folio` (2026-000123) for reading, or for what permission `to` allows over its unit.

    Reading a restricted case leaves an entry in the reader's access stream; a caller that goes on to read its person
    (`reveals`), which leaves one with the case as its reason, needs no second.

    Raises:
        Http404: there is no such case, or it is not visible to this user (the two look alike on purpose).
        PermissionDenied: it is visible, but `to` is not allowed on it.
    """
    number = parse_folio(folio)
    if number is None:
        raise Http404(folio)
    case = read_whole(visible_to(access).filter(year=number[0], number=number[1]))
    if case is None:
        raise Http404(folio)
    configured(access.institution, case)
    if to is not None and not may(access, case, to):
        raise PermissionDenied(to.value)
    told = reveals and case.person_id is not None and access.has(Permission.IDENTITY_READ)
    if case.is_restricted and not told:
        record_access(
            institution_id=access.institution.pk, user_id=access.user.pk, subject=case.stream, at=now
        )
    return case


def configured(institution: Institution, case: Case) -> Case:
    """Give a case of the body its kind and topic from the configuration in memory, and return it (no SQL when warm)."""
    case.institution = institution
    case.kind = kinds(institution)[case.kind_id]
    if case.topic_id:
        case.topic = topics(institution)[case.topic_id]
    return case


def unit_of(institution: Institution, case: Case) -> UnitNode | None:
    """Return the unit that has the case, from the configuration in memory; None where none has."""
    return unit_tree(institution).nodes[case.unit_id] if case.unit_id else None


def may(access: Access, case: Case, permission: Permission) -> bool:
    """Return whether `permission` holds over `case`, which the user sees already.

    It holds over the cases of the units where it was granted and over those assigned to the user. A case that no unit
    has yet is routed by whoever sees all cases, and a note may be left on any case one sees.
    """
    if not access.has(permission):
        return False
    if permission is Permission.CASE_FILE or case.assignee_id == access.user.pk:
        return True
    if case.unit_id is None and access.has(Permission.CASE_READ_ALL):
        return True
    return access.has_in(permission, case.unit_id)


def case_by_code(institution: Institution, code: str, second_factor: str) -> Case | None:
    """Return the case that a citizen follows with its code and e-mail or last digits of the document.

    None where the code does not exist, is another body's, or the second factor does not match: the caller cannot tell
    which. An anonymous case has no second factor: its code alone opens it.
    """
    parsed = parse_code(code)
    case = (
        Case.objects.filter(institution=institution, tracking_code=parsed).select_related("text").first()
        if parsed
        else None
    )
    if case is None:
        return None
    if case.person_id is None or matches_second_factor(institution.pk, case.person_id, second_factor):
        return case
    return None


def alerts_for(access: Access) -> QuerySet[CaseAlert]:
    """Return the alerts that speak to the holder of `access`, seen or not: by name, or by a role over the case's unit."""
    tree = unit_tree(access.institution)
    speaks = Q(user=access.user)
    for grant in access.grants:
        own = Q(audience=grant.role.value, user=None)
        speaks |= own if grant.unit_id is None else own & Q(unit__in=tree.below(grant.unit_id))
    return CaseAlert.objects.filter(
        speaks, institution=access.institution, case__in=visible_to(access).values("pk")
    ).select_related("case")


def appeals_for(access: Access) -> QuerySet[Appeal]:
    """Return the appeals of the cases that the holder of `access` may see."""
    return Appeal.objects.filter(institution=access.institution, case__in=visible_to(access).values("pk"))


def approves(access: Access, case: Case) -> bool:
    """Return whether the holder of `access` is who approves the answer to `case`: by role, over its unit."""
    approver, tree = case.kind.approver, unit_tree(access.institution)
    return bool(approver) and any(
        grant.role.value == approver and (grant.unit_id is None or case.unit_id in tree.below(grant.unit_id))
        for grant in access.grants
    )


def answers_to_approve(access: Access) -> QuerySet[AnswerDraft]:
    """Return the answers that wait for the holder of `access`, the one that waits longest first."""
    tree, theirs = unit_tree(access.institution), Q(pk__in=[])
    for grant in access.grants:
        own = Q(case__kind__approver=grant.role.value)
        theirs |= own if grant.unit_id is None else own & Q(case__unit__in=tree.below(grant.unit_id))
    waiting = AnswerDraft.objects.filter(institution=access.institution, state=DraftState.REVIEW)
    return waiting.filter(theirs, case__in=visible_to(access)).order_by("submitted_at", "pk")
