# SPDX-License-Identifier: EUPL-1.2
"""A screen of a point shows other public pages too: it leads there, and ends all when somebody leaves."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from siac.cases.public import leave_all
from siac.counter.doors import doors_of
from siac.counter.portal.places import point_of, screen_of
from siac.organizations.public import Institution, portal_page
from siac.ui.kiosk import COOKIE, Kiosk, keep_kiosk, kiosk_in, kiosk_of, unkept


@require_safe
@portal_page
def go(request: HttpRequest, institution: Institution, code: str, key: str) -> HttpResponse:
    """Open a door of the screen: from then on the pages know that they are read at it.

    Raises:
        Http404: the point has no such door.
    """
    point = point_of(institution, code)
    found = next(((door, url) for door, url in doors_of(institution, point) if door.key == key), None)
    if found is None:
        raise Http404(key)
    door, url = found
    screen = screen_of(request, institution, point)
    if screen.printer and door.gives_number:
        url = f"{url}?impresora=1"
    return unkept(keep_kiosk(redirect(url), screen))


@require_safe
@portal_page
def aid(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Show the screen in another size of letters or with more contrast, and the same page again."""
    point = point_of(institution, code)
    asked = kiosk_in(request.GET.get("pantalla", "")[:80], institution.slug)
    screen = asked if asked and asked.place == point.code else screen_of(request, institution, point)
    back = request.GET.get("vuelve", "")
    known = url_has_allowed_host_and_scheme(back, None) and back.startswith(f"/{institution.slug}/")
    if not known or back.startswith(f"/{institution.slug}/gestion/"):
        back = reverse("portal:counter:kiosk", args=[institution.slug, point.code])
    return unkept(keep_kiosk(redirect(back), screen))


@require_safe
@portal_page
def leave(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """End everything of whoever was at the screen (session, cookies, what the browser keeps) and show its
    beginning in its usual letters. Elsewhere than at a screen it ends nothing.
    """
    point = point_of(institution, code)
    here = kiosk_of(request, institution.slug)
    screen = Kiosk(
        point.code,
        printer="impresora" in request.GET or bool(here and here.printer),
        slug=institution.slug,
    )
    url = reverse("portal:counter:kiosk", args=[institution.slug, point.code])
    response = unkept(redirect(f"{url}?impresora=1" if screen.printer else url))
    if here is None:
        return response
    request.session.flush()
    for name in request.COOKIES:
        if name != COOKIE:
            response.delete_cookie(name)
    leave_all(request, response, institution)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return keep_kiosk(response, replace(screen, letter=1, contrast=False))
