# SPDX-License-Identifier: EUPL-1.2
"""Answers that reach their person by hand: the letter to print, the proof that it was done, the letter that
came back.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import case_for
from siac.cases.commands.delivering import record_delivery, record_return, undo_return
from siac.cases.domain.rights import CaseRight
from siac.cases.forms.actions import ProofForm, ReturnForm
from siac.cases.letters.typesetting import letter_response
from siac.cases.pages import person_of
from siac.cases.surroundings.answering import deliveries_of, posted_letters_of
from siac.kernel.errors import Refused
from siac.notices.public import notices_of
from siac.organizations.public import Access, staff_page
from siac.ui.public import refusal_text
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
    form = ProofForm(waiting.way, request.POST or None, again=waiting.returned is not None)

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


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def returned(request: HttpRequest, access: Access, folio: str, notice_id: int) -> HttpResponse:
    """Write down that a letter came back, and why."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.FILE, now=now)
    if not any(own.pk == notice_id for own in posted_letters_of(case)):
        raise Http404(str(notice_id))
    own = reverse("workspace:cases:case", args=[access.institution.slug, folio])
    form = ReturnForm(request.POST or None, initial={"returned_on": access.institution.local_date(now)})

    def save(fields: dict[str, Any]) -> HttpResponse:
        record_return(
            institution=access.institution,
            case_id=case.pk,
            notice_id=notice_id,
            actor=access.user,
            now=now,
            **fields,
        )
        messages.success(request, "Anotado: la carta volvió. La respuesta está otra vez por entregar.")
        return redirect(own)

    return record_form(
        request,
        form,
        save,
        title=f"La carta volvió · {case.folio}",
        intro="La respuesta quedará otra vez por entregar: corrija la dirección o busque otra vía.",
        back_url=own,
    )


@require_POST
@staff_page(CaseRight.FILE)
def undo_returned(request: HttpRequest, access: Access, folio: str, notice_id: int) -> HttpResponse:
    """Take back that a letter came back, a moment after it was noted."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.FILE, now=now)
    try:
        undo_return(
            institution=access.institution,
            case_id=case.pk,
            notice_id=notice_id,
            actor=access.user,
            now=now,
        )
        messages.success(request, "Deshecho: la carta figura como enviada.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:case", access.institution.slug, folio)


@require_safe
@staff_page(CaseRight.FILE)
def letter(request: HttpRequest, access: Access, folio: str, notice_id: int) -> HttpResponse:
    """Give an answer as a letter to print while it is to be posted, once more if it came back."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.FILE, now=now, reveals=True)
    if not any(own.pk == notice_id and own.is_letter for own in deliveries_of(case)):
        raise Http404(str(notice_id))
    notice = notices_of(access.institution.pk, "case", case.pk).get(pk=notice_id)
    return letter_response(access.institution, case, notice, person_of(access, case, now=now))
