# SPDX-License-Identifier: EUPL-1.2
"""The same page at the desk, for the person whose request an officer just filed: they ask, and see nothing
that was told before.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Case
from siac.cases.traits.commands import may_be_asked, tell_traits
from siac.cases.traits.forms import TraitsForm
from siac.cases.traits.texts import FREE, NOTHING, THANKS, WHY
from siac.organizations.public import Access, staff_page
from siac.ui.records import record_form


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def traits(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Ask the person whose request the officer filed; only whoever filed it."""
    institution, number = access.institution, parse_folio(folio) or (0, 0)
    own = Case.objects.filter(institution=institution, filed_by=access.user, year=number[0], number=number[1])
    case = own.first()
    if case is None or not may_be_asked(institution, case):
        raise Http404(folio)
    form = TraitsForm(institution, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        tell_traits(institution=institution, case=case, told=form.told, actor=access.user, now=current_time())
        messages.success(request, THANKS if form.told else NOTHING)
        return redirect("workspace:cases:filed", institution.slug, case.folio)

    return record_form(
        request,
        form,
        save,
        title=f"Sobre la persona de {case.folio}",
        back_url=reverse("workspace:cases:filed", args=[institution.slug, case.folio]),
        intro=f"Léaselo antes de preguntar: {WHY} {FREE}",
    )
