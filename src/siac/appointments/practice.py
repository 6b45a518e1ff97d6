# SPDX-License-Identifier: EUPL-1.2
"""How agendas come over into a practice body."""

from siac.appointments.commands.configuring import save_agenda
from siac.appointments.models import Agenda
from siac.appointments.queries import agendas
from siac.catalogue.public import Service
from siac.counter.public import QueueLine
from siac.organizations.public import Copying, PracticePart
from siac.servicepoints.public import ServicePoint

_COPIED = (
    "name", "is_online", "minutes", "between", "places", "windows", "notice_hours", "ahead_days", "most_open",
    "bring", "asks_document", "reminder_hours", "has_waiting_list", "offer_hours", "early_minutes",
    "late_minutes", "keep_days",
)  # fmt: skip


def _copy(copying: Copying) -> None:
    """Copy the agendas in use whose line came over."""

    def copy(row: Agenda) -> Agenda:
        fields = {name: getattr(row, name) for name in _COPIED}
        return save_agenda(
            **copying.common, point_id=copying.new_id(ServicePoint, row.point_id),
            line_id=copying.new_id(QueueLine, row.line_id),
            service_id=copying.new_id(Service, row.service_id),
            **fields,
        )  # fmt: skip

    known = agendas(copying.source).values()
    copying.each(
        (row for row in known if row.is_active and copying.new_id(QueueLine, row.line_id) is not None), copy
    )


PARTS = (PracticePart("agendas", 49, _copy, ("appointments.Agenda",)),)
_REAL = "Real people of the source and their hours."
LEFT_BEHIND = {
    "appointments.Appointment": _REAL,
    "appointments.AppointmentFact": _REAL,
    "appointments.Waiter": _REAL,
    "appointments.Suspension": "Days on which the source attended nobody.",
}
