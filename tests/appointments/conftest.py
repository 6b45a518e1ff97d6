# SPDX-License-Identifier: EUPL-1.2
"""A counter with an agenda: Mondays to Fridays from 9 to 11, an hour each, for one at a time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.appointments.commands.booking import Booked, book
from siac.appointments.commands.configuring import save_agenda
from siac.appointments.contact import Contact
from siac.appointments.models import Agenda, Appointment
from siac.appointments.queries import agendas
from siac.organizations.public import Institution
from siac.servicepoints.public import instant
from tests.counter.conftest import Room, make_room
from tests.factories import NOW, House

ANA = Contact("Ana Soto", "ana@ejemplo.cl", "+56 9 8765 4321")
WEEK = [0, 1, 2, 3, 4]
TUESDAY = date(2026, 9, 8)
"""The day after `NOW`."""


def window(opens: str, closes: str, weekdays: list[int] | None = None, **more: Any) -> dict[str, Any]:
    """Return a window as an agenda keeps it."""
    return {"weekdays": weekdays or WEEK, "opens": opens, "closes": closes, "first": None, "last": None,
            "places": None, **more}  # fmt: skip


@dataclass
class Clinic:
    """An agenda and its counter."""

    room: Room
    agenda: Agenda

    @property
    def house(self) -> House:
        return self.room.house

    @property
    def institution(self) -> Institution:
        return self.room.house.institution

    def at(self, clock: str, day: date = TUESDAY) -> datetime:
        """Return the moment at which the clock of the point shows a time."""
        hour, minute = (int(part) for part in clock.split(":"))
        zone = self.institution.zone
        return instant(day, datetime(2000, 1, 1, hour, minute).time(), zone)

    def book(
        self,
        clock: str = "9:00",
        contact: Contact = ANA,
        day: date = TUESDAY,
        now: datetime = NOW,
        **more: Any,
    ) -> Booked:
        """Book an hour."""
        return book(institution=self.institution, agenda_id=self.agenda.pk, begins_at=self.at(clock, day),
                    contact=contact, now=now, **more)  # fmt: skip

    def change(self, **fields: Any) -> None:
        """Change the agenda."""
        save_agenda(institution=self.institution, agenda=self.agenda, actor=None, now=NOW, **fields)
        self.refresh()

    def refresh(self) -> None:
        """Read the configuration again."""
        self.institution.refresh_from_db()
        self.agenda = agendas(self.institution)[self.agenda.pk]


def person(number: int) -> Contact:
    """Return somebody with an address of their own."""
    return Contact(f"Persona {number}", f"persona{number}@ejemplo.cl")


def again(row: Appointment) -> Appointment:
    """Return a row as the database has it."""
    return Appointment.objects.select_related("agenda", "point__institution").get(pk=row.pk)


def make_clinic(house: House, **fields: Any) -> Clinic:
    """Make an agenda at the counter of a house."""
    room = make_room(house, is_open=False)
    given: dict[str, Any] = {
        "name": "Certificados", "minutes": 60, "windows": [window("09:00", "11:00")], **fields
    }  # fmt: skip
    agenda = save_agenda(
        institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW - timedelta(days=30),
        point_id=house.point, line_id=room.lines["A"], **given,
    )  # fmt: skip
    house.institution.refresh_from_db()
    return Clinic(room, agenda)


@pytest.fixture
def clinic(house) -> Clinic:
    return make_clinic(house)
