# SPDX-License-Identifier: EUPL-1.2
"""Configuration of lines and desks."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.catalogue.public import services, topics
from siac.counter.commands.configuring import save_desk, save_line
from siac.counter.forms import DeskForm, LineForm
from siac.counter.models import Desk, QueueLine
from siac.counter.queries import desks, lines
from siac.organizations.public import (
    Access,
    Histories,
    StaffRight,
    Words,
    setup_tabs,
    staff_page,
    unit_tree,
)
from siac.servicepoints.public import service_points
from siac.ui.records import Records, yes_or_no


def _line_cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    points, units = service_points(access.institution), unit_tree(access.institution).nodes
    for pk, line in lines(access.institution).items():
        unit = units[line.unit_id].name if line.unit_id in units else "—"
        yield pk, [points[line.point_id].name, line.prefix, line.name, unit, yes_or_no(line.is_active)]


def _line(access: Access, pk: int) -> QueueLine | None:
    return QueueLine.objects.filter(institution=access.institution, pk=pk).first()


def _line_form(access: Access, row: QueueLine | None, data: QueryDict | None) -> LineForm:
    return LineForm(access.institution, row, data)


def _save_line(access: Access, row: QueueLine | None, fields: dict[str, Any]) -> None:
    save_line(
        institution=access.institution, line=row, actor=access.user, now=current_time(),
        based_on=fields.get("based_on"), prefix=fields["letter"],
        **{name: fields[name] for name in LineForm.plain},
    )  # fmt: skip


def _line_words(access: Access) -> Words:
    institution = access.institution
    points, units = service_points(institution), unit_tree(institution).nodes
    known_topics, given = topics(institution), services(institution)
    return {
        "point_id": lambda pk: points[pk].name if pk in points else "",
        "unit_id": lambda pk: units[pk].name if pk in units else "",
        "topic_id": lambda pk: known_topics[pk].name if pk in known_topics else "",
        "service_id": lambda pk: given[pk].name if pk in given else "",
    }


_LINES: Records[Access, QueueLine] = Records(
    title="Filas de espera",
    columns=("Punto de atención", "Letra", "Nombre", "Unidad", "Activa"),
    listed="workspace:counter:lines",
    one="workspace:counter:line",
    add="Agregar fila",
    new="Nueva fila de espera",
    saved="Fila guardada.",
    cells=_line_cells,
    load=_line,
    name=lambda line: line.name,
    form=_line_form,
    save=_save_line,
    tabs=lambda access: setup_tabs(access.institution),
    history=Histories(_line_words),
    intro="A qué viene quien llega a un punto, y con qué letra saca su número.",
)


def _desk_cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    points, known = service_points(access.institution), lines(access.institution)
    for pk, desk in desks(access.institution).items():
        served = ", ".join(known[each].prefix for each in desk.line_ids if each in known)
        yield pk, [points[desk.point_id].name, desk.name, served, yes_or_no(desk.is_active)]


def _desk(access: Access, pk: int) -> Desk | None:
    return Desk.objects.filter(institution=access.institution, pk=pk).first()


def _desk_form(access: Access, row: Desk | None, data: QueryDict | None) -> DeskForm:
    return DeskForm(access.institution, row, data)


def _save_desk(access: Access, row: Desk | None, fields: dict[str, Any]) -> None:
    save_desk(
        institution=access.institution, desk=row, actor=access.user, now=current_time(),
        based_on=fields.get("based_on"), **{name: fields[name] for name in DeskForm.plain},
    )  # fmt: skip


def _desk_words(access: Access) -> Words:
    points, known = service_points(access.institution), lines(access.institution)
    return {
        "point_id": lambda pk: points[pk].name if pk in points else "",
        "line_ids": lambda ids: ", ".join(known[pk].name for pk in ids if pk in known),
    }


_DESKS: Records[Access, Desk] = Records(
    title="Módulos",
    columns=("Punto de atención", "Nombre", "Filas", "Activo"),
    listed="workspace:counter:desks",
    one="workspace:counter:desk_setup",
    add="Agregar módulo",
    new="Nuevo módulo",
    saved="Módulo guardado.",
    cells=_desk_cells,
    load=_desk,
    name=lambda desk: desk.name,
    form=_desk_form,
    save=_save_desk,
    tabs=lambda access: setup_tabs(access.institution),
    history=Histories(_desk_words),
    intro="Dónde se atiende en un punto, y a qué filas llama cada uno.",
)


@require_safe
@staff_page(StaffRight.SETUP)
def line_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the lines."""
    return _LINES.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def line(request: HttpRequest, access: Access, line_id: int | None = None) -> HttpResponse:
    """Add or change a line."""
    return _LINES.form_page(request, access, line_id)


@require_safe
@staff_page(StaffRight.SETUP)
def desk_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the desks."""
    return _DESKS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def desk(request: HttpRequest, access: Access, desk_id: int | None = None) -> HttpResponse:
    """Add or change a desk."""
    return _DESKS.form_page(request, access, desk_id)
