# SPDX-License-Identifier: EUPL-1.2
"""What stands beside a case: links taken back, and who is answering it at this moment."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.cases.access import case_for, may, require_reader, visible_to
from siac.cases.beside import answering, lately_writing
from siac.cases.commands.linking import unlink_cases
from siac.cases.commands.presence import sign_presence
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.rights import CaseRight
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


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def presence(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Tell who else is answering a case; a POST says that this user is.

    The open page asks this time and again.

    Nothing of the case is shown, so nothing is noted in the reader's access stream.
    """
    require_reader(access)
    now, number = current_time(), parse_folio(folio)
    seen = visible_to(access)
    case = seen.filter(year=number[0], number=number[1]).first() if number else None
    if case is None:
        raise Http404(folio)
    if request.method == "POST":
        if not may(access, case, CaseRight.WORK):
            raise PermissionDenied("presence")
        sign_presence(case=case, actor=access.user, now=now)
    context = {"case": case, "others": answering(access, lately_writing(case), now=now)}
    return render(request, "cases/workspace/_presence.html", context)
