# SPDX-License-Identifier: EUPL-1.2
"""Filing in a frame of another site: the pages of the portal without cookies, for the sites of the body."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.commands.drafts import end_receipt, is_key
from siac.cases.embedding.queries import origins
from siac.cases.portal.browser import new_browser
from siac.cases.portal.door import Door, opened
from siac.cases.portal.filing import check_at, choose_at, fill_at, receipt_at, receipt_paper_at
from siac.infra.ratelimit import limited
from siac.organizations.public import Institution, portal_page
from siac.ui.framing import ANYBODY, frame_in
from siac.ui.kept import is_foreign

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Institution, P], HttpResponseBase]


def framed(view: View[P], *, begun: bool = False) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let the sites of the body show a page in a frame; where it named none there is no such page (1 SQL).

    `begun`: it opens by the address of a draft alone, in whatever site that was begun: who has written
    something sends it and sees their receipt, although the site was removed meanwhile.

    Nothing is read from cookies and none is left. What another site makes a browser send is refused all the
    same: it would be sent from the addresses of its visitors.
    """

    @wraps(view)
    def of_body(
        request: HttpRequest, institution: Institution, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if begun:
            return view(request, institution, *args, **kwargs)
        sites = origins(institution)
        frame_in(request, sites)
        if not sites:
            raise Http404("no site shows the form")
        return view(request, institution, *args, **kwargs)

    page: Any = portal_page(of_body)

    @csrf_exempt
    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        frame_in(request, ANYBODY)
        if request.method == "POST" and is_foreign(request):
            raise PermissionDenied("sent by another site")
        response: HttpResponseBase = page(request, *args, **kwargs)
        return response

    return shown


def _door(institution: Institution, browser: str = "") -> Door:
    return Door(institution.slug, browser if is_key(browser) else new_browser(), is_framed=True)


@framed
@require_safe
def choose(request: HttpRequest, institution: Institution) -> HttpResponseBase:
    """Choose by need."""
    return choose_at(request, institution, _door(institution))


@framed
@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.form", limit=60, window_seconds=3600)
def fill(request: HttpRequest, institution: Institution, kind: str) -> HttpResponseBase:
    """Fill in one page; what is typed is kept for a day under an address that is told to nobody else."""
    key, browser = opened(request.POST.get("borrador") or request.GET.get("borrador") or "")
    return fill_at(request, institution, kind, key, _door(institution, browser))[0]


@partial(framed, begun=True)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.send", limit=30, window_seconds=3600)
def check(request: HttpRequest, institution: Institution, key: str) -> HttpResponseBase:
    """Show what will be sent; sending it twice files it once."""
    draft, browser = opened(key)
    return check_at(request, draft, _door(institution, browser))


@partial(framed, begun=True)
@require_safe
def receipt(request: HttpRequest, institution: Institution, key: str) -> HttpResponseBase:
    """Show the receipt of what was sent within the last day."""
    draft, browser = opened(key)
    return receipt_at(request, institution, draft, _door(institution, browser))


@partial(framed, begun=True)
@require_POST
@limited("portal.form", limit=60, window_seconds=3600)
def end(request: HttpRequest, institution: Institution, key: str) -> HttpResponseBase:
    """Close the receipt: whoever uses that computer next cannot go back to it."""
    draft, browser = opened(key)
    door = _door(institution)
    if not end_receipt(institution, draft, browser=browser, now=current_time()):
        return render(request, "cases/portal/receipt_expired.html", {"door": door}, status=410)
    context = {"door": door, "goes_on": bool(origins(institution))}
    response = render(request, "cases/portal/ended.html", context)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@partial(framed, begun=True)
@require_safe
@limited("portal.receipt_pdf", limit=60, window_seconds=3600, methods=("GET",))
def receipt_paper(request: HttpRequest, institution: Institution, key: str) -> HttpResponseBase:
    """Give the receipt as PDF."""
    draft, browser = opened(key)
    return receipt_paper_at(request, institution, draft, _door(institution, browser))
