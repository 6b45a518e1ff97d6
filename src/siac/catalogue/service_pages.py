# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of services: the list, one service, its form."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.catalogue.commands.services import save_service
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.domain.services import usual_days
from siac.catalogue.forms import ServiceForm
from siac.catalogue.models import Service
from siac.catalogue.panels import acts_of, panels_of
from siac.catalogue.queries import opinions_of, service_sheet, services, term_words, topics
from siac.catalogue.texts import AudienceLabel, ClockLabel, time_text
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.text import squeeze
from siac.organizations.public import (
    Access,
    Words,
    history,
    overtaken,
    staff_page,
    unit_options,
    unit_tree,
)
from siac.ui.lists import Asked, Filter
from siac.ui.records import Row, record_form, record_list
from siac.ui.searching import LONGEST

_LIST, _ONE = "workspace:catalogue:services", "workspace:catalogue:service"
_COLUMNS = (
    Column("Servicio", 40), Column("Para quién", 30), Column("Plazo", 24), Column("Unidad", 30),
    Column("Se presta", 12),
)  # fmt: skip


@require_safe
@staff_page(ServiceRight.READ)
def service_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the services, by name; or hand them out as a table."""
    slug = access.institution.slug
    asked = Asked.of(
        request,
        Filter("publico", "Para quién", AudienceLabel.choices),
        Filter("unidad", "Unidad", unit_options(access.institution), every="Todas"),
        Filter("presta", "Se presta", [("si", "Sí"), ("no", "No")]),
    )
    rows = Service.objects.filter(institution=access.institution).select_related("responsible")
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
        other=("Lo que se buscó sin encontrar", reverse("workspace:catalogue:missed", args=[slug])),
        empty="Todavía no hay ningún servicio. De aquí los toman las cartas y los puntos de atención.",
    )


def _cells(row: Service) -> list[str]:
    return [
        row.name, row.get_audience_display(), time_text(row.amount, row.unit) or "—",
        str(row.responsible or "—"), "Sí" if row.is_active else "No",
    ]  # fmt: skip


@require_safe
@staff_page(ServiceRight.READ)
def service(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Show a service: what people are told of it, and the process behind it."""
    row = _of(access, service_id)
    units = unit_tree(access.institution).nodes
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
    context = {
        "service": row,
        "sheet": service_sheet(row),
        "term": term_words(row),
        "steps": steps,
        "usual": usual,
        "is_too_long": row.unit == "bd" and (usual or 0) > (row.amount or usual or 0),
        "panels": panels_of(row, access),
        "may_keep": access.has(ServiceRight.KEEP),
        "is_public": row.is_active,
        "opinions": opinions_of(row),
        "versions": history(row, _words(access)),
    }
    return render(request, "catalogue/workspace/service.html", context)


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


def _of(access: Access, service_id: int) -> Service:
    rows = Service.objects.filter(institution=access.institution).select_related("responsible", "topic")
    found = get_object_or_404(rows, pk=service_id)
    found.institution = access.institution
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ServiceRight.KEEP)
def service_form(request: HttpRequest, access: Access, service_id: int | None = None) -> HttpResponse:
    """Add or change a service."""
    institution = access.institution
    row = _of(access, service_id) if service_id is not None else None
    form = ServiceForm(institution, row, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        saved = save_service(
            institution=institution, service=row, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Servicio guardado.")
        return redirect(_ONE, institution.slug, saved.pk)

    back = reverse(_ONE, args=[institution.slug, row.pk]) if row else reverse(_LIST, args=[institution.slug])
    return record_form(
        request, form, save, title=row.name if row else "Nuevo servicio", back_url=back,
        overtaken=lambda refused: overtaken(form, refused, row, _words(access)) if row else [],
    )  # fmt: skip


def _step_words(row: Mapping[str, Any]) -> str:
    return f"{row['step']} {time_text(row.get('amount'), row.get('unit') or 'bd')}".strip()


def _words(access: Access) -> Words:
    units, known = unit_tree(access.institution).nodes, topics(access.institution)

    def rows(value: Any) -> str:
        return "; ".join(" · ".join(str(cell) for cell in row.values() if cell) for row in value or [])

    return {
        "audience": lambda code: AudienceLabel(code).label,
        "responsible_id": lambda pk: units[pk].name if pk in units else "",
        "topic_id": lambda pk: known[pk].name if pk in known else "",
        "unit": lambda code: time_text(2, code)[2:],
        **dict.fromkeys(("requirements", "steps", "channels", "legal"), rows),
        "process": lambda value: "; ".join(_step_words(row) for row in value or []),
    }
