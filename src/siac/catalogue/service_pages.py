# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of what is published: the list, one service, its editions, what to say of it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.catalogue.commands.sheets import FORM_FILES
from siac.catalogue.domain.gaps import gaps_of
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.domain.services import REVIEWED_EVERY, usual_days
from siac.catalogue.forms import ReviewForm
from siac.catalogue.models import Service, ServiceDraft
from siac.catalogue.panels import acts_of, panels_of
from siac.catalogue.queries import open_drafts, opinions_of, service_sheet, services, term_words
from siac.catalogue.texts import AudienceLabel, ClockLabel, OfferingLabel, time_text
from siac.catalogue.wording import changed, editions, told_editions
from siac.documents.public import attachment, download_response
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Access, staff_page, unit_options, unit_tree
from siac.ui.lists import Asked, Filter
from siac.ui.records import Row, record_list
from siac.ui.searching import LONGEST

_LIST, _ONE = "workspace:catalogue:services", "workspace:catalogue:service"
_COLUMNS = (
    Column("Servicio", 40), Column("Qué es", 20), Column("Para quién", 30), Column("Plazo", 24),
    Column("Unidad", 30), Column("Se revisa antes del", 16), Column("Se presta", 12),
)  # fmt: skip


@require_safe
@staff_page(ServiceRight.READ)
def service_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the services, by name; or hand them out as a table."""
    slug = access.institution.slug
    asked = Asked.of(
        request,
        Filter("tipo", "Qué es", OfferingLabel.choices),
        Filter("publico", "Para quién", AudienceLabel.choices),
        Filter("unidad", "Unidad", unit_options(access.institution), every="Todas"),
        Filter("presta", "Se presta", [("si", "Sí"), ("no", "No")]),
    )
    rows = Service.objects.filter(institution=access.institution).select_related("responsible")
    if offering := asked.kept.get("tipo"):
        rows = rows.filter(offering=offering)
    if public := asked.kept.get("publico"):
        rows = rows.filter(audience=public)
    if unit := asked.kept.get("unidad"):
        rows = rows.filter(responsible_id=int(unit))
    if given := asked.kept.get("presta"):
        rows = rows.filter(is_active=given == "si")
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        body = (_cells(row) for row in rows.order_by("sort_key", "pk"))
        return table_response(_COLUMNS, body, form=wanted, name="servicios", title="Servicios")
    listing = asked.listing(rows, ("sort_key", "pk"), export_url=request.path)
    return record_list(
        request,
        title="Servicios",
        columns=[column.title for column in _COLUMNS],
        rows=[Row(_cells(row), reverse(_ONE, args=[slug, row.pk])) for row in listing.rows],
        listing=listing,
        add=("Agregar un servicio", reverse(f"{_ONE}_new", args=[slug]))
        if access.has(ServiceRight.KEEP)
        else None,
        others=[
            ("Borradores", reverse("workspace:catalogue:drafts", args=[slug])),
            ("Lo que falta", reverse("workspace:catalogue:gaps", args=[slug])),
            ("Fichas por revisar", reverse("workspace:catalogue:reviews", args=[slug])),
            ("Lo que se buscó sin encontrar", reverse("workspace:catalogue:missed", args=[slug])),
        ],
        empty="Todavía no hay ningún servicio. De aquí los toman las cartas y los puntos de atención.",
    )


def _cells(row: Service) -> list[str]:
    return [
        row.name, row.get_offering_display(), row.get_audience_display(),
        time_text(row.amount, row.unit) or "—", str(row.responsible or "—"),
        f"{row.review_on:%d-%m-%Y}" if row.review_on else "—", "Sí" if row.is_active else "No",
    ]  # fmt: skip


@require_safe
@staff_page(ServiceRight.READ)
def service(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Show a service: what people are told of it, and the process behind it."""
    row = service_of(access, service_id)
    today = access.institution.local_date(current_time())
    context = {
        "service": row,
        "sheet": service_sheet(row),
        "term": term_words(row),
        **process_told(row),
        "panels": panels_of(row, access),
        "may_keep": access.has(ServiceRight.KEEP),
        "draft": open_drafts(access.institution).filter(service=row).first(),
        "gaps": gaps_of(row, today) if row.is_active else [],
        "review": ReviewForm(initial={"review_on": today + timedelta(days=REVIEWED_EVERY)}),
        "is_past": row.is_past_review(today),
        "opinions": opinions_of(row),
        "versions": told_editions(access.institution, row),
    }
    return render(request, "catalogue/workspace/service.html", context)


