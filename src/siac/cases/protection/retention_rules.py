# SPDX-License-Identifier: EUPL-1.2
"""When a retention of whole months has ended."""

from calendar import monthrange
from datetime import date


def months_before(day: date, months: int) -> date:
    """Return the day so many months before; where that month is shorter, its
    last day (31 March - 1 = 28 February).
    """
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
