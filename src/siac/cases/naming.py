# SPDX-License-Identifier: EUPL-1.2
"""What cases tell lower contexts about themselves: their folio, page and unit."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from siac.cases.models import Case
from siac.clocks.public import Named
from siac.organizations.public import institution_of

WITHOUT_UNIT = "Sin unidad"


def case_names(institution_id: int, case_ids: Sequence[int]) -> Mapping[int, Named]:
    """Return folio, page and unit of cases of a body by id; a restricted case gives nothing away.

    Two SQL queries.
    """
    slug = institution_of(institution_id).slug
    rows = Case.objects.filter(institution_id=institution_id, pk__in=case_ids).order_by("pk")
    found = {}
    for case in rows.select_related("unit").only("year", "number", "is_restricted", "unit__name"):
        unit = case.unit.name if case.unit else WITHOUT_UNIT
        url = reverse("workspace:cases:case", args=[slug, case.folio])
        hidden = Named("Solicitud reservada", "", "")
        found[case.pk] = hidden if case.is_restricted else Named(case.folio, url, unit)
    return found


def cases_by_unit(institution_id: int, case_ids: Sequence[int]) -> Mapping[str, int]:
    """Return how many of some cases of a body each unit has, restricted ones included. One SQL query."""
    rows = Case.objects.filter(institution_id=institution_id, pk__in=case_ids).order_by("unit__name")
    counted = rows.values_list("unit__name").annotate(count=Count("pk"))
    return {name or WITHOUT_UNIT: count for name, count in counted}


def cases_within(institution_id: int, units: Collection[int], or_none: bool) -> QuerySet[Any, Any]:
    """Return the query of the ids of the cases that units of a body have, and
    of those without a unit if `or_none`.
    """
    wanted = Q(unit__in=units) | Q(unit=None) if or_none else Q(unit__in=units)
    return Case.objects.filter(wanted, institution_id=institution_id).values("pk")
