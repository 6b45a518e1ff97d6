# SPDX-License-Identifier: EUPL-1.2
"""The invented requests of a practice body as plain values: who asks what, when, and how far it is today."""

import tomllib
from calendar import FRIDAY, SATURDAY
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any


class Fate(StrEnum):
    """How far an invented request is."""

    NEW = "new"
    REFERRED = "referred"
    ASSIGNED = "assigned"
    WAITING = "waiting"
    INFORMED = "informed"
    TO_APPROVE = "to_approve"
    RESTRICTED = "restricted"
    LATE = "late"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    CONTESTED = "contested"
    RATED = "rated"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"


F = Fate
LATE_AFTER = 130
"""Calendar days after which the answer to any request of a usual kind is late."""
_FILED: tuple[tuple[int, Fate], ...] = (
    (150, F.ANSWERED_LATE),
    (140, F.LATE),
    (138, F.ANSWERED_LATE),
    (134, F.LATE),
    (132, F.LATE),
    (60, F.RATED),
    (55, F.ANSWERED),
    (50, F.WITHDRAWN),
    (46, F.RATED),
    (42, F.ANSWERED),
    (38, F.TRANSFERRED),
    (34, F.ANSWERED),
    (30, F.CONTESTED),
    (27, F.ANSWERED),
    (24, F.RATED),
    (21, F.ANSWERED),
    (18, F.CONTESTED),
    (16, F.INFORMED),
    (14, F.WAITING),
    (13, F.ASSIGNED),
    (12, F.TO_APPROVE),
    (11, F.RESTRICTED),
    (10, F.ASSIGNED),
    (9, F.INFORMED),
    (9, F.TO_APPROVE),
    (8, F.REFERRED),
    (8, F.ASSIGNED),
    (7, F.WAITING),
    (6, F.REFERRED),
    (6, F.ASSIGNED),
    (5, F.REFERRED),
    (5, F.WAITING),
    (4, F.ASSIGNED),
    (4, F.NEW),
    (3, F.REFERRED),
    (3, F.NEW),
    (2, F.REFERRED),
    (1, F.NEW),
    (1, F.NEW),
    (0, F.NEW),
)
"""Days ago, oldest first: folios go up with time."""
CHANNELS = ("web", "web", "counter", "web", "phone", "web", "letter", "email")


@dataclass(frozen=True, slots=True)
class Story:
    """One invented request; `place` counts them from 0, and the kind, the texts
    and the people go round by it.
    """

    place: int
    at: datetime
    fate: Fate
    channel: str

    @property
    def is_by_letter(self) -> bool:
        """Whether its person is to be answered on paper."""
        return self.channel == "letter"


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Return the invented texts, names and places."""
    file = resources.files("siac.cases.practice") / "cases.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def count() -> int:
    """Return how many requests a practice body gets."""
    return len(_FILED)


def story(place: int, *, now: datetime) -> Story:
    """Return one request; `now` (in the body's time zone) is when the body is
    opened: nothing is filed after it.
    """
    return Story(place, sorted(_moments(now))[place], _FILED[place][1], CHANNELS[place % len(CHANNELS)])


def _moments(now: datetime) -> Iterator[datetime]:
    """Yield when requests were filed: in the morning of working days, and up to
    the last minutes before `now`.
    """
    for place, (days, _) in enumerate(_FILED):
        at = (now - timedelta(days=days)).replace(hour=9, minute=(place * 7) % 60, second=0, microsecond=0)
        if days and at.weekday() >= SATURDAY:
            at -= timedelta(days=at.weekday() - FRIDAY)
        yield min(at + timedelta(hours=place % 3), now - timedelta(minutes=len(_FILED) - place))
