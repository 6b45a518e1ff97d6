# SPDX-License-Identifier: EUPL-1.2
"""The appeals of a body, and how they are named to clocks."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from siac.cases.access import visible_to
from siac.cases.models import Appeal
from siac.cases.naming import WITHOUT_UNIT, case_names, cases_within
from siac.clocks.public import Named
from siac.organizations.public import Access


def appeals_for(access: Access) -> QuerySet[Appeal]:
    """Return the appeals of the cases that the holder of `access` may see. Lazy: no SQL until it is read."""
    return Appeal.objects.filter(institution=access.institution, case__in=visible_to(access).values("pk"))


def pending_appeals(access: Access) -> QuerySet[Appeal]:
    """Return the appeals of the cases that the holder of `access` may see which nobody has decided yet.

    Lazy: no SQL until it is read.
    """
    return appeals_for(access).filter(state=Appeal.State.PENDING)


def appeal_names(institution_id: int, appeal_ids: Sequence[int]) -> Mapping[int, Named]:
    """Return the request, page and unit of appeals of a body by id; a restricted one gives nothing away.

    Three SQL queries.
    """
    of_case = dict(
        Appeal.objects.filter(institution_id=institution_id, pk__in=appeal_ids).values_list("pk", "case_id")
    )
    cases = case_names(institution_id, sorted(set(of_case.values())))
    return {pk: cases[case_id] for pk, case_id in of_case.items()}


def appeals_by_unit(institution_id: int, appeal_ids: Sequence[int]) -> Mapping[str, int]:
    """Return how many of some appeals of a body each unit has. One SQL query."""
    rows = Appeal.objects.filter(institution_id=institution_id, pk__in=appeal_ids).order_by(
        "case__unit__name"
    )
    counted = rows.values_list("case__unit__name").annotate(count=Count("pk"))
    return {name or WITHOUT_UNIT: count for name, count in counted}


def appeals_within(institution_id: int, units: Collection[int], or_none: bool) -> QuerySet[Any, Any]:
    """Return the query of the ids of the appeals whose cases units of a body have, as `cases_within`."""
    cases = cases_within(institution_id, units, or_none)
    return Appeal.objects.filter(institution_id=institution_id, case__in=cases).values("pk")
