# SPDX-License-Identifier: EUPL-1.2
"""The screen of a point where whoever has an appointment gets their number."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.appointments.choosing import unkept
from siac.appointments.commands.arriving import arrive_by_code
from siac.appointments.queries import agendas
from siac.infra.ratelimit import client_address, hit
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.servicepoints.public import ServicePoint, service_points
from siac.ui.public import refusal_text

MOST_CODES = 120
"""Codes that one address tries in an hour: a whole office stands behind one, and codes are 887 million."""


def kiosk_door(institution: Institution, point: ServicePoint) -> str:
    """Return where the screen that gives numbers leads whoever has an appointment; empty where none can be
    had. No SQL when warm.
    """
    has_any = any(each.point_id == point.pk and each.is_active for each in agendas(institution).values())
    return reverse("portal:appointments:arrive", args=[institution.slug, point.code]) if has_any else ""


def booking_door(institution: Institution, point: ServicePoint) -> str:
    """Return where whoever a point could not attend books an hour; empty where none can be had. No SQL when
    warm.
    """
    has_any = kiosk_door(institution, point)
    return reverse("portal:appointments:agendas", args=[institution.slug]) if has_any else ""


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def arrive(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Ask for the code of an appointment and give a number (no SQL to show when warm)."""
    known = service_points(institution).values()
    point = next((each for each in known if each.code == code and each.is_active), None)
    if point is None or not kiosk_door(institution, point):
        raise Http404(code)
    now, problem, status = current_time(), "", 200
    sent = request.POST if request.method == "POST" else request.GET
    printer = "impresora" in sent
    if request.method == "POST":
        verdict = hit("appointments.arrive", client_address(request), MOST_CODES, 3600, now)
        try:
            if not verdict.allowed:
                raise Refused("arrival_unknown")
            row, _ = arrive_by_code(
                institution=institution, point_id=point.pk, code=request.POST.get("codigo", ""),
                priority=request.POST.get("preferente", ""), now=now,
            )  # fmt: skip
            token = row.visit.token if row.visit else ""
            url = reverse("portal:counter:ticket", args=[institution.slug, point.code, token])
            return unkept(redirect(f"{url}?impresora=1" if printer else url))
        except Refused as refused:
            problem, status = refusal_text(refused), 422 if verdict.allowed else 429
    restart = reverse("portal:counter:kiosk", args=[institution.slug, point.code])
    context = {
        "point": point, "problem": problem, "typed": request.POST.get("codigo", "")[:20], "printer": printer,
        "preferred": institution.country.preferred, "chosen": request.POST.get("preferente", ""),
        "restart_url": f"{restart}?impresora=1" if printer else restart,
    }  # fmt: skip
    return unkept(render(request, "appointments/portal/arrive.html", context, status=status))
