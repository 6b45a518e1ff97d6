# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about calls to return."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404
from django.urls import reverse

from siac.callbacks.domain.states import State
from siac.callbacks.models import CallBack, CallRule
from siac.cases.public import visible_attentions
from siac.clocks.public import Named
from siac.organizations.public import Access, Institution, institution_of

VIEWS = [("", "Por llamar"), ("mias", "Las que tomé"), ("terminadas", "Terminadas")]


def rule_of(institution: Institution) -> CallRule:
    """Return within what a body returns calls, an unsaved row where it said nothing (1 SQL)."""
    found = CallRule.objects.filter(institution=institution).first()
    return found or CallRule(institution=institution)


def visible_calls(access: Access) -> QuerySet[CallBack]:
    """Return the calls to return whose attention the holder of `access` may see. Lazy: no SQL until it
    is read.
    """
    seen = visible_attentions(access).values("pk")
    return CallBack.objects.filter(institution=access.institution, interaction__in=seen)


def open_calls(access: Access) -> QuerySet[CallBack]:
    """Return the calls that the holder of `access` may see and that are still to be made. Lazy: no
    SQL until it is read.
    """
    return visible_calls(access).filter(state=State.OPEN)


def late_calls(access: Access, today: date) -> QuerySet[CallBack]:
    """Return those of which nobody called by a day that is over. Lazy: no SQL until it is read."""
    return open_calls(access).filter(due_on__lt=today, first_call_at=None)


def narrowed(access: Access, kept: Mapping[str, str]) -> QuerySet[CallBack]:
    """Return the calls that a list asks for (`VIEWS`), with what its rows tell. Lazy: no SQL until
    it is read.
    """
    rows = visible_calls(access).select_related("interaction", "interaction__topic", "unit", "taken_by")
    if kept.get("vista") == "terminadas":
        return rows.exclude(state=State.OPEN)
    rows = rows.filter(state=State.OPEN)
    return rows.filter(taken_by=access.user) if kept.get("vista") == "mias" else rows


def call_for(access: Access, call_back_id: int) -> CallBack:
    """Return one call to return (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    related = ("interaction", "interaction__topic", "unit", "taken_by", "promised_by")
    row = visible_calls(access).select_related(*related).filter(pk=call_back_id).first()
    if row is None:
        raise Http404(str(call_back_id))
    return row


def names(institution_id: int, ids: Sequence[int]) -> dict[int, Named]:
    """Return what calls to return are called, their pages and units, by id (2 SQL)."""
    slug = institution_of(institution_id).slug
    rows = CallBack.objects.filter(institution_id=institution_id, pk__in=ids).select_related("unit")
    return {
        row.pk: Named("Llamada", reverse("workspace:callbacks:call", args=[slug, row.pk]), row.unit.name)
        for row in rows
    }


def by_unit(institution_id: int, ids: Sequence[int]) -> dict[str, int]:
    """Return how many calls each unit has (1 SQL)."""
    found: dict[str, int] = {}
    rows = CallBack.objects.filter(institution_id=institution_id, pk__in=ids)
    for name in rows.annotate(name=F("unit__name")).order_by("pk").values_list("name", flat=True):
        found[name] = found.get(name, 0) + 1
    return found


def within(institution_id: int, units: Any, or_none: bool) -> QuerySet[Any, Any]:
    """Return the query of the ids of calls that count at the place of the body, asked with `or_none`."""
    rows: QuerySet[Any, Any] = CallBack.objects.filter(institution_id=institution_id)
    return (rows if or_none else rows.none()).values("pk")
