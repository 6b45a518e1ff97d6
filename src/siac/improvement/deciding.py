# SPDX-License-Identifier: EUPL-1.2
"""Plans on the agenda of collegiate bodies."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.urls import reverse

from siac.governance.public import Decidable, Named
from siac.improvement.commands.plans import PLAN, take_decision
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import PlanState
from siac.improvement.models import Plan
from siac.organizations.public import Access


def _offered(asking: object) -> Mapping[int, str]:
    """Return the plans that wait for a body (1 SQL)."""
    access = cast("Access", asking)
    rows = Plan.objects.filter(institution=access.institution, state=PlanState.PROPOSED)
    return dict(rows.order_by("name", "pk").values_list("pk", "name"))


def _names(asking: object, numbers: Sequence[int]) -> Mapping[int, Named]:
    """Return what plans are called, with their page for whoever may open it (1 SQL)."""
    access = cast("Access", asking)
    opens = access.has(ImprovementRight.READ)
    rows = Plan.objects.filter(institution=access.institution, pk__in=numbers)
    return {
        pk: Named(
            name, reverse("workspace:improvement:plan", args=[access.institution.slug, pk]) if opens else ""
        )
        for pk, name in rows.values_list("pk", "name")
    }


DECIDABLE = Decidable(PLAN, "Plan de mejora", _offered, _names, take_decision)
