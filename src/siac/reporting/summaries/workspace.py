# SPDX-License-Identifier: EUPL-1.2
"""The page of summaries: those that were made, asking for one, and how often one is made by itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.reporting.domain.rights import ReportRight
from siac.reporting.frozen.workspace import ORDER, listed, with_periods
from siac.reporting.models import SummarySchedule
from siac.reporting.summaries.commands import ask_for_summary, save_schedule
from siac.reporting.summaries.forms import AskForm, ScheduleForm
from siac.ui.lists import Asked
from siac.ui.public import refusal_text

_LIST, _ONE = "workspace:reporting:summaries", "workspace:reporting:summary"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.FIGURES)
def summary_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the summaries of the body; whoever may has one made, or says how often."""
    body, now = access.institution, current_time()
    may_make = access.has(ReportRight.MAKE)
    if request.method == "POST" and not may_make:
        raise PermissionDenied
    every = SummarySchedule.objects.filter(institution=body).values_list("every", flat=True).first() or ""
    ordering = request.method == "POST" and "every" in request.POST
    asking = AskForm(
        request.POST if request.method == "POST" and not ordering else None, today=body.local_date(now)
    )
    schedule = ScheduleForm(request.POST if ordering else None, initial={"every": every})
    if ordering and schedule.is_valid():
        save_schedule(institution=body, every=schedule.cleaned_data["every"], actor=access.user, now=now)
        messages.success(request, "Guardado.")
        return redirect(_LIST, body.slug)
    if request.method == "POST" and not ordering and asking.is_valid():
        length, first = asking.chosen
        try:
            row = ask_for_summary(institution=body, length=length, first=first, actor=access.user, now=now)
            return redirect(_ONE, body.slug, row.pk)
        except Refused as refused:
            asking.refuse(refusal_text(refused))
    listing = Asked.of(request).listing(listed(access, None), ORDER)
    context = {
        "listing": listing,
        "rows": with_periods(listing.rows),
        "route": _ONE,
        "asking": asking,
        "schedule": schedule,
        "may_make": may_make,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reporting/workspace/summaries.html", context, status=status)
