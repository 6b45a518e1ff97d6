# SPDX-License-Identifier: EUPL-1.2
"""Taking a case out whole: asked for here, made by the worker, handed out for a day (`prepared`)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.accounts.public import asks_again
from siac.cases.access import case_for
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Dossier, DossierForm, Edition
from siac.cases.protection.preparing import DOSSIERS, begin_case_file
from siac.cases.workspace.prepared import TOLD, file_of, own, shown
from siac.organizations.public import Access, staff_page
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
@asks_again
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


@require_safe
@staff_page(CaseRight.EXPORT)
def dossier(request: HttpRequest, access: Access, dossier_id: int) -> HttpResponse:
    """Show how far a case file or the copy of a person's data is; refreshes itself until it is there."""
    made = own(DOSSIERS, access, dossier_id)
    return shown(
        request, made, title=made.get_edition_display(), case=made.case, form=made.form.upper(),
        things="piezas" if made.case else "solicitudes", finished=TOLD,
        file="workspace:cases:dossier_file",
    )  # fmt: skip


@require_safe
@staff_page(CaseRight.EXPORT)
def dossier_file(request: HttpRequest, access: Access, dossier_id: int) -> HttpResponseBase:
    """Hand out a dossier to whoever asked for it, for a day; each time leaves a line in the access stream."""
    return file_of(DOSSIERS, access, dossier_id)
