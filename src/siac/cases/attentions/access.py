# SPDX-License-Identifier: EUPL-1.2
"""Who may see and change which attention, and the only way to fetch one for somebody."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from siac.cases.access import visible_to
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Interaction
from siac.organizations.public import Access

READERS = frozenset({CaseRight.READ_ALL, CaseRight.READ_UNIT, CaseRight.FILE})
"""Whoever may see any attention."""


def seen_attentions(access: Access) -> Q:
    """Return the condition under which the holder of `access` sees an attention of the body: whoever reads
    all requests sees all; the others those of their units, and those they registered. No SQL when warm.
    """
    units = None if access.has(CaseRight.READ_ALL) else access.units_with(CaseRight.READ_UNIT)
    theirs = Q(pk__isnull=False) if units is None else Q(unit__in=units) | Q(registered_by=access.user)
    # What became a request that only some may see is guarded as that request is.
    seen = Exists(
        visible_to(access).filter(pk=OuterRef("case_id"))
    )  # asked case by case, not of all they see
    return theirs & (Q(case=None) | Q(case__is_restricted=False) | Q(seen))


def may_see(access: Access, row: Interaction) -> bool:
    """Return whether somebody sees an attention: what `seen_attentions` says. No SQL when warm."""
    units = None if access.has(CaseRight.READ_ALL) else access.units_with(CaseRight.READ_UNIT)
    return units is None or row.unit_id in units or row.registered_by_id == access.user.pk


def visible_attentions(access: Access) -> QuerySet[Interaction]:
    """Return the attentions of the body that the holder of `access` may see, unordered.

    Lazy: no SQL until it is read.
    """
    return Interaction.objects.filter(seen_attentions(access), institution=access.institution)


def among_visible(access: Access) -> Q:
    """Return the condition under which the holder of `access` sees a row, looked at one by one. No SQL."""
    return Q(Exists(visible_attentions(access).filter(pk=OuterRef("pk"))))


def readable_attentions(access: Access, ids: Collection[int]) -> set[int]:
    """Return those of some attentions that the holder of `access` may open (1 SQL, none of none)."""
    if not ids or not READERS & access.rights:
        return set()
    return set(visible_attentions(access).filter(pk__in=ids).values_list("pk", flat=True))


def attention_for(access: Access, attention_id: int) -> Interaction:
    """Return one attention (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    related = ("case", "registered_by", "topic", "unit", "service_point")
    row = visible_attentions(access).select_related(*related).filter(pk=attention_id).first()
    if row is None:
        raise Http404(str(attention_id))
    return row


def may_change(access: Access, row: Interaction) -> bool:
    """Return whether the holder of `access` may correct or withdraw an attention: whoever registered it, and
    those who file for its unit. No SQL when warm.
    """
    if not access.has(CaseRight.FILE):
        return False
    return row.registered_by_id == access.user.pk or access.has_in(CaseRight.FILE, row.unit_id)


def to_change(access: Access, attention_id: int) -> Interaction:
    """Return one attention that may be changed (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
        PermissionDenied: it is visible, but not for this user to change.
    """
    row = attention_for(access, attention_id)
    if not may_change(access, row):
        raise PermissionDenied("attention")
    return row
