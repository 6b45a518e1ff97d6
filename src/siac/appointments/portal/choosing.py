# SPDX-License-Identifier: EUPL-1.2
"""What can be booked, and the page where somebody chooses a day and an hour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.appointments.choosing import days_told, unkept
from siac.appointments.models import Agenda
from siac.appointments.queries import agendas, open_agendas
from siac.catalogue.public import services
from siac.organizations.public import Institution, portal_page
from siac.servicepoints.public import service_points


def online_agenda(institution: Institution, agenda_id: int) -> Agenda:
    """Return an agenda that the public sees.

    Raises:
        Http404: there is none; one that takes nothing now is none.
    """
    agenda = agendas(institution).get(agenda_id)
    if agenda is None or agenda not in open_agendas(institution):
        raise Http404(str(agenda_id))
    return agenda


@require_safe
@portal_page
def agenda_list(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List what can be booked, by point; of one service or point where the address says so (no SQL when
    warm).
    """
    points, given = service_points(institution), services(institution)
    service, point = request.GET.get("servicio", ""), request.GET.get("punto", "")
    found: dict[int, list[Agenda]] = {}
    for agenda in open_agendas(institution):
        is_service = agenda.service_id in given and given[agenda.service_id].code == service
        if (not service or is_service) and (not point or points[agenda.point_id].code == point):
            found.setdefault(agenda.point_id, []).append(agenda)
    shown = [(points[pk], rows) for pk, rows in found.items()]
    context = {"points": shown, "narrowed": bool(service or point)}
    return render(request, "appointments/portal/agendas.html", context)


@require_safe
@portal_page
def choose(request: HttpRequest, institution: Institution, agenda_id: int) -> HttpResponse:
    """Choose a day with room, and an hour of it (3 SQL when warm)."""
    agenda = online_agenda(institution, agenda_id)
    context = days_told(institution, agenda, request.GET.dict(), now=current_time())
    return unkept(render(request, "appointments/portal/choose.html", context))