def process_told(row: Service | ServiceDraft) -> dict[str, Any]:
    """Return the process of a sheet as its page shows it; no SQL when warm."""
    units = unit_tree(row.institution).nodes
    steps = [
        {
            **step,
            "unit": units[step["unit_id"]].name if step.get("unit_id") in units else "",
            "time": time_text(step.get("amount"), step.get("unit") or "bd"),
            "clock": ClockLabel(step["clock"]).label if step.get("clock") else "",
        }
        for step in row.process
    ]
    usual = usual_days(row.process)
    is_too_long = row.unit == "bd" and (usual or 0) > (row.amount or usual or 0)
    return {"steps": steps, "usual": usual, "is_too_long": is_too_long}


@require_safe
@staff_page(ServiceRight.READ)
def compare(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Show what differs between two editions of a service: those that are asked for (`de`, `a`), else the
    last two (SQL: 1 for the service, 1 for its editions).
    """
    row = service_of(access, service_id)
    kept = {str(each.number): each for each in editions(row)}
    numbers = list(kept)
    after = request.GET.get("a", "") if request.GET.get("a") in kept else numbers[0]
    before = request.GET.get("de", "") if request.GET.get("de") in kept else numbers[min(1, len(numbers) - 1)]
    context = {
        "service": row, "editions": kept.values(), "before": kept[before], "after": kept[after],
        "picks": [("de", "De", kept[before]), ("a", "A", kept[after])],
        "changes": changed(access.institution, kept[before].fields, kept[after].fields),
    }  # fmt: skip
    return render(request, "catalogue/workspace/compare.html", context)


@require_safe
@staff_page(ServiceRight.READ)
def form_file(request: HttpRequest, access: Access, file_id: int) -> HttpResponseBase:
    """Hand out the file of a form of some sheet of the body."""
    try:
        found = attachment(access.institution.pk, file_id)
        if found.subject_type != FORM_FILES:
            raise Http404(str(file_id))
        return download_response(found, to_staff=True)
    except Refused:
        raise Http404(str(file_id)) from None


@require_safe
@staff_page(ServiceRight.READ)
def script(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Show what to say of a service that is given to whoever asks for it, in the order in which it is read
    aloud, with what is done after; `q` is the search that led here (SQL of the parts).
    """
    row = services(access.institution).get(service_id)
    if row is None or not row.is_active:
        raise Http404(str(service_id))
    row.institution = access.institution
    asked = squeeze(request.GET.get("q", "").replace("\x00", ""))[:LONGEST]
    search = reverse("workspace:search", args=[access.institution.slug])
    context = {
        "service": row,
        "sheet": service_sheet(row),
        "panels": panels_of(row, access, read_aloud=True),
        "acts": acts_of(row, access),
        "search_url": f"{search}?{urlencode({'q': asked})}" if asked else search,
        "query": asked,
    }
    return render(request, "catalogue/workspace/script.html", context)


def service_of(access: Access, service_id: int) -> Service:
    """Return a service of the body with its unit and topic (1 SQL).

    Raises:
        Http404: the body has none with that key.
    """
    rows = Service.objects.filter(institution=access.institution).select_related("responsible", "topic")
    found = get_object_or_404(rows, pk=service_id)
    found.institution = access.institution
    return found
