# SPDX-License-Identifier: EUPL-1.2
"""Taking a case out whole: asked for here, made by the worker, handed out for a day to whoever asked."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import case_for, people_hidden_from, sees_all_of
from siac.cases.domain.rights import CaseRight
from siac.cases.dossiers.preparing import begin_case_file
from siac.cases.models import Dossier, DossierForm, DossierState, Edition
from siac.documents.public import attachment, download_response
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.people.public import PeopleRight
from siac.ui.forms import Form

SHOWN = 20


class CaseFileForm(Form):
    """In which form a case file leaves."""

    form = forms.ChoiceField(
        label="Forma",
        choices=DossierForm.choices,
        initial=DossierForm.PDF,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija la forma.", "invalid_choice": "Elija la forma."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.EXPORT)
def case_file(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Offer the file of a case and show who took it before; a POST starts making it."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.EXPORT, now=now)
    form = CaseFileForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made = begin_case_file(
            access=access, case=case, edition=Edition.COMPLETE, form=form.cleaned_data["form"], now=now
        )
        return redirect("workspace:cases:dossier", access.institution.slug, made.pk)
    context = {
        "case": case,
        "form": form,
        "dossiers": Dossier.objects.filter(case=case).select_related("requested_by")[:SHOWN],
    }
    return render(request, "cases/workspace/case_file.html", context, status=422 if form.is_bound else 200)


def _own(access: Access, dossier_id: int) -> Dossier:
    """Return a dossier of this very user; anybody else's does not exist."""
    found = (
        Dossier.objects.filter(institution=access.institution, requested_by=access.user, pk=dossier_id)
        .select_related("case")
        .first()
    )
    if found is None:
        raise Http404(str(dossier_id))
    return found


@require_safe
@staff_page(CaseRight.EXPORT)
def dossier(request: HttpRequest, access: Access, dossier_id: int) -> HttpResponse:
    """Show how far a dossier is; refreshes itself until it is there."""
    made = _own(access, dossier_id)
    context = {"dossier": made, "refreshes": made.state == DossierState.WAITING}
    return render(request, "cases/workspace/dossier.html", context)


@require_safe
@staff_page(CaseRight.EXPORT)
def dossier_file(request: HttpRequest, access: Access, dossier_id: int) -> HttpResponseBase:
    """Hand out the dossier to whoever asked for it, for a day; each time leaves a line in the access
    stream.
    """
    made = _own(access, dossier_id)
    if made.state != DossierState.READY or made.attachment_id is None:
        raise Http404(str(dossier_id))
    if made.case is not None:
        case_for(access, made.case.folio, to=CaseRight.EXPORT, now=current_time())
    else:
        access.require(PeopleRight.IDENTITY)
        if people_hidden_from(access, [made.person_id or 0]) or not sees_all_of(
            access, Dossier.objects.filter(pk=made.pk)
        ):
            raise Refused("prepared_out_of_reach")
    reason = f"dossier:{made.pk}"
    record_access(access.institution.pk, access.user.pk, made.subject, current_time(), reason=reason)
    return download_response(attachment(access.institution.pk, made.attachment_id), to_staff=True)
