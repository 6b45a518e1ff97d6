# SPDX-License-Identifier: EUPL-1.2
"""The page on which whoever sent a request may tell of themselves, from the browser that sent it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from siac.cases.commands.drafts import case_of_draft
from siac.cases.portal.browser import browser_of
from siac.cases.traits.commands import may_be_asked, tell_traits
from siac.cases.traits.forms import TraitsForm
from siac.cases.traits.texts import FREE, NOTHING, THANKS, WHY
from siac.infra.ratelimit import limited
from siac.organizations.public import Institution, portal_page


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@limited("portal.traits", limit=30, window_seconds=3600)
@portal_page
def traits(request: HttpRequest, institution: Institution, key: str) -> HttpResponse:
    """Ask, saying why; what was told before is never shown."""
    now = current_time()
    case = case_of_draft(institution, key, browser=browser_of(request), now=now)
    if case is None:
        return render(request, "cases/portal/receipt_expired.html", status=410)
    if not may_be_asked(institution, case):
        raise Http404(key)
    form = TraitsForm(institution, request.POST or None)
    if form.is_bound and form.is_valid():
        tell_traits(institution=institution, case=case, told=form.told, actor=None, now=now)
        messages.success(request, THANKS if form.told else NOTHING)
        return redirect("portal:cases:receipt", institution.slug, key)
    context = {"form": form, "key": key, "why": WHY, "free": FREE}
    return render(request, "cases/portal/traits.html", context, status=422 if form.is_bound else 200)
