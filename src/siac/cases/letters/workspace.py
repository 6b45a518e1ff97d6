# SPDX-License-Identifier: EUPL-1.2
"""Answers that reach their person by hand: the letter to print, and the proof that it was done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import case_for
from siac.cases.commands.delivering import record_delivery
from siac.cases.domain.rights import CaseRight
from siac.cases.forms.actions import ProofForm
from siac.cases.letters.typesetting import letter_response
from siac.cases.pages import person_of
from siac.cases.surroundings.answering import deliveries_of
from siac.notices.public import notices_of
from siac.organizations.public import Access, staff_page
from siac.ui.records import record_form


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def deliver(request: HttpRequest, access: Access, folio: str, notice_id: int) -> HttpResponse:
    """Write down what proves that an answer was posted, collected or told."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.FILE, now=now)
    waiting = next((own for own in deliveries_of(case) if own.pk == notice_id), None)
    if waiting is None:
        raise Http404(str(notice_id))
    form = ProofForm(waiting.way, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        record_delivery(
            institution=access.institution,
            case_id=case.pk,
            notice_id=notice_id,
            actor=access.user,
            now=now,
            **fields,
        )
        messages.success(request, "Entrega anotada.")
        return redirect("workspace:cases:case", access.institution.slug, folio)

    return record_form(
        request,
        form,
        save,
        title=f"Anotar la entrega · {case.folio}",
        intro=f"{waiting.label}.",
        back_url=reverse("workspace:cases:case", args=[access.institution.slug, folio]),
    )


@require_safe
@staff_page(CaseRight.FILE)
def letter(request: HttpRequest, access: Access, folio: str, notice_id: int) -> HttpResponse:
    """Give an answer as a letter to print, until somebody noted that it was posted."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.FILE, now=now, reveals=True)
    if not any(own.pk == notice_id and own.is_letter for own in deliveries_of(case)):
        raise Http404(str(notice_id))
    notice = notices_of(access.institution.pk, "case", case.pk).get(pk=notice_id)
    return letter_response(access.institution, case, notice, person_of(access, case, now=now))
