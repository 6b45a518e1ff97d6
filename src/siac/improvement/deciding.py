# SPDX-License-Identifier: EUPL-1.2
"""Plans on the agenda of collegiate bodies."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.urls import reverse

from siac.governance.public import Decidable, Named
from siac.improvement.commands.plans import PLAN, take_decision
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import PlanState
from siac.improvement.models import Plan, Proposal
from siac.organizations.public import Access


def _offered(asking: object) -> Mapping[int, str]:
    """Return the plans that wait for a body (1 SQL)."""
    access = cast("Access", asking)
    rows = Plan.objects.filter(institution=access.institution, state=PlanState.PROPOSED)
    return dict(rows.order_by("name", "pk").values_list("pk", "name"))


def _names(asking: object, numbers: Sequence[int]) -> Mapping[int, Named]:
    """Return what plans are called, with their page for whoever may open it (1 SQL); for who only decides,
    the proposal that waits (1 more).
    """
    access = cast("Access", asking)
    rows = Plan.objects.filter(institution=access.institution, pk__in=numbers).values_list("pk", "name")
    slug = access.institution.slug
    if access.has(ImprovementRight.READ):
        page = "workspace:improvement:plan"
        return {pk: Named(name, reverse(page, args=[slug, pk])) for pk, name in rows}
    waiting = Proposal.objects.filter(plan__in=list(numbers), decided_at=None, is_withdrawn=False)
    urls = {
        plan: reverse("workspace:improvement:proposal", args=[slug, plan, number])
        for plan, number in waiting.values_list("plan", "number")
    }
    return {pk: Named(name, urls.get(pk, "")) for pk, name in rows}


DECIDABLE = Decidable(PLAN, "Plan de mejora", _offered, _names, take_decision)
