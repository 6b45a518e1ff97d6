# SPDX-License-Identifier: EUPL-1.2
"""Configuration of service points."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.catalogue.public import services
from siac.organizations.public import (
    Access,
    Histories,
    StaffRight,
    Words,
    setup_tabs,
    staff_page,
    unit_tree,
)
from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.domain.hours import unpack
from siac.servicepoints.domain.types import access_features, channels, point_types
from siac.servicepoints.forms import ServicePointForm, hours_of
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import hours_words, other_day_words, service_points, visit_words
from siac.ui.records import Records, yes_or_no


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    for pk, point in service_points(access.institution).items():
        yield (
            pk,
            [
                point.name,
                point.get_kind_display(),
                point.commune or "—",
                hours_words(point) or "—",
                yes_or_no(point.is_active),
            ],
        )


def _load(access: Access, pk: int) -> ServicePoint | None:
    return ServicePoint.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: ServicePoint | None, data: QueryDict | None) -> ServicePointForm:
    return ServicePointForm(access.institution, row, data)


def _save(access: Access, row: ServicePoint | None, fields: dict[str, Any]) -> None:
    plain = {name: fields[name] for name in ServicePointForm.plain if name in fields}
    plain["latitude"], plain["longitude"] = fields["location"] or (None, None)
    save_service_point(
        institution=access.institution, point=row, actor=access.user, now=current_time(),
        hours=hours_of(fields), based_on=fields.get("based_on"), **plain,
    )  # fmt: skip


def _words(access: Access) -> Words:
    units, given = unit_tree(access.institution).nodes, services(access.institution)

    def schedule(kept: Any) -> str:
        hours = unpack(kept or {})
        told = [hours_words(ServicePoint(schedule=kept or {})), *map(other_day_words, hours.exceptions)]
        told += [visit_words(each) for each in hours.visits]
        return "; ".join(filter(None, [*told, "abre en feriados" if hours.opens_on_holidays else ""]))

    return {
        "kind": lambda code: point_types()[code].name,
        "channels": lambda codes: ", ".join(channels()[code] for code in codes),
        "access": lambda codes: ", ".join(access_features()[code] for code in codes),
        "unit_id": lambda pk: units[pk].name if pk in units else "",
        "schedule": schedule,
        "service_ids": lambda ids: ", ".join(given[pk].name for pk in ids if pk in given),
    }


_POINTS: Records[Access, ServicePoint] = Records(
    title="Puntos de atención",
    columns=("Nombre", "Tipo", "Comuna", "Horario", "Activo"),
    listed="workspace:servicepoints:points",
    one="workspace:servicepoints:point",
    add="Agregar punto",
    new="Nuevo punto de atención",
    saved="Punto de atención guardado.",
    cells=_cells,
    load=_load,
    name=lambda point: point.name,
    form=_form,
    save=_save,
    tabs=lambda access: setup_tabs(access.institution),
    history=Histories(_words),
)


@require_safe
@staff_page(StaffRight.SETUP)
def point_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the service points."""
    return _POINTS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def point(request: HttpRequest, access: Access, point_id: int | None = None) -> HttpResponse:
    """Add or change a service point."""
    return _POINTS.form_page(request, access, point_id)
