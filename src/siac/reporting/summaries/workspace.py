# SPDX-License-Identifier: EUPL-1.2
"""The pages of summaries: those that were made, one of them, and its paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, StaffRight, staff_page
from siac.reporting.domain.rights import ReportRight
from siac.reporting.models import Summary, SummarySchedule
from siac.reporting.summaries.commands import ask_for_summary, go_on_with_summary, save_schedule
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
    rows = Summary.objects.filter(institution=body).defer("paper", "content").select_related("asked_by")
    context = {
        "listing": Asked.of(request).listing(rows, ("-last", "-pk")),
        "asking": asking,
        "schedule": schedule,
        "may_make": may_make,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reporting/workspace/summaries.html", context, status=status)


@require_safe
@staff_page(StaffRight.FIGURES)
def summary(request: HttpRequest, access: Access, summary_id: int) -> HttpResponse:
    """Show what a summary says, or how far it is."""
    row = _of(access, summary_id)
    context = {
        "row": row,
        "told": row.content,
        "is_made": row.state == WorkState.DONE,
        "may_make": access.has(ReportRight.MAKE),
    }
    return render(request, "reporting/workspace/summary.html", context)


@require_POST
@staff_page(ReportRight.MAKE)
def go_on(request: HttpRequest, access: Access, summary_id: int) -> HttpResponse:
    """Have a summary made that broke off."""
    _of(access, summary_id)
    try:
        go_on_with_summary(institution=access.institution, summary_id=summary_id, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, summary_id)


@require_safe
@staff_page(StaffRight.FIGURES)
def paper(request: HttpRequest, access: Access, summary_id: int) -> HttpResponse:
    """Hand out the paper of a summary as it was made."""
    row = _of(access, summary_id)
    if row.state != WorkState.DONE:
        raise Http404("summary")
    response = HttpResponse(bytes(row.paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="resumen-{row.first}-{row.last}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _of(access: Access, pk: int) -> Summary:
    rows = Summary.objects.filter(institution=access.institution).select_related("asked_by")
    return get_object_or_404(rows, pk=pk)
