# SPDX-License-Identifier: EUPL-1.2
"""The page of signs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.indicators.public import data_state
from siac.organizations.public import Access, staff_page
from siac.reporting.domain.rights import ReportRight
from siac.reporting.signs.reading import LOOKED_AT, signs


@require_safe
@staff_page(ReportRight.SIGNS)
def sign_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what looks unusual, each with its cases."""
    body = access.institution

    def to_things(key: str, query: str) -> str:
        return f"{reverse('workspace:indicators:things', args=[body.slug, key])}?{query}"

    found = signs(body, today=body.local_date(current_time()), to_things=to_things)
    data_time, _ = data_state(body)
    context = {"sorts": found, "days": LOOKED_AT, "data_time": data_time}
    return render(request, "reporting/workspace/signs.html", context)
