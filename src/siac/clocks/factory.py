# SPDX-License-Identifier: EUPL-1.2
"""Calendars straight from what ships, for a command run before any calendar is in the database.

Asks `seeding`, which is heavy: only for management commands, tests and benchmarks.
"""

from functools import lru_cache

from siac.clocks.domain.calendar import DayOff, LayerDays, WorkingCalendar, merge
from siac.clocks.domain.places import parse_place
from siac.clocks.domain.refusals import Code
from siac.clocks.seeding import seed_layers
from siac.countries.public import FIRST, LAST
from siac.kernel.errors import Refused


@lru_cache(maxsize=1)
def shipped_layers() -> dict[str, LayerDays]:
    """Return every shipped layer by code, as version 1."""
    return {
        seed.code: LayerDays(
            seed.code,
            1,
            FIRST,
            LAST,
            tuple((day.date, DayOff(day.name, day.kind, seed.code)) for day in seed.days),
            seed.claim,
        )
        for seed in seed_layers()
    }


def shipped_calendar(expression: str, *, decreed: bool = True) -> WorkingCalendar:
    """Return the calendar of a place from the shipped layers alone.

    Raises:
        Refused: UNKNOWN_PLACE, MIXED_COUNTRIES, PLACE_WITHOUT_CALENDAR.
    """
    place, layers = parse_place(expression), shipped_layers()
    missing = [code for code in place.required if code not in layers]
    if missing:
        raise Refused(Code.PLACE_WITHOUT_CALENDAR, place=expression, layers=", ".join(missing))
    return merge([layers[code] for code in place.layers if code in layers], decreed=decreed)
