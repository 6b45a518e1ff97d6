# SPDX-License-Identifier: EUPL-1.2
"""Many cases at once: marked in the list, completed, previewed, followed while a job changes them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import require_reader
from siac.cases.bulk.commands import (
    RIGHTS,
    begin_bulk,
    choose_cases,
    is_kept,
    preview_bulk,
    retry_refused,
    stop_bulk,
)
from siac.cases.bulk.domain import ACTS
from siac.cases.bulk.forms import BULK_FORMS
from siac.cases.bulk.queries import SHOWN, bulk_actions, left_out, what_it_does, why_not
from siac.cases.domain.rights import CaseRight
from siac.cases.listing import listed
from siac.cases.models import CHOOSING, PREVIEW, BulkAction, Case
from siac.cases.queries import list_names
from siac.cases.workload.workspace import shown_workload
from siac.cases.workspace.beside_in_list import list_address
from siac.infra.tables.download import csv_response
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked, kept
from siac.ui.public import refusal_text

MARKED = 500
"""Marks of one page at most; more come as «todas»."""
LABELS: Mapping[str, str] = {
    "asignar": "Asignar",
    "derivar": "Derivar",
    "clasificar": "Clasificar",
    "cerrar": "Cerrar",
    "exportar": "Exportar",
}


def offered_acts(access: Access) -> list[tuple[str, str]]:
    """Return (code, label) of what this user may do to many cases."""
    return [(code, label) for code, label in LABELS.items() if access.has(RIGHTS.get(code, CaseRight.EXPORT))]


@require_POST
@staff_page()
def select(request: HttpRequest, access: Access) -> HttpResponse:
    """Keep which cases were marked in the list, and lead on to what is done with them."""
    require_reader(access)
    code, now = request.POST.get("hacer", ""), current_time()
    if code not in dict(offered_acts(access)):
        raise Http404(code)
    params = kept(request.POST, list_names())
    slug, everything = access.institution.slug, "todas" in request.POST
    export = reverse("workspace:cases:export", args=[slug])
    if everything and code == "exportar":
        return redirect(reverse("workspace:cases:export", args=[slug], query=params))
    try:
        chosen = (
            listed(access, params, today=access.institution.local_date(now))
            if everything
            else _marked(request, access)
        )
        bulk = choose_cases(access=access, code=code, cases=chosen, now=now)
        if code == "exportar":
            return redirect(f"{export}?vista=todas&seleccion={bulk.pk}")
        if not BULK_FORMS[code](access.institution).fields:
            preview_bulk(access=access, bulk_id=bulk.pk, values={}, now=now)
    except Refused as refused:
        said = "Marque al menos una solicitud." if refused.code == "bulk_none" else refusal_text(refused)
        messages.error(request, said)
        return redirect(list_address(request, access))
    return redirect("workspace:cases:bulk", slug, bulk.pk)


def _marked(request: HttpRequest, access: Access) -> Any:
    marks = [
        mark for mark in request.POST.getlist("caso") if mark.isascii() and mark.isdigit() and len(mark) < 18
    ]
    return Case.objects.filter(institution=access.institution, pk__in=[int(mark) for mark in marks[:MARKED]])


@require_safe
@staff_page()
def bulk_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what this user lately did to many cases."""
    require_reader(access)
    listing = Asked.of(request).listing(bulk_actions(access), ("-pk",))
    rows = [(bulk, _title(access, bulk)) for bulk in listing.rows]
    return render(request, "cases/workspace/bulk_list.html", {"listing": listing, "rows": rows})


def _title(access: Access, bulk: BulkAction) -> str:
    return LABELS[bulk.code] if bulk.state == CHOOSING else what_it_does(access.institution, bulk)


def _bulk(access: Access, bulk_id: int) -> BulkAction:
    found = bulk_actions(access).filter(pk=bulk_id).first()
    if found is None:
        raise Http404(str(bulk_id))
    return found


_DOINGS: Mapping[str, Callable[..., BulkAction]] = {
    "seguir": begin_bulk,
    "detener": stop_bulk,
    "repetir": retry_refused,
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def bulk_page(request: HttpRequest, access: Access, bulk_id: int) -> HttpResponse:
    """Show one bulk action as far as it is, and take what is decided about it."""
    require_reader(access)
    bulk = _bulk(access, bulk_id)
    if request.method == "POST":
        return _decide(request, access, bulk)
    if bulk.state == CHOOSING or (bulk.state == PREVIEW and "cambiar" in request.GET):
        return _ask(request, access, bulk, BULK_FORMS[bulk.code](access.institution, initial=bulk.values))
    return _show(request, access, bulk)


def _decide(request: HttpRequest, access: Access, bulk: BulkAction) -> HttpResponse:
    asked = request.POST.get("hacer", "")
    doing = _DOINGS.get(asked)
    try:
        if asked == "aplicar":
            seen = request.POST.get("visto") or None
            bulk = begin_bulk(access=access, bulk_id=bulk.pk, seen=seen, now=current_time())
        elif doing is not None:
            bulk = doing(access=access, bulk_id=bulk.pk, now=current_time())
        else:
            form = BULK_FORMS[bulk.code](access.institution, request.POST)
            if not form.is_valid():
                return _ask(request, access, bulk, form)
            bulk = preview_bulk(access=access, bulk_id=bulk.pk, values=form.cleaned_data, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:bulk", access.institution.slug, bulk.pk)


def _ask(request: HttpRequest, access: Access, bulk: BulkAction, form: Form) -> HttpResponse:
    loads = shown_workload(access) if bulk.code == "asignar" else []
    context = {"bulk": bulk, "form": form, "label": LABELS[bulk.code], "loads": loads}
    return render(request, "cases/workspace/bulk_ask.html", context, status=422 if form.is_bound else 200)


def _show(request: HttpRequest, access: Access, bulk: BulkAction) -> HttpResponse:
    context = {
        "bulk": bulk,
        "label": LABELS[bulk.code],
        "what": what_it_does(access.institution, bulk),
        "has_form": bool(ACTS[bulk.code].field),
        "why_not": why_not(bulk),
        "left_out": list(left_out(access, bulk)) if bulk.refused and not bulk.is_moving else [],
        "shown": SHOWN,
        "refreshes": bulk.is_moving,
        "is_kept": is_kept(bulk),
    }
    return render(request, "cases/workspace/bulk.html", context)


@require_safe
@staff_page()
def bulk_left(request: HttpRequest, access: Access, bulk_id: int) -> StreamingHttpResponse:
    """Hand out every case that does not change, with the reason: UTF-8 with its
    mark and semicolons, as Excel opens it.
    """
    require_reader(access)
    bulk = _bulk(access, bulk_id)
    rows = ((row.folio, row.subject, row.why) for row in left_out(access, bulk, limit=None))
    return csv_response(["Folio", "Asunto", "Motivo"], rows, name=f"sin-cambio-{bulk.pk}")
