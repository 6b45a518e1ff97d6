# SPDX-License-Identifier: EUPL-1.2
"""What a third party said, written down by staff."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.cases.access import case_for
from siac.cases.domain.rights import CaseRight
from siac.cases.hearing.commands import record_stand
from siac.cases.hearing.forms import StandForm
from siac.cases.models import Case, ThirdParty
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.public import refusal_text


def _third_party(case: Case, third_party_id: int) -> ThirdParty | None:
    """Return one third party of a case, with what it was told (1 SQL)."""
    return ThirdParty.objects.filter(case=case, pk=third_party_id).select_related("asked").first()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.WORK)
def stand(request: HttpRequest, access: Access, folio: str, third_party_id: int) -> HttpResponse:
    """Write down what a third party answered."""
    case = case_for(access, folio, to=CaseRight.WORK, now=current_time())
    third = _third_party(case, third_party_id)
    if third is None:
        raise Http404(str(third_party_id))
    form = StandForm(request.POST, request.FILES) if request.method == "POST" else StandForm()
    if form.is_bound and form.is_valid():
        try:
            record_stand(
                institution=access.institution,
                third_party_id=third.pk,
                actor=access.user,
                now=current_time(),
                objects=form.cleaned_data["objects"],
                body=form.cleaned_data["body"],
                files=form.cleaned_data["attachments"],
            )
            messages.success(request, "Respuesta del tercero guardada.")
            return redirect("workspace:cases:case", access.institution.slug, folio)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"case": case, "third": third, "form": form}
    return render(request, "cases/workspace/stand.html", context, status=422 if form.is_bound else 200)
