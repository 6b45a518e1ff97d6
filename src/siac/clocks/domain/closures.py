# SPDX-License-Identifier: EUPL-1.2
"""Which days a closure takes out of a calendar."""

from datetime import date, timedelta

from siac.clocks.domain.calendar import SATURDAY
from siac.clocks.domain.refusals import Code
from siac.kernel.errors import Refused

LONGEST = 60
"""Calendar days: a longer closure is a mistake in a date, or needs a norm of its own."""


def closed_days(first: date, last: date) -> list[date]:
    """Return the days from Monday to Friday from `first` to `last`, both included.

    Raises:
        Refused: CLOSURE_REVERSED, CLOSURE_TOO_LONG, CLOSURE_ON_WEEKEND (there is none).
    """
    if last < first:
        raise Refused(Code.CLOSURE_REVERSED)
    if (last - first).days >= LONGEST:
        raise Refused(Code.CLOSURE_TOO_LONG, limit=LONGEST)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    days = [day for day in every if day.weekday() < SATURDAY]
    if not days:
        raise Refused(Code.CLOSURE_ON_WEEKEND)
    return days
