# SPDX-License-Identifier: EUPL-1.2
"""The page of a third party: what is asked that may affect it, and its word on that.

It never learns who asks.
"""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.cases.hearing.commands import record_stand
from siac.cases.hearing.forms import StandForm
from siac.cases.hearing.notices import THIRD_PARTIES
from siac.cases.models import ThirdParty
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.ui.public import refusal_text

VALID_SECONDS = 90 * 24 * 60 * 60


def _third(institution: Institution, token: str) -> ThirdParty | None:
    try:
        pk = THIRD_PARTIES.unsign(token, max_age=VALID_SECONDS)
    except BadSignature:
        return None
    return (
        ThirdParty.objects.filter(institution=institution, pk=pk)
        .select_related("asked", "case__text", "case__kind")
        .first()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.third_party", limit=30, window_seconds=3600)
@portal_page
def third_party(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Show what is asked and take the answer; once given, or late, the page says so."""
    third = _third(institution, token)
    if third is None:
        raise Http404("third party")
    form = StandForm(request.POST, request.FILES) if request.method == "POST" else StandForm()
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            record_stand(
                institution=institution,
                third_party_id=third.pk,
                objects=values["objects"],
                body=values["body"],
                files=values["attachments"],
                actor=None,
                now=current_time(),
            )
            return redirect("portal:cases:third_party", institution.slug, token)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    today = institution.local_date(current_time())
    context = {
        "third": third,
        "form": form,
        "may_answer": third.stand == ThirdParty.Stand.PENDING and today <= third.until,
    }
    return render(request, "cases/portal/third_party.html", context, status=422 if form.is_bound else 200)
