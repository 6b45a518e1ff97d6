# SPDX-License-Identifier: EUPL-1.2
"""The answers that wait for whoever must approve them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.access import answers_to_approve, require_reader
from siac.cases.domain.rights import CaseRight
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked


@require_safe
@staff_page(CaseRight.APPROVE)
def approval_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the answers that wait for this user, the one that waits longest first."""
    require_reader(access)
    rows = answers_to_approve(access).select_related("author", "case__text", "case__kind")
    rows = rows.defer("case__text__body", "case__text__search", "case__text__answers", "body", "measures")
    context = {
        "today": access.institution.local_date(current_time()),
        "listing": Asked.of(request).listing(rows, ("submitted_at", "pk")),
    }
    return render(request, "cases/workspace/approvals.html", context)
