# SPDX-License-Identifier: EUPL-1.2
"""Pages of `appointments`."""

from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import Role
from siac.appointments.commands.suspending import suspend
from siac.appointments.public import Contact, book, join_list, save_agenda
from siac.appointments.queries import free_slots
from tests.architecture.samples.whom import ADMIN, KEEPERS, Made, Sample, with_
from tests.factories import House

ATTENDERS = frozenset({Role.FRONT_DESK, Role.QUALITY_MANAGER})
_AGENDA, _TOKEN = with_(agenda_id="agenda"), with_(token="appointment_token")
_ONE = with_(pk="appointment")

SAMPLES = {
    "workspace:appointments:day": Sample(ATTENDERS),
    "workspace:appointments:new": Sample(ATTENDERS, _AGENDA),
    "workspace:appointments:unfit": Sample(ATTENDERS),
    "workspace:appointments:suspend": Sample(KEEPERS),
    "workspace:appointments:suspension": Sample(KEEPERS, with_(pk="suspension")),
    "workspace:appointments:appointment": Sample(ATTENDERS, _ONE),
    "workspace:appointments:act": Sample(ATTENDERS, _ONE, post=True, data={"hacer": "anular"}),
    "workspace:appointments:move": Sample(ATTENDERS, _ONE),
    "workspace:appointments:agendas": Sample(ADMIN),
    "workspace:appointments:agenda_new": Sample(ADMIN),
    "workspace:appointments:agenda": Sample(ADMIN, _AGENDA),
    "portal:appointments:agendas": Sample(),
    "portal:appointments:choose": Sample(arguments=_AGENDA),
    "portal:appointments:reserve": Sample(arguments=_AGENDA, moved=True),
    "portal:appointments:wait": Sample(arguments=_AGENDA),
    "portal:appointments:appointment": Sample(arguments=_TOKEN),
    "portal:appointments:change": Sample(arguments=_TOKEN),
    "portal:appointments:cancel": Sample(arguments=_TOKEN),
    "portal:appointments:respond": Sample(arguments=_TOKEN, post=True),
    "portal:appointments:calendar": Sample(arguments=_TOKEN),
    "portal:appointments:waiter": Sample(arguments=with_(token="waiter_token")),
    "portal:appointments:arrive": Sample(arguments=with_(code="counter_point")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make an agenda at the line of the counter, with somebody who booked and somebody who waits."""
    windows = [{"weekdays": list(range(7)), "opens": "09:00", "closes": "18:00"}]
    common: dict[str, Any] = {"institution": house.institution, "now": now}
    agenda = save_agenda(
        **common, actor=None, point_id=house.point, line_id=made["counter_line"], name="Certificados",
        windows=windows,
    )  # fmt: skip
    house.institution.refresh_from_db()
    today = house.today(now)
    days = free_slots(
        house.institution, agenda, today + timedelta(days=1), today + timedelta(days=20), now=now
    )
    day, slots = next((day, slots) for day, slots in days.items() if slots)
    ana = Contact("Ana Soto", "ana@ejemplo.cl")
    booked = book(**common, agenda_id=agenda.pk, begins_at=slots[0].slot.begins_at, contact=ana)
    _, waiter = join_list(**common, agenda_id=agenda.pk, first_on=day, last_on=day, contact=ana)
    far = today + timedelta(days=200)
    suspension = suspend(
        **common, point_id=house.point, agenda_id=None, first_on=far, last_on=far, reason="Inventario",
        actor=house.user(Role.QUALITY_MANAGER),
    )  # fmt: skip
    return {
        "agenda": agenda.pk, "appointment": booked.appointment.pk, "appointment_token": booked.token,
        "waiter_token": waiter, "suspension": suspension.pk,
    }  # fmt: skip
