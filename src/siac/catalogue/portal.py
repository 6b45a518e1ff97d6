# SPDX-License-Identifier: EUPL-1.2
"""The public pages of services: what the body offers, finding it by everyday words, and all that is known of
one.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.catalogue.commands.finding import note_missed, tell_opinion
from siac.catalogue.commands.sheets import FORM_FILES
from siac.catalogue.finding import find_services
from siac.catalogue.linked import answered_questions, government_service, public_services
from siac.catalogue.models import Service
from siac.catalogue.panels import lines_of, links_of, panels_of
from siac.catalogue.papers import service_paper
from siac.catalogue.queries import service_sheet, services
from siac.documents.public import attachment, download_response
from siac.infra.pdf import PdfUnavailable
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.ui.forms import Form
from siac.ui.linked import in_page

LONGEST_QUESTION = 200
SHOWN = 50
"""Services of a page of the list."""


@require_safe
@limited("catalogue.search", limit=120, window_seconds=600, methods=("GET",))
@portal_page
def service_list(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List the services that are given, by name, or those that answer what somebody asks, with the lines that
    higher contexts tell beside them.
    """
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    given = _given(institution)
    found = find_services(institution, asked) if asked else given
    if asked and given and not found:
        note_missed(institution=institution, text=asked, today=institution.local_date(current_time()))
    lines = lines_of(institution, found, asked) if asked else {}
    page, last = _paged(request, len(found or given))
    shown = (found or given)[(page - 1) * SHOWN : page * SHOWN]
    asks = {"q": asked} if asked else {}
    context = {
        "rows": [(row, lines.get(row.pk, [])) for row in shown], "asked": asked, "is_found": bool(found),
        "count": len(found), "has_any": bool(given),
        "previous_url": f"?{urlencode({**asks, 'pagina': page - 1})}" if page > 1 else "",
        "next_url": f"?{urlencode({**asks, 'pagina': page + 1})}" if page < last else "",
    }  # fmt: skip
    return render(request, "catalogue/portal/services.html", context)


def _paged(request: HttpRequest, count: int) -> tuple[int, int]:
    """Return which page of a list is asked for, and the last one there is."""
    typed, last = request.GET.get("pagina", ""), max(1, -(-count // SHOWN))
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return max(1, min(number, last)), last


def _given(institution: Institution) -> list[Service]:
    return [row for row in services(institution).values() if row.is_active]


def _of(institution: Institution, code: str) -> Service:
    """Return what is published under a code, also what is not given any more: links of before open for good.

    Raises:
        Http404: nothing ever was.
    """
    found = next((row for row in services(institution).values() if row.code == code), None)
    if found is None:
        raise Http404(code)
    found.institution = institution
    return found


def _page(row: Service) -> str:
    return f"{settings.SITE_URL}{reverse('portal:catalogue:service', args=[row.institution.slug, row.code])}"


class OpinionForm(Form):
    """Whether a page was useful."""

    util = forms.ChoiceField(
        label="¿Le sirvió esta página?", choices=[("si", "Sí"), ("no", "No")], widget=forms.RadioSelect,
        error_messages={"required": "Elija sí o no."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Si no, ¿qué falta?", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sin nombres ni datos suyos: no respondemos por aquí.",
    )  # fmt: skip
    shown_when = {"reason": "util=no"}


@require_safe
@portal_page
def service(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Show a service with what higher contexts tell of it, or that it is not given any more; its process
    stays in the house.
    """
    return _shown(request, _of(institution, code), OpinionForm())


def _shown(request: HttpRequest, row: Service, form: Form) -> HttpResponse:
    sheet = service_sheet(row)
    context: dict[str, Any] = {
        "service": row, "sheet": sheet, "panels": panels_of(row, None) if row.is_active else [], "form": form,
        "links": links_of(row) if row.is_active else [],
        "linked": [in_page(government_service(row, _page(row)))] if row.is_active else [],
    }  # fmt: skip
    if row.is_active and sheet.questions:
        context["linked"].append(in_page(answered_questions(sheet.questions, _page(row))))
    status = 422 if form.is_bound else 200
    return render(request, "catalogue/portal/service.html", context, status=status)


@require_safe
@limited("catalogue.sheet", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def paper(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Give a service on one sheet (PDF)."""
    row = _of(institution, code)
    try:
        made = service_paper(institution, row, _page(row), today=institution.local_date(current_time()))
    except PdfUnavailable:
        return render(request, "catalogue/portal/no_sheet.html", {"service": row}, status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{row.code}.pdf"'
    return response


@require_safe
@limited("catalogue.form_file", limit=120, window_seconds=3600, methods=("GET",))
@portal_page
def form_file(request: HttpRequest, institution: Institution, code: str, file_id: int) -> HttpResponseBase:
    """Hand out the file of a form that the published sheet of a service has (1 SQL when warm)."""
    row = _of(institution, code)
    try:
        if file_id not in {each.get("file") for each in row.form_links}:
            raise Http404(str(file_id))
        found = attachment(institution.pk, file_id)
        if found.subject_type != FORM_FILES:
            raise Http404(str(file_id))
        return download_response(found)
    except Refused:
        raise Http404(str(file_id)) from None


@require_POST
@limited("catalogue.opinion", limit=20, window_seconds=3600)
@portal_page
def opinion(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Keep whether a page was useful to somebody."""
    row, form = _of(institution, code), OpinionForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, form)
    tell_opinion(
        institution=institution, service=row, is_useful=form.cleaned_data["util"] == "si",
        reason=form.cleaned_data["reason"], today=institution.local_date(current_time()),
    )  # fmt: skip
    messages.success(request, "Gracias. Con esto mejoramos la página.")
    return redirect("portal:catalogue:service", institution.slug, code)


@require_safe
@limited("catalogue.linked", limit=60, window_seconds=600, methods=("GET",))
@portal_page
def linked(request: HttpRequest, institution: Institution) -> HttpResponseBase:
    """Hand out the services that are given as CPSV-AP has them (JSON-LD)."""
    given = _given(institution)
    for row in given:
        row.institution = institution
    home = f"{settings.SITE_URL}{reverse('portal:home', args=[institution.slug])}"
    said = public_services(institution, given, _page, home)
    return JsonResponse(said, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})
