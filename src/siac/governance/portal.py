# SPDX-License-Identifier: EUPL-1.2
"""What bodies agreed, as everybody reads it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.governance.domain.states import AgreementState
from siac.governance.queries import published_agreements, publishes
from siac.governance.texts import AGREEMENT_STATES
from siac.organizations.public import Institution, portal_page
from siac.ui.lists import Asked


@require_safe
@portal_page
def agreed(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show what bodies that publish agreed, the latest first: what, who answers, until when, what became of
    it (3 SQL).

    Raises:
        Http404: no body publishes.
    """
    if not publishes(institution):
        raise Http404("agreements")
    listing = Asked.of(request).listing(published_agreements(institution), ("-agreed_at", "-pk"))
    context = {
        "listing": listing,
        "rows": [(row, AGREEMENT_STATES[AgreementState(row.state)]) for row in listing.rows],
    }
    return render(request, "governance/portal/agreements.html", context)
