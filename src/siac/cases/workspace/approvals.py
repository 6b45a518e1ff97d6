# SPDX-License-Identifier: EUPL-1.2
"""The answers that wait for whoever must approve them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.access import answers_to_approve, require_reader
from siac.cases.domain.rights import CaseRight
from siac.infra.keyset import BadCursor, page
from siac.organizations.public import Access, staff_page

PAGE_SIZE = 50


@require_safe
@staff_page(CaseRight.APPROVE)
def approval_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the answers that wait for this user, the one that waits longest first."""
    require_reader(access)
    rows = answers_to_approve(access).select_related("author", "case__text", "case__kind")
    rows = rows.defer("case__text__body", "case__text__search", "case__text__answers", "body", "measures")
    try:
        shown = page(
            rows.order_by(),
            ("submitted_at", "pk"),
            cursor=request.GET.get("desde_fila") or None,
            size=PAGE_SIZE,
        )
    except BadCursor:
        return redirect(request.path)
    context = {
        "today": access.institution.local_date(current_time()),
        "drafts": shown.rows,
        "next_url": f"{request.path}?desde_fila={shown.next}" if shown.next else "",
        "previous_url": f"{request.path}?desde_fila={shown.previous}" if shown.previous else "",
    }
    return render(request, "cases/workspace/approvals.html", context)
