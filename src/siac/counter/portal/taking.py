# SPDX-License-Identifier: EUPL-1.2
"""What the people who come see: the screen that gives numbers, the one that calls, their place on a phone."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.counter.commands.tickets import take_ticket
from siac.counter.domain.queueing import range_words
from siac.counter.domain.states import WAITS
from siac.counter.doors import doors_of
from siac.counter.models import Visit
from siac.counter.offers import offers_of
from siac.counter.portal.places import point_of, screen_of
from siac.counter.queries import desks, lines, lines_of, snapshot, stage_of, visit_by_token
from siac.infra.pdf import qr_svg
from siac.infra.ratelimit import client_address, hit
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.servicepoints.public import ServicePoint, hours_words, service_points
from siac.ui.kiosk import unkept
from siac.ui.public import refusal_text

MOST_TICKETS = 300
"""Numbers that one address takes in an hour: a whole office stands behind one."""
SHOWN_FOR = timedelta(minutes=5)
"""So long the screen shows a ticket to whoever took it."""
CHOICES = 4
"""Lines that one page of the screen offers: more are more than one takes in standing."""
NEAR, SOON, LATER = 3, 10, 30
"""Whose turn is at most so many people away asks every `SOON` seconds, others every `LATER`."""


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def kiosk(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Offer the lines of a point, and give a number (5 SQL to show; 8 to give)."""
    point = point_of(institution, code)
    if request.method == "POST":
        return _taken(request, institution, point)
    return _offered(request, institution, point)


def _taken(request: HttpRequest, institution: Institution, point: ServicePoint) -> HttpResponse:
    now = current_time()
    verdict = hit("counter.ticket", client_address(request), MOST_TICKETS, 3600, now)
    if not verdict.allowed:
        words = "Esta pantalla dio demasiados números. Pida ayuda en el mesón."
        return _offered(request, institution, point, problem=words, status=429)
    offered = {str(line.pk): line.pk for line in lines_of(institution, point.pk)}
    try:
        visit = take_ticket(
            institution=institution, line_id=offered.get(request.POST.get("fila", ""), 0),
            priority=request.POST.get("preferente", ""), now=now,
        )  # fmt: skip
    except Refused as refused:
        return _offered(request, institution, point, problem=refusal_text(refused), status=422)
    url = reverse("portal:counter:ticket", args=[institution.slug, point.code, visit.token])
    return unkept(redirect(f"{url}?impresora=1" if "impresora" in request.POST else url))


def _offered(
    request: HttpRequest, institution: Institution, point: ServicePoint, problem: str = "", status: int = 200
) -> HttpResponse:
    offered = lines_of(institution, point.pk)
    room = snapshot(institution, point.pk, now=current_time())
    asked = request.POST if request.method == "POST" else request.GET
    preferred = {each.code: each for each in institution.country.preferred}
    chosen = preferred.get(str(asked.get("preferente", "")))
    pages = -(-len(offered) // CHOICES)
    typed = str(asked.get("pagina", ""))
    page = min(int(typed), pages) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 1
    page = max(1, page)
    is_first = not (chosen or problem or "pedir" in asked) and page == 1
    screen = screen_of(request, institution, point, is_first=is_first)
    context = {
        "point": point,
        "lines": [
            {
                "line": line,
                "range": range_words(room.range_of(line.pk)),
                "waiting": sum(each.line_id == line.pk for each in room.waiting),
            }
            for line in offered[(page - 1) * CHOICES : page * CHOICES]
        ],
        "doors": doors_of(institution, point),
        "hours": hours_words(point),
        "is_halted": room.is_halted,
        "page": page,
        "next_page": page % pages + 1 if pages > 1 else 0,
        "preferred": list(preferred.values()),
        "asks": "pedir" in asked,
        "chosen": chosen,
        "printer": screen.printer,
        "problem": problem,
        "restart_url": screen.reset_url,
        "is_first": is_first,
        "kiosk": screen,
    }
    return unkept(render(request, "counter/portal/kiosk.html", context, status=status))


def _visit(institution: Institution, token: str) -> Visit:
    visit = visit_by_token(institution, token)
    if visit is None:
        raise Http404("visit")
    return visit


def _place(institution: Institution, visit: Visit) -> dict[str, Any]:
    """Return what the pages of a ticket say of it (5 SQL, 1 where the room was just read)."""
    stage, now = stage_of(visit), current_time()
    known = lines(institution)[stage.line_id]
    room = snapshot(institution, visit.point_id, now=now)
    mine = room.of(visit.pk)
    ahead = room.ahead(stage.line_id, mine)
    desk = desks(institution).get(stage.desk_id or 0)
    return {
        "visit": visit,
        "state": stage.state,
        "waits": stage.state in WAITS,
        "line": known,
        "desk": desk,
        "ahead": ahead,
        "range": range_words(room.range_of(stage.line_id, mine)),
        "every": SOON if ahead <= NEAR else LATER,
        "hours": hours_words(service_points(institution)[visit.point_id]),
        "offers": offers_of(institution, service_points(institution)[visit.point_id]),
        "is_over": stage.state in ("ended", "closed"),
        "point": service_points(institution)[visit.point_id],
    }


@lru_cache(maxsize=256)
def _qr(path: str) -> SafeString:
    """Return the code that leads a phone to a page of ours."""
    return mark_safe(qr_svg(f"{settings.SITE_URL}{path}").decode())  # noqa: S308 - drawn here, of our own address


@require_safe
@portal_page
def ticket(request: HttpRequest, institution: Institution, code: str, token: str) -> HttpResponse:
    """Show the number that was just taken on the screen, to read, print or take along by QR; whoever comes
    later finds the beginning.
    """
    point = point_of(institution, code)
    screen = screen_of(request, institution, point)
    visit = _visit(institution, token)
    if visit.point_id != point.pk:
        raise Http404("visit")
    if current_time() - visit.taken_at > SHOWN_FOR:
        return unkept(redirect(screen.reset_url))
    path = reverse("portal:counter:place", args=[institution.slug, token])
    context = {
        **_place(institution, visit),
        "qr": _qr(path),
        "address": f"{settings.SITE_URL}{path}",
        "restart_url": screen.reset_url,
        "printer": screen.printer,
        "kiosk": screen,
    }
    return unkept(render(request, "counter/portal/ticket.html", context))


@require_safe
@portal_page
def place(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Show somebody their place on their own phone."""
    context = _place(institution, _visit(institution, token))
    return unkept(render(request, "counter/portal/place.html", context))


@require_safe
@portal_page
def display(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Show whom the desks of a point call, and how long others wait: all screens and phones of it read the
    same rows (5 SQL, 1 where they were just read).
    """
    point = point_of(institution, code)
    now = current_time()
    room = snapshot(institution, point.pk, now=now)
    known, places = lines(institution), desks(institution)
    called = [
        {
            "code": each.code,
            "key": f"{each.stage_id}-{each.calls}",
            "desk": places[each.desk_id].name,
            "line": known[each.line_id].name,
            "calls": each.calls,
        }
        for each in room.called
        if each.desk_id in places
    ]
    context = {
        "point": point,
        "now": now,
        "qr": _qr(reverse("portal:counter:display", args=[institution.slug, point.code])),
        "first": called[0] if called else None,
        "called": called[1:],
        "lines": [(line, range_words(room.range_of(line.pk))) for line in lines_of(institution, point.pk)],
    }
    return unkept(render(request, "counter/portal/display.html", context))
