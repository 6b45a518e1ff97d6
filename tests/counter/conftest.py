# SPDX-License-Identifier: EUPL-1.2
"""A room with two lines and three desks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from siac.accounts.public import Role, User
from siac.counter.commands.attending import call_next, end, miss, start
from siac.counter.commands.configuring import save_desk, save_line
from siac.counter.commands.shifts import open_desk
from siac.counter.commands.tickets import take_ticket
from siac.counter.models import Stage, Visit
from siac.organizations.public import Institution
from tests.factories import NOW, House


@dataclass
class Room:
    """Lines and desks by letter and number, and their people."""

    house: House
    lines: dict[str, int]
    desks: list[int]
    officers: list[User] = field(default_factory=list)

    @property
    def institution(self) -> Institution:
        return self.house.institution

    def take(self, letter: str, minute: int = 0, priority: str = "") -> Visit:
        """Take a ticket so many minutes after `NOW`."""
        return take_ticket(
            institution=self.institution, line_id=self.lines[letter], priority=priority, now=later(minute)
        )

    def act(self, command: Any, desk: int, minute: int, **more: Any) -> Any:
        """Let the officer of a desk do something."""
        return command(institution=self.institution, actor=self.officers[desk], now=later(minute), **more)

    def call(self, desk: int, minute: int) -> Visit | None:
        """Call the next one to a desk."""
        return self.act(call_next, desk, minute, desk_id=self.desks[desk])

    def serve(self, visit: Visit, desk: int, begun: int, ended: int, **more: Any) -> Any:
        """Attend whoever was called, from a minute to another."""
        self.act(start, desk, begun, visit_id=visit.pk)
        return self.act(end, desk, ended, visit_id=visit.pk, **more)

    def missed(self, visit: Visit, desk: int, minute: int) -> None:
        """Note that nobody came."""
        self.act(miss, desk, minute, visit_id=visit.pk)


def later(minute: int) -> datetime:
    """Return a moment so many minutes after `NOW`."""
    return NOW + timedelta(minutes=minute)


def now_in(visit: Visit) -> str:
    """Return the state of a visit."""
    return Stage.objects.get(visit=visit, ended_at=None).state


def make_room(house: House, *, is_open: bool = True) -> Room:
    """Make a room at the point of a house; its three desks open unless not wanted."""
    common: dict[str, Any] = {"institution": house.institution, "actor": None, "now": NOW}
    given = {"point_id": house.point, "unit_id": house.units["oirs"]}
    lines = {}
    for letter, name in (("A", "Ingresar o preguntar"), ("B", "Matrícula")):
        topic = house.topics["Atención al público"] if letter == "A" else None
        lines[letter] = save_line(**common, **given, prefix=letter, name=name, topic_id=topic).pk
    house.institution.refresh_from_db()
    served = (["A", "B"], ["A"], ["B"])
    desks = [
        save_desk(
            **common, point_id=house.point, name=f"Módulo {number}", line_ids=[lines[each] for each in those]
        ).pk
        for number, those in enumerate(served, start=1)
    ]
    house.institution.refresh_from_db()
    officers = [house.user(role) for role in (Role.FRONT_DESK, Role.QUALITY_MANAGER, Role.HEAD_OF_UNIT)]
    room = Room(house, lines, desks, officers)
    if is_open:
        for desk, officer in zip(desks, officers, strict=True):
            open_desk(institution=house.institution, desk_id=desk, actor=officer, now=NOW)
    return room


@pytest.fixture
def room(house) -> Room:
    return make_room(house)
