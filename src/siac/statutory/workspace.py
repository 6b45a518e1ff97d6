# SPDX-License-Identifier: EUPL-1.2
"""The physical book of complaints in the workspace (Peru, DS 007-2020-PCM)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.public import CaseRight
from siac.infra.tables.download import require_short, table_response
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.statutory.commands import register_sheet, void_sheet
from siac.statutory.forms import SheetForm, VoidForm
from siac.statutory.models import ReplyWay
from siac.statutory.queries import (
    HEADERS,
    SINCE,
    UNTIL,
    exported_sheets,
    narrowed_sheets,
    next_numbers,
    odd_day,
    shown_sheets,
)
from siac.ui.lists import Asked, Filter
from siac.ui.records import record_form

_FILTERS = (
    Filter(SINCE, "Escrita desde el día", type="date"),
    Filter(UNTIL, "Escrita hasta el día", type="date"),
)


@require_safe
@staff_page(CaseRight.FILE)
def sheet_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the sheets, newest first: all, or those written between two days."""
    institution = access.institution
    asked = Asked.of(request, *_FILTERS, cursor="desde")
    listing = asked.listing(
        narrowed_sheets(institution, asked.kept),
        ("-pk",),
        export_url=reverse("workspace:statutory:sheet_export", args=[institution.slug])
        if access.has(CaseRight.EXPORT)
        else "",
    )
    context = {
        "asked": asked,
        "problem": odd_day(asked.kept),
        "listing": listing,
        "rows": shown_sheets(access, listing.rows),
        "books": next_numbers(institution),
    }
    return render(request, "statutory/workspace/book.html", context)


def _told(access: Access) -> str:
    told = ", ".join(f"{site}: hoja {number}" for site, number in next_numbers(access.institution))
    return (
        f"Siguen: {told}."
        if told
        else "La primera hoja que registre de cada sede fija dónde empieza su libro."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def sheet_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Record a sheet."""
    form = SheetForm(access.institution, request.POST or None, request.FILES or None)

    def save(data: dict[str, Any]) -> HttpResponse:
        who = form.person()
        if who is None:
            raise Refused("identity_needed")
        sheet = register_sheet(
            institution=access.institution,
            service_point_id=data["service_point"],
            number=data["number"],
            written_at=form.written_at(),
            event_on=data["event_on"],
            event_time=data["event_time"],
            body=data["body"],
            person=who,
            reply=ReplyWay(data["reply"]),
            copy_given=data["copy_given"],
            unit_id=data["unit"],
            files=data["attachments"],
            actor=access.user,
            now=current_time(),
        )
        folio = sheet.case.folio if sheet.case else ""
        messages.success(request, f"Hoja {sheet.number} registrada. Es la solicitud {folio}.")
        return redirect("workspace:statutory:book", access.institution.slug)

    return record_form(
        request,
        form,
        save,
        title="Registrar hoja del libro",
        submit="Registrar hoja",
        intro=_told(access),
        back_url=reverse("workspace:statutory:book", args=[access.institution.slug]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def sheet_void(request: HttpRequest, access: Access) -> HttpResponse:
    """Record a sheet that says nothing."""
    form = VoidForm(access.institution, request.POST or None)

    def save(data: dict[str, Any]) -> HttpResponse:
        void_sheet(
            institution=access.institution,
            service_point_id=data["service_point"],
            number=data["number"],
            reason=data["reason"],
            actor=access.user,
            now=current_time(),
        )
        messages.success(request, f"Hoja {data['number']} anulada.")
        return redirect("workspace:statutory:book", access.institution.slug)

    return record_form(
        request,
        form,
        save,
        title="Anular hoja del libro",
        submit="Anular hoja",
        intro=_told(access),
        back_url=reverse("workspace:statutory:book", args=[access.institution.slug]),
    )


@require_safe
@staff_page(CaseRight.EXPORT)
def sheet_export(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Hand out the book under its filters as CSV, or XLSX with `formato=xlsx`; who took it is journaled."""
    institution, now = access.institution, current_time()
    rows = narrowed_sheets(institution, Asked.of(request, *_FILTERS).kept)
    require_short(rows)
    record_access(institution.pk, access.user.pk, "book", now, reason="export")
    form = "xlsx" if request.GET.get("formato") == "xlsx" else "csv"
    name = f"libro-{institution.local_date(now)}"
    return table_response(HEADERS, exported_sheets(access, rows), form=form, name=name, title="Libro")
