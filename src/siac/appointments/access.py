# SPDX-License-Identifier: EUPL-1.2
"""Who of the house may see and change which appointments."""

from siac.appointments.domain.rights import AppointmentRight
from siac.appointments.models import Agenda, Suspension
from siac.appointments.queries import agendas
from siac.counter.public import lines
from siac.organizations.public import Access
from siac.servicepoints.public import ServicePoint, service_points


def own_agendas(access: Access, right: AppointmentRight) -> dict[int, Agenda]:
    """Return the agendas whose lines are of a unit over which the holder of `access` has `right`, by
    primary key; no SQL when warm.
    """
    known = lines(access.institution)
    return {
        pk: agenda
        for pk, agenda in agendas(access.institution).items()
        if agenda.line_id in known and access.has_in(right, known[agenda.line_id].unit_id)
    }


def own_points(access: Access, right: AppointmentRight) -> list[ServicePoint]:
    """Return the points with such agendas, in the order of their names; no SQL when warm."""
    wanted = {agenda.point_id for agenda in own_agendas(access, right).values()}
    return [point for pk, point in service_points(access.institution).items() if pk in wanted]


def may_suspend(access: Access, point_id: int, agenda_id: int | None) -> bool:
    """Return whether somebody may suspend an agenda, or (None) all of a point: then each of them is theirs.
    No SQL when warm.
    """
    own = own_agendas(access, AppointmentRight.SUSPEND)
    if agenda_id is not None:
        return agenda_id in own and own[agenda_id].point_id == point_id
    there = {pk for pk, each in agendas(access.institution).items() if each.point_id == point_id}
    return bool(there) and there <= set(own)


def suspension_for(access: Access, pk: int) -> Suspension | None:
    """Return a suspension that somebody may look after (1 SQL); None where there is none for them."""
    row = (
        Suspension.objects.filter(institution=access.institution, pk=pk)
        .select_related("point", "agenda")
        .first()
    )
    return row if row is not None and may_suspend(access, row.point_id, row.agenda_id) else None
