# SPDX-License-Identifier: EUPL-1.2
"""The public index of acts and documents declared secret or reserved (art. 23 Ley 20.285)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.reserve.queries import public_entries, public_order
from siac.countries.public import Duty
from siac.infra.readers import read_apart
from siac.organizations.public import Institution, portal_page
from siac.ui.lists import Asked


@require_safe
@read_apart
@portal_page
def reserve_index(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show the index; only bodies in Chile keep one."""
    if Duty.RESERVE_INDEX not in institution.country.duties:
        raise Http404("reserve")
    today = institution.local_date(current_time())
    rows, order = public_order(institution, today)
    listing = Asked.of(request).listing(rows, order)
    context = {
        "listing": listing,
        "rows": public_entries(institution, listing.rows, today),
        "today": today,
    }
    return render(request, "cases/portal/reserve.html", context)
