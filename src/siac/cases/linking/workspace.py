# SPDX-License-Identifier: EUPL-1.2
"""Links taken back on the page of a case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST

from siac.cases.access import case_for
from siac.cases.domain.rights import CaseRight
from siac.cases.linking.commands import unlink_cases
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.public import refusal_text


@require_POST
@staff_page(CaseRight.CLASSIFY)
def unlink(request: HttpRequest, access: Access, folio: str, link_id: int) -> HttpResponse:
    """Take back a link with another case."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.CLASSIFY, now=now, reveals=True)
    try:
        unlink_cases(
            institution=access.institution, case_id=case.pk, link_id=link_id, actor=access.user, now=now
        )
        messages.success(request, "Vínculo quitado.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:case", access.institution.slug, folio)
