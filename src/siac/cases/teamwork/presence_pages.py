# SPDX-License-Identifier: EUPL-1.2
"""Who is answering a case at this moment."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.cases.access import may, require_reader, visible_to
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.teamwork.presence import sign_presence
from siac.cases.teamwork.queries import answering, lately_writing
from siac.organizations.public import Access, staff_page


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
