# SPDX-License-Identifier: EUPL-1.2
"""Configuration of agendas."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.appointments.commands.configuring import save_agenda
from siac.appointments.commands.tending import review
from siac.appointments.domain.slots import unpack
from siac.appointments.forms import AgendaForm, kept_windows
from siac.appointments.models import Agenda
from siac.appointments.queries import agendas, why_closed
from siac.appointments.texts import UNFIT
from siac.catalogue.public import services
from siac.counter.public import lines
from siac.organizations.public import Access, Histories, StaffRight, Words, setup_tabs, staff_page
from siac.servicepoints.public import Window, service_points, week_words
from siac.ui.records import Records, yes_or_no


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    institution = access.institution
    points = service_points(institution)
    for pk, agenda in agendas(institution).items():
        closed = why_closed(institution, agenda)
        yield (
            pk,
            [
                points[agenda.point_id].name, agenda.name, windows_words(agenda.windows),
                f"{agenda.minutes} min, {agenda.places} a la vez", UNFIT.get(closed, "") or yes_or_no(True),
            ],
        )  # fmt: skip


def windows_words(kept: Any) -> str:
    """Return windows in words: «Lunes a viernes de 9:00 a 13:00»."""
    week: dict[int, list[Window]] = {}
    for each in unpack(kept):
        for day in each.weekdays:
            week.setdefault(day, []).append(Window(each.opens, each.closes))
    return week_words({day: sorted(set(those)) for day, those in week.items()})


def _load(access: Access, pk: int) -> Agenda | None:
    return Agenda.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: Agenda | None, data: QueryDict | None) -> AgendaForm:
    return AgendaForm(access.institution, row, data)


def _save(access: Access, row: Agenda | None, fields: dict[str, Any]) -> None:
    institution, now = access.institution, current_time()
    based_on = fields.pop("based_on", None)
    fields["windows"] = kept_windows(fields["windows"])
    line = lines(institution).get(fields["line_id"])
    save_agenda(
        institution=institution, agenda=row, actor=access.user, now=now, based_on=based_on,
        point_id=line.point_id if line else None, **fields,
    )  # fmt: skip
    institution.refresh_from_db()
    review(institution, now=now)  # whoever saves reads at once what no longer fits


def _words(access: Access) -> Words:
    institution = access.institution
    points, known, given = service_points(institution), lines(institution), services(institution)
    return {
        "point_id": lambda pk: points[pk].name if pk in points else "",
        "line_id": lambda pk: known[pk].name if pk in known else "",
        "service_id": lambda pk: given[pk].name if pk in given else "",
        "windows": windows_words,
    }


_AGENDAS: Records[Access, Agenda] = Records(
    title="Agendas de citas",
    columns=("Punto de atención", "Nombre", "Horario", "Citas", "Activa"),
    listed="workspace:appointments:agendas",
    one="workspace:appointments:agenda",
    add="Agregar agenda",
    new="Nueva agenda de citas",
    saved="Agenda guardada. Las citas ya reservadas se conservan; las que ya no caben están en «Citas».",
    cells=_cells,
    load=_load,
    name=lambda agenda: agenda.name,
    form=_form,
    save=_save,
    tabs=lambda access: setup_tabs(access.institution),
    history=Histories(_words),
    intro="Para qué se puede pedir hora, a qué horas y cuántas personas a la vez.",
)


@require_safe
@staff_page(StaffRight.SETUP)
def agenda_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the agendas."""
    return _AGENDAS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def agenda(request: HttpRequest, access: Access, agenda_id: int | None = None) -> HttpResponse:
    """Add or change an agenda."""
    return _AGENDAS.form_page(request, access, agenda_id)
