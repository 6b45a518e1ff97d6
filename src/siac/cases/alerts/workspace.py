# SPDX-License-Identifier: EUPL-1.2
"""What is near or past its last day, put before whoever must act on it."""

from django.contrib import messages
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.cases.access import require_reader
from siac.cases.alerts.commands import see_alert
from siac.cases.alerts.queries import alerts_for, unseen_alerts
from siac.cases.queries import kinds
from siac.clocks.public import ending_of
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked
from siac.ui.public import refusal_text


@require_safe
@staff_page()
def alert_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the alerts that nobody of the same role has seen yet, the newest first."""
    require_reader(access)
    rows = unseen_alerts(access).select_related("case__text", "case__assignee", "appeal")
    runs, ends_on = ending_of(OuterRef("clock_id"))
    rows = rows.annotate(runs=runs, ends_on=ends_on)
    rows = rows.defer("case__text__body", "case__text__search", "case__text__answers")
    listing = Asked.of(request).listing(rows, ("-pk",))
    by_kind = kinds(access.institution)
    context = {
        "today": access.institution.local_date(current_time()),
        "listing": listing,
        "alerts": [(alert, by_kind[alert.case.kind_id].name) for alert in listing.rows],
    }
    return render(request, "cases/workspace/alerts.html", context)


@require_POST
@staff_page()
def alert_seen(request: HttpRequest, access: Access, alert_id: int) -> HttpResponse:
    """Note that an alert was seen, and whether it was the last one wanted about that term."""
    require_reader(access)
    if not alerts_for(access).filter(pk=alert_id).exists():
        raise Http404(str(alert_id))
    silence = request.POST.get("accion") == "silenciar"
    try:
        see_alert(access=access, alert_id=alert_id, silence=silence, actor=access.user, now=current_time())
        messages.success(
            request, "No habrá más alertas de ese plazo para su cargo." if silence else "Alerta vista."
        )
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:alerts", access.institution.slug)
