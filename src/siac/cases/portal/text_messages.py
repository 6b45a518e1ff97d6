# SPDX-License-Identifier: EUPL-1.2
"""Where a person says no to text messages, or yes again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.cases.models import Case
from siac.cases.portal.following import followed
from siac.cases.texting import texts_sent_by
from siac.infra.ratelimit import limited
from siac.organizations.public import Institution, portal_page
from siac.people.public import choose_texts, texts_choice

DONE = {
    True: "Le avisaremos con mensajes de texto.",
    False: "No le enviaremos más mensajes de texto.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.write", limit=30, window_seconds=3600)
@portal_page
@followed
def text_messages(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Show whether the telephone of the followed case gets text messages, and change it."""
    choice = texts_choice(institution.pk, case.person_id) if case.person_id is not None else None
    if choice is None or not texts_sent_by(institution):
        raise Http404("texts")
    if request.method == "POST":
        wanted = request.POST.get("quiere") == "si"
        choose_texts(institution.pk, case.person_id or 0, wanted=wanted, actor_id=None, now=current_time())
        messages.success(request, DONE[wanted])
        return redirect("portal:cases:case", institution.slug)
    return render(request, "cases/portal/text_messages.html", {"case": case, "wanted": choice})
