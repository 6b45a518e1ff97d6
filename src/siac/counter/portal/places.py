# SPDX-License-Identifier: EUPL-1.2
"""The point of a page, and the screen that shows it."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from siac.counter.queries import lines_of
from siac.organizations.public import Institution
from siac.servicepoints.public import ServicePoint, service_points
from siac.ui.kiosk import Kiosk, kiosk_of

FIRST, CHOOSING = 60, 40
"""Seconds after which the beginning is shown anew, and after which a choice that nobody goes on with ends."""


def point_of(institution: Institution, code: str) -> ServicePoint:
    """Return the point in use with a code that has lines; no SQL when warm.

    Raises:
        Http404: there is none.
    """
    known = service_points(institution).values()
    point = next((each for each in known if each.code == code and each.is_active), None)
    if point is None or not lines_of(institution, point.pk):
        raise Http404(code)
    return point


def screen_of(
    request: HttpRequest, institution: Institution, point: ServicePoint, *, is_first: bool = False
) -> Kiosk:
    """Return how the screen of a point shows its own pages: as its cookie says, or as usual. No SQL."""
    kept = kiosk_of(request, institution.slug)
    if kept is None or kept.place != point.code:
        asked = request.POST if request.method == "POST" else request.GET
        kept = Kiosk(point.code, printer="impresora" in asked, slug=institution.slug)
    return replace(kept, is_first=is_first, seconds=FIRST if is_first else CHOOSING)


def reset_url(kiosk: Kiosk) -> str:
    """Return where everything of a person ends at a screen; one that prints goes on printing."""
    url = reverse("portal:counter:leave", args=[kiosk.slug, kiosk.place])
    return f"{url}?impresora=1" if kiosk.printer else url


def aid_url(kiosk: Kiosk) -> str:
    """Return where a screen is asked to be shown as `kiosk` says; `vuelve` is added: where to."""
    url = reverse("portal:counter:aid", args=[kiosk.slug, kiosk.place])
    return f"{url}?{urlencode({'pantalla': kiosk.cookie})}"
