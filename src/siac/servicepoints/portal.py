# SPDX-License-Identifier: EUPL-1.2
"""The public pages of places: where people are attended, which are open and near, and all of one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.catalogue.public import services
from siac.infra.pdf import PdfUnavailable
from siac.infra.ratelimit import limited
from siac.kernel.text import fold, sort_key
from siac.organizations.public import Institution, portal_page
from siac.servicepoints.domain.mapping import Mark, Outline, PointMap, point_map
from siac.servicepoints.domain.types import point_types
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.nearest import Origin, distance, nearness, origin_of
from siac.servicepoints.outlines import outline_of
from siac.servicepoints.papers import facts, point_paper
from siac.servicepoints.point_panels import point_panels
from siac.servicepoints.queries import care_told, hours_words, service_points
from siac.servicepoints.telling import Standing, linked_data, listed_points, point_told, standings
from siac.ui.linked import in_page
from siac.ui.lists import Asked, Filter

SHOWN = 40
"""Places of a page of the list."""


def _filters(institution: Institution, points: Sequence[ServicePoint]) -> list[Filter]:
    communes = sorted({point.commune for point in points if point.commune}, key=sort_key)
    kinds = {point.kind for point in points}
    local = "Comuna" if institution.country.places.local == "commune" else "Localidad"
    given = services(institution)
    asked = {pk for point in points for pk in point.service_ids}
    known = (pk for pk in asked if pk in given and given[pk].is_active)
    shown = sorted(known, key=lambda pk: given[pk].sort_key)
    return [
        Filter("cerca", f"Cerca de ({local.lower()})", suggests="comunas"),
        Filter("comuna", local, [(each, each) for each in communes], every="Todas"),
        Filter("tipo", "Tipo", [(code, each.name) for code, each in point_types().items() if code in kinds]),
        Filter("servicio", "Servicio", [(given[pk].code, given[pk].name) for pk in shown]),
        Filter("abierto", "Horario", [("ahora", "Abiertos ahora")], every="Cualquiera"),
    ]


@require_safe
@portal_page
def point_list(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List the places where people are attended, with a map: of a commune, of a type, open now, or the
    nearest first (2 SQL when warm).
    """
    now = current_time()
    points = listed_points(service_points(institution).values(), institution.local_date(now))
    asked = Asked.of(request, *_filters(institution, points))
    outline = outline_of(institution)
    typed = asked.kept.get("cerca", "")
    origin = origin_of(institution, typed, points, outline) if typed else None
    narrowed = _narrowed(institution, points, asked.kept)
    found = [each for each in standings(narrowed, now) if "abierto" not in asked.kept or each.is_open]
    if origin is not None:
        near = origin
        found.sort(key=lambda each: nearness(near, each.point))
    places = [each for each in found if each.point.type.is_place]
    remote = [each for each in found if not each.point.type.is_place]
    page, locals_ = _page(request, len(places)), institution.country.places.locals
    begin = (page - 1) * SHOWN
    shown = [_row(at, each, origin) for at, each in enumerate(places, start=1)][begin : begin + SHOWN]
    context = {
        "asked": asked, "places": shown, "count": len(places),
        "remote": [_row(0, each, None) for each in remote if page == 1],
        "map": _map([row["standing"] for row in shown], begin, outline, locals_),
        "unplaced": sum(not (row["near"] or row["point"].hours.visits) for row in shown),
        "origin": origin, "typed": typed, "page": page,
        "communes": _typed(locals_, points) if places else [],
        "previous_url": asked.url(pagina=str(page - 1)) if page > 1 else "",
        "next_url": asked.url(pagina=str(page + 1)) if begin + SHOWN < len(places) else "",
        "has_any": bool(points),
    }  # fmt: skip
    return render(request, "servicepoints/portal/points.html", context)


def _typed(known: Mapping[str, str], points: Sequence[ServicePoint]) -> list[str]:
    """Return what may be typed: the communes of the country, else those where there are places."""
    return sorted({*known.values()} or {point.commune for point in points if point.commune}, key=sort_key)


def _narrowed(
    institution: Institution, points: Sequence[ServicePoint], kept: dict[str, str]
) -> list[ServicePoint]:
    given = services(institution)
    code = kept.get("servicio")
    wanted = next((pk for pk, each in given.items() if each.code == code), None) if code else None
    return [
        point
        for point in points
        if kept.get("comuna") in (None, point.commune)
        and kept.get("tipo") in (None, point.kind)
        and (wanted is None or wanted in point.service_ids)
    ]


def _page(request: HttpRequest, count: int) -> int:
    typed = request.GET.get("pagina", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return max(1, min(number, -(-count // SHOWN)))


def _row(number: int, standing: Standing, origin: Origin | None) -> dict[str, Any]:
    point = standing.point
    is_elsewhere = origin is not None and fold(point.commune) != fold(origin.name)
    far = distance(origin, point) if origin is not None and is_elsewhere else None
    return {
        "where": " · ".join(filter(None, (point.type.name, point.address, point.commune))),
        "number": number, "standing": standing, "point": point, "hours": hours_words(point),
        "distance": _far(far),
        "near": [f"{each:.6f}" for each in point.coordinates or ()],
    }  # fmt: skip


def _far(distance: Decimal | None) -> str:
    """Return how far a place is in words; empty where nobody knows."""
    if distance is None:
        return ""
    return f"a unos {distance:.{int(distance < 10)}f} km".replace(".", ",")


def _map(
    shown: Sequence[Standing], begin: int, outline: Outline | None, names: Mapping[str, str]
) -> PointMap | None:
    marks = [
        Mark(number, each.point.name, place, each.is_open)
        for number, each in enumerate(shown, start=begin + 1)
        if (place := each.point.coordinates) is not None
    ]
    return point_map(marks, outline, names)


def _point(institution: Institution, code: str) -> ServicePoint:
    known = service_points(institution).values()
    found = next((point for point in known if point.code == code and point.is_active), None)
    if found is None:
        raise Http404(code)
    return found


def _url(point: ServicePoint) -> str:
    path = reverse("portal:servicepoints:point", args=[point.institution.slug, point.code])
    return f"{settings.SITE_URL}{path}"


@require_safe
@portal_page
def point(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Show a place whole: whether it is open, its days, how to get there and in, what is done there (2 SQL
    when warm).
    """
    found, now = _point(institution, code), current_time()
    told = point_told(found, now)
    today = now.astimezone(found.zone).date()
    outline = outline_of(institution) if found.coordinates else None
    context = {
        "point": found, "told": told, "today": today,
        "facts": [row for row in facts(found, told) if row[1] and row[0] != "Horario"],
        "care": care_told(institution, found.channel_codes),
        "panels": point_panels(found),
        "map": _map([told.standing], 0, outline, {}),
        "linked": in_page(linked_data(found, _url(found), today)),
    }  # fmt: skip
    return render(request, "servicepoints/portal/point.html", context)


@require_safe
@limited("servicepoints.sheet", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def sheet(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Give a place on one sheet (PDF)."""
    found, now = _point(institution, code), current_time()
    today = now.astimezone(found.zone).date()
    try:
        made = point_paper(found, point_told(found, now), _url(found), today=today)
    except PdfUnavailable:
        return render(request, "servicepoints/portal/no_sheet.html", {"point": found}, status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.code}.pdf"'
    return response
