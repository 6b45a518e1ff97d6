# SPDX-License-Identifier: EUPL-1.2
"""Seeing an answer as a letter or a mail before it is sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST

from siac.cases.access import case_for
from siac.cases.domain.rights import CaseRight
from siac.cases.forms.actions import DraftForm
from siac.cases.letters.preview import TypedAnswer, previewed
from siac.cases.letters.typesetting import LATER
from siac.cases.pages import person_of
from siac.infra.pdf import PdfUnavailable
from siac.organizations.public import Access, staff_page


@require_POST
@staff_page(CaseRight.WORK)
def preview(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show what is typed as the letter or the mail it would become; nothing is kept and nothing is sent."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.WORK, now=now, reveals=True)
    form = DraftForm(request.POST)
    form.is_valid()  # what is not whole yet is shown as far as it goes
    typed = {
        name: form.cleaned_data.get(name) or ""
        for name in ("body", "outcome", "measures", "ground", "reasons")
    }
    shown, person = previewed(case, TypedAnswer(**typed), now=now), person_of(access, case, now=now)
    if request.POST.get("como") != "carta":
        subject, text = shown.mail()
        context = {"case": case, "person": person, "subject": subject, "text": text, "warning": shown.warning}
        return render(request, "cases/workspace/preview_mail.html", context)
    try:
        paper = shown.letter(person, access.user, now=now)
    except PdfUnavailable:
        return HttpResponse(LATER, content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="borrador-{case.folio}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
