# SPDX-License-Identifier: EUPL-1.2
"""How long a term still runs, told as its law counts it: never calendar days beside a term in
business days.
"""

from contextlib import suppress
from datetime import date

from django.utils.safestring import SafeString

from siac.clocks.public import Clock, Unit, days_left
from siac.kernel.errors import Refused
from siac.ui.public import day_in_strip, draw_dated, long_date

_SOON = 3  # days, as the term counts them


def draw_last_day(clock: Clock, today: date) -> SafeString:
    """Draw the last day of a running clock and the days left: «lun 21 dic · 15
    días hábiles»; no SQL when warm.
    """
    level, words = _told(clock, today)
    return draw_dated(level, f"{day_in_strip(clock.due_on, today)} · {words}", long_date(clock.due_on))


def draw_time_left(clock: Clock, today: date) -> SafeString:
    """Draw only the days left of a running clock: «15 días hábiles»; no SQL when warm."""
    level, words = _told(clock, today)
    return draw_dated(level, words, long_date(clock.due_on))


def _told(clock: Clock, today: date) -> tuple[str, str]:
    """Return how near the last day is (later, soon, today, overdue) and the days
    left, or since when it is late, in words.
    """
    if clock.due_on == today:
        return "today", "vence hoy"
    left, is_business = (clock.due_on - today).days, False
    with suppress(Refused):  # beyond its calendar nobody knows which days count
        left, is_business = days_left(clock, today), clock.unit == Unit.BUSINESS_DAYS
    count = abs(left)
    sort = ("hábil", "hábiles") if is_business else ("corrido", "corridos")
    days = f"{count} día{'' if count == 1 else 's'} {sort[count != 1]}"
    if clock.due_on < today:
        return "overdue", f"{days} de atraso"
    return ("soon" if left <= _SOON else "later"), days
