# SPDX-License-Identifier: EUPL-1.2
"""The index of reserved acts in the workspace (art.

23 Ley 20.285): list, enter, one entry, end it, take the list out.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import require_reader
from siac.cases.domain.rights import CaseRight
from siac.cases.reserve.commands import end_reserve, enter_reserve
from siac.cases.reserve.forms import EndReserveForm, ReserveForm
from siac.cases.reserve.queries import (
    HEADERS,
    entry_for,
    exported_entries,
    narrowed_entries,
    shown_entries,
)
from siac.infra.tables.download import require_short, table_response
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_FILTERS = (
    Filter("q", "Buscar", hint="Acto o resolución"),
    Filter("estado", "Estado", (("vigente", "Vigentes"), ("terminada", "Terminadas")), every="Todas"),
)


@require_safe
@staff_page()
def reserve_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the index, newest first."""
    require_reader(access)
    institution, now = access.institution, current_time()
    today = institution.local_date(now)
    asked = Asked.of(request, *_FILTERS, cursor="desde")
    listing = asked.listing(
        narrowed_entries(institution, asked.kept, today),
        ("-pk",),
        export_url=reverse("workspace:cases:reserve_export", args=[institution.slug])
        if access.has(CaseRight.EXPORT)
        else "",
    )
    context = {
        "asked": asked,
        "listing": listing,
        "rows": shown_entries(access, listing.rows, today),
        "may_enter": access.has(CaseRight.EXTEND),
    }
    return render(request, "cases/workspace/reserve.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.EXTEND)
def reserve_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Enter an act that no request led to."""
    form = ReserveForm(access.institution, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        fields.pop("version", None)
        row = enter_reserve(institution=access.institution, actor=access.user, now=current_time(), **fields)
        messages.success(request, "Agregado al índice: ya es público.")
        return redirect("workspace:cases:reserve_entry", access.institution.slug, row.pk)

    return record_form(
        request,
        form,
        save,
        title="Agregar al índice de reserva",
        intro=(
            "El índice es público. Si viene de una solicitud denegada, "
            "agréguelo desde la solicitud: así queda unido a ella."
        ),
        submit="Agregar al índice",
        back_url=reverse("workspace:cases:reserve", args=[access.institution.slug]),
    )


@require_safe
@staff_page()
def reserve_entry(request: HttpRequest, access: Access, entry_id: int) -> HttpResponse:
    """Show one entry."""
    require_reader(access)
    return _show(request, access, entry_id)


def _show(request: HttpRequest, access: Access, entry_id: int, form: Form | None = None) -> HttpResponse:
    row = entry_for(access.institution, entry_id)
    context = {
        **shown_entries(access, [row], access.institution.local_date(current_time()))[0],
        "form": form or EndReserveForm(),
        "may_end": access.has(CaseRight.EXTEND) and row.ended_at is None,
    }
    return render(request, "cases/workspace/reserve_entry.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.EXTEND)
def reserve_end(request: HttpRequest, access: Access, entry_id: int) -> HttpResponse:
    """End a reserve."""
    row = entry_for(access.institution, entry_id)
    if request.method != "POST":
        return redirect("workspace:cases:reserve_entry", access.institution.slug, row.pk)
    form = EndReserveForm(request.POST)
    if form.is_valid():
        try:
            end_reserve(
                institution=access.institution,
                entry_id=row.pk,
                actor=access.user,
                now=current_time(),
                **form.cleaned_data,
            )
            messages.success(request, "Reserva terminada.")
            return redirect("workspace:cases:reserve_entry", access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _show(request, access, row.pk, form)


@require_safe
@staff_page(CaseRight.EXPORT)
def reserve_export(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Hand out the index as CSV, or XLSX with `formato=xlsx`; who took it is journaled."""
    institution, now = access.institution, current_time()
    today = institution.local_date(now)
    rows = narrowed_entries(institution, Asked.of(request, *_FILTERS).kept, today)
    require_short(rows)
    record_access(institution.pk, access.user.pk, "reserve", now, reason="export")
    form = "xlsx" if request.GET.get("formato") == "xlsx" else "csv"
    return table_response(
        HEADERS,
        exported_entries(access, rows),
        form=form,
        name=f"indice-de-reserva-{today}",
        title="Índice de reserva",
    )
