# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of keeping the catalogue true: what sheets lack, which are due, what ends."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.catalogue.commands.services import end_service, offer_again, still_holds
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.forms import EndForm, ReviewForm
from siac.catalogue.models import Service
from siac.catalogue.queries import due_for_review, lacking
from siac.catalogue.service_pages import service_of
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_form, record_list

_ONE = "workspace:catalogue:service"
MOST_SHOWN = 200
"""Sheets whose gaps are shown at once: those that lack most."""


@require_safe
@staff_page(ServiceRight.READ)
def gap_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List every sheet that lacks something, each gap with the way to its field (1 SQL when warm)."""
    found = lacking(access.institution, access.institution.local_date(current_time()))
    context = {
        "rows": found[:MOST_SHOWN], "count": len(found), "may_keep": access.has(ServiceRight.KEEP),
        "is_cut": len(found) > MOST_SHOWN,
    }  # fmt: skip
    return render(request, "catalogue/workspace/gaps.html", context)


@require_safe
@staff_page(ServiceRight.READ)
def review_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the sheets that are to be reviewed soon or should have been, the oldest first."""
    slug, today = access.institution.slug, access.institution.local_date(current_time())
    rows = due_for_review(access.institution, today).select_related("responsible")
    listing = Asked.of(request).listing(rows, ("review_on", "pk"))
    return record_list(
        request,
        title="Fichas por revisar",
        columns=["Ficha", "Se revisa antes del", "Unidad", "Cargo"],
        rows=[Row(_due(row, today), reverse(_ONE, args=[slug, row.pk])) for row in listing.rows],
        listing=listing,
        intro="Las que vencen en los próximos 30 días y las que ya vencieron.",
        empty="Ninguna ficha vence en los próximos 30 días.",
    )


def _due(row: Service, today: Any) -> list[str]:
    late = " (vencida)" if row.is_past_review(today) else ""
    return [row.name, f"{row.review_on:%d-%m-%Y}{late}", str(row.responsible or "—"), row.in_charge or "—"]


@require_POST
@staff_page(ServiceRight.KEEP)
def holds(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Note that a sheet is still so, until a new day."""
    row, form = service_of(access, service_id), ReviewForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("service_reviewed")
        still_holds(
            institution=access.institution, service=row, actor=access.user, now=current_time(),
            review_on=form.cleaned_data["review_on"],
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, "Anotado: sigue vigente.")
    return redirect(_ONE, access.institution.slug, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ServiceRight.KEEP)
def end(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Say from when a service is not given any more."""
    row, slug = service_of(access, service_id), access.institution.slug

    def save(fields: dict[str, Any]) -> HttpResponse:
        end_service(
            institution=access.institution, service=row, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Anotado. Su página no se borra: dice que ya no se presta.")
        return redirect(_ONE, slug, row.pk)

    return record_form(
        request, EndForm(request.POST or None), save, title=f"Deja de prestarse: {row.name}",
        back_url=reverse(_ONE, args=[slug, row.pk]), submit="Anotar",
        intro="Desde ese día no se ofrece ni se encuentra al buscar; los enlaces de antes siguen abriendo.",
    )  # fmt: skip


@require_POST
@staff_page(ServiceRight.KEEP)
def again(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Say that a service is given again, or that it does not end after all."""
    row = service_of(access, service_id)
    try:
        offer_again(institution=access.institution, service=row, actor=access.user, now=current_time())
        messages.success(request, "Anotado: se presta.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)
