# SPDX-License-Identifier: EUPL-1.2
"""Handing a case to the unit that is suggested for it, from the list and back to it, in one press."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST

from siac.cases.access import case_for
from siac.cases.deeds import deeds
from siac.cases.domain.rights import CaseRight
from siac.cases.workspace.beside_in_list import list_address
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, unit_tree
from siac.ui.public import refusal_text


@require_POST
@staff_page(CaseRight.CLASSIFY)
def refer_here(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Refer a case as its own page would, and go back to the list as it was."""
    action, now = deeds()["derivar"], current_time()
    case = case_for(access, folio, to=action.right, now=now)
    if not action.open_to(access, case):
        raise PermissionDenied(action.code)
    form = action.sent(request, access, case)
    if form.is_valid():
        try:
            done = action.command(
                institution=access.institution,
                case_id=case.pk,
                actor=access.user,
                now=now,
                **form.cleaned_data,
            )
            unit = unit_tree(access.institution).nodes[done.unit_id or 0]
            messages.success(request, f"{case.folio} quedó en {unit.name}.")
        except Refused as refused:
            messages.error(request, f"{case.folio} no se derivó. {refusal_text(refused)}")
    else:
        messages.error(request, f"{case.folio} no se derivó: esa unidad ya no existe o está cerrada.")
    return redirect(list_address(request, access))
