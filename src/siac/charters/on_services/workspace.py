# SPDX-License-Identifier: EUPL-1.2
"""Parts of the pages of services that tell of promises, and the cases behind a step."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.public import openable
from siac.catalogue.public import ClockLabel, Service, ServicePanel, services
from siac.charters.on_services.reading import cases_of, kept_on, step_clocks, steps_kept
from siac.charters.standings import period
from siac.clocks.public import Clock
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.lists import Asked


def told_inside(service: Service, access: Access | None) -> Mapping[str, Any] | None:
    """Return what the house is told of the promises on a service and of the steps that sustain them (3
    SQL).
    """
    now = current_time()
    first, last = period(service.institution, now)
    promised = kept_on(service, today=service.institution.local_date(now))
    steps = steps_kept(service, promised, first=first, last=last)
    if not promised and not any(step.clock for step in steps):
        return None
    sustained = {code for each in promised for code in each.commitment.sustained_by}
    return {
        "promised": promised, "steps": steps, "first": first, "last": last,
        "has_topic": service.topic_id is not None,
        "unsustained": [each for each in promised if not each.commitment.sustained_by],
        "gone": bool(sustained - {step.code for step in steps}),
        "may_see_cases": access is not None and access.has(StaffRight.FIGURES),
    }  # fmt: skip


def told_outside(service: Service, access: Access | None) -> Mapping[str, Any] | None:
    """Return what everybody is told of the promises on a service; its process stays inside (2 SQL)."""
    promised = kept_on(service, today=service.institution.local_date(current_time()))
    return {"promised": promised} if promised else None


PANELS = (
    ServicePanel("Compromisos y cómo se cumplen", "charters/on_services/_inside.html", told_inside),
    ServicePanel("A qué nos comprometemos", "charters/on_services/_outside.html", told_outside, True),
)


@require_safe
@staff_page(StaffRight.FIGURES)
def step_cases(request: HttpRequest, access: Access, service_id: int, code: str) -> HttpResponse:
    """List the terms behind the figure of a step, as many as it counts, each with its case, which is a link
    for whoever may open it.
    """
    service = services(access.institution).get(service_id)
    step = next((row for row in service.process if row["code"] == code), None) if service else None
    if service is None or step is None or not step.get("clock"):
        raise Http404(code)
    service.institution = access.institution
    first, last = period(access.institution, current_time())
    clocks = step_clocks(service, step, first=first, last=last)
    listing = Asked.of(request).listing(clocks, ("-due_on", "-pk"))
    cases = cases_of(service, listing.rows)
    context = {
        "service": service, "step": step, "clock": ClockLabel(step["clock"]).label, "listing": listing,
        "first": first, "last": last,
        "told": [
            (each, cases.get(each.subject_id), each.state == Clock.State.MET) for each in listing.rows
        ],
        "readable": openable(access, list(cases)),
    }  # fmt: skip
    return render(request, "charters/on_services/step.html", context)
