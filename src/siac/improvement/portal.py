# SPDX-License-Identifier: EUPL-1.2
"""What a body improved, as everybody reads it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.improvement.domain.progress import whole
from siac.improvement.domain.states import ActionState
from siac.improvement.models import Action, ActionEffect
from siac.improvement.queries import progress_of, public_plans
from siac.improvement.wording import Moved, moved_words
from siac.organizations.public import Institution, portal_page
from siac.ui.lists import Asked


@require_safe
@portal_page
def plans(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show the plans that a body publishes, what was done and what moved; nobody is named (4 SQL).

    Raises:
        Http404: it publishes none.
    """
    listing = Asked.of(request).listing(public_plans(institution), ("-starts_on", "-pk"), size=10)
    if not listing.rows and not request.GET:
        raise Http404("plans")
    shown = [row.pk for row in listing.rows]
    done, moved = progress_of(listing.rows), _moved(institution, shown)
    actions: dict[int, list[tuple[Action, Moved | None]]] = {pk: [] for pk in shown}
    found = Action.objects.filter(plan__in=shown).exclude(state=ActionState.DROPPED).select_related("unit")
    for row in found.order_by("due_on", "pk"):
        actions[row.plan_id].append((row, moved.get(row.pk)))
    context = {
        "listing": listing,
        "rows": [(plan, whole(done[plan.pk]), actions[plan.pk]) for plan in listing.rows],
    }
    return render(request, "improvement/portal/plans.html", context)


def _moved(institution: Institution, plans: list[int]) -> dict[int, Moved]:
    rows = ActionEffect.objects.filter(institution=institution, action__plan__in=plans)
    rows = rows.select_related("action__baseline__indicator").order_by("action", "number")
    return {row.action_id: moved_words(row) for row in rows}
