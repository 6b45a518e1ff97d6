# SPDX-License-Identifier: EUPL-1.2
"""What higher contexts add to the screen that gives numbers: doors beside its lines."""

from collections.abc import Callable
from dataclasses import dataclass

from siac.organizations.public import Institution
from siac.servicepoints.public import ServicePoint


@dataclass(frozen=True, slots=True)
class KioskDoor:
    """A button of the screen that leads elsewhere: `url` says where, empty where a point has none."""

    key: str
    """What stands for it in the address that opens it."""
    label: str
    hint: str
    url: Callable[[Institution, ServicePoint], str]
    gives_number: bool = False
    """It leads to a number, which is printed where the screen prints."""


_DOORS: list[KioskDoor] = []


def register_kiosk_door(door: KioskDoor) -> None:
    """Add a door to the screens that give numbers; called when the application starts."""
    _DOORS.append(door)


def doors_of(institution: Institution, point: ServicePoint) -> list[tuple[KioskDoor, str]]:
    """Return the doors of the screen of a point with their addresses, in the order of registration."""
    found = [(door, door.url(institution, point)) for door in _DOORS]
    return [(door, url) for door, url in found if url]
