# SPDX-License-Identifier: EUPL-1.2
"""Who is next, how long it may take until then, and how times become minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

ALL_DAY = timedelta(days=2)
"""Longer than anybody waits: with it whoever has a preference goes before all who have none."""
NIGHT = timedelta(hours=3)
"""A counter goes on after midnight: what a day left open is closed so long after it."""
LEAST_KNOWN = 3
"""So many services must have ended today before a range is told."""
STEP = 5
"""Minutes that ranges are rounded to, outwards."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits: for which line, since when, by which preference (empty: none), and for which hour
    they were given an appointment (None: none).
    """

    visit_id: int
    code: str
    line_id: int
    taken_at: datetime
    priority: str = ""
    hour: datetime | None = None


def in_turn(waiting: Iterable[Waiting], passes: int | None, now: datetime | None = None) -> list[Waiting]:
    """Return those who wait in the order in which they are called: by the moment they came. Whoever has a
    preference goes before whom they find waiting, but for those who came `passes` minutes earlier or more
    (None: before all without one), so that nobody is passed for ever; among those with one the first to come
    goes first. Who goes on to another line keeps the moment they came.

    Whoever has an appointment waits like all others until its hour has come (`now`), and from then on goes
    before whom they find waiting by the same rule, as of that hour or of the moment they came where that was
    later.
    """
    ahead = ALL_DAY if passes is None else timedelta(minutes=passes)

    def called_first(one: Waiting) -> tuple[datetime, datetime, int]:
        came = one.taken_at
        if one.hour is not None and now is not None and one.hour <= now:
            came = max(came, one.hour)
            return came - ahead, came, one.visit_id
        return came - ahead if one.priority else came, came, one.visit_id

    return sorted(waiting, key=called_first)


def minutes_of(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Return how long intervals are together in minutes; a minute that began counts, as a promise of at most
    so many minutes is broken by the first second after them.
    """
    total = sum((end - begin for begin, end in spans), timedelta())
    return -(-total // timedelta(minutes=1))


def wait_range(ahead: int, took: Sequence[int], desks: int) -> tuple[int, int] | None:
    """Return from how many to how many minutes somebody waits who has `ahead` people before them; None where
    today tells too little.

    `took`: seconds from call to end of today's last services; `desks`: open ones that attend. The range goes
    by the quarter of services that were shortest and the quarter that were longest.
    """
    if desks < 1 or len(took) < LEAST_KNOWN:
        return None
    known = sorted(took)
    short, long = known[len(known) // 4], known[3 * len(known) // 4]
    low = ahead * short // (desks * 60)
    high = -(-(ahead + 1) * long // (desks * 60))
    return low - low % STEP, max(STEP, -(-high // STEP) * STEP)


def range_words(known: tuple[int, int] | None) -> str:
    """Return a range of waiting in words."""
    if known is None:
        return "todavía no se sabe"
    low, high = known
    return f"menos de {high} minutos" if low == 0 else f"entre {low} y {high} minutos"


def ticket_code(prefix: str, number: int) -> str:
    """Return the code of a ticket as it is shown and called: «B 047»."""
    return f"{prefix} {number:03d}"
