# SPDX-License-Identifier: EUPL-1.2
"""How a figure, a change and a period are said."""

from datetime import date
from decimal import Decimal

from django.utils.formats import number_format

from siac.indicators.domain.windows import Length, Window
from siac.indicators.figures.measuring import Told
from siac.indicators.texts import NO_CASES, NOTHING, SILENCES, STATISTICS, UNITS
from siac.infra.metrics import LIMITED, OF_VALUES, SHARES, Better, Statistic
from siac.ui.domain.due import MONTHS, WEEKDAYS
from siac.ui.public import long_date

COUNTS = (Statistic.COUNT, Statistic.STOCK)
"""What is told as a bare number: of what, the name of the metric says."""


def unit_words(unit: str, number: Decimal | int) -> str:
    """Return the unit of a number: «día hábil», «días hábiles»."""
    one, many = UNITS[unit]
    return one if abs(number) == 1 else many


def limit_words(unit: str, number: Decimal | int) -> str:
    """Return a value with its unit: «5 días hábiles», «nota 4»."""
    if unit == "marks":
        return f"nota {number_words(number)}"
    if unit == "week_hours":
        day, hour = divmod(int(number), 24)
        return f"{WEEKDAYS[day]} entre las {hour} y las {hour + 1}"
    return f"{number_words(number)} {unit_words(unit, number)}"


def number_words(number: Decimal | int) -> str:
    """Return a number as people write it."""
    return str(number_format(number, force_grouping=True))


def is_percent(unit: str, statistic: Statistic) -> bool:
    """Return whether what is told is a part of a hundred."""
    return unit == "percent" or statistic in LIMITED


def value_words(told: Told, statistic: Statistic) -> str:
    """Return a figure in words: «75,0 %», «5 días hábiles», «nota 4», «12»; a dash where there is none."""
    value, unit = told.value(statistic), told.metric.unit
    if value is None:
        return NOTHING
    number = number_words(value)
    if is_percent(unit, statistic):
        return f"{number} %"
    if unit == "requests" or statistic in COUNTS:
        return number
    return limit_words(unit, value)


def said_words(told: Told, statistic: Statistic) -> str:
    """Return a figure in words, and where there is none why: «Sin casos», «Todavía no se dice»."""
    if told.value(statistic) is not None:
        return value_words(told, statistic)
    return SILENCES[told.silence] if told.total and told.silence else NO_CASES


def statistic_words(unit: str, statistic: Statistic, within: int | None) -> str:
    """Return what is told of values: «Mediana», «Hasta 10 días hábiles»; nothing of what has no values."""
    if statistic in LIMITED:
        which = "Hasta" if statistic is Statistic.WITHIN else "Más de"
        return f"{which} {limit_words(unit, within or 0)}"
    return STATISTICS[statistic] if statistic in OF_VALUES else ""


def of_words(told: Told, statistic: Statistic) -> str:
    """Return of how many: «31 de 35»; of a median «de 35»; nothing where the number says it itself."""
    if statistic is Statistic.QUOTIENT and told.among and told.value(statistic) is not None:
        return f"{number_words(told.counted.total)} entre {number_words(told.among.total)}"
    total = number_words(told.total)
    if not told.total or statistic in COUNTS or told.value(statistic) is None:
        return ""
    return f"{number_words(told.met(statistic))} de {total}" if statistic in SHARES else f"de {total}"


def change_words(now: Told, before: Told, statistic: Statistic) -> str:
    """Return what changed: «3 puntos más», «2 días hábiles menos», «5 más», «igual»; nothing where one of
    both is not there.
    """
    value, earlier = now.value(statistic), before.value(statistic)
    if value is None or earlier is None:
        return ""
    change = Decimal(value) - Decimal(earlier)
    if not change:
        return "igual"
    size = abs(change)
    size = size.to_integral_value() if size == size.to_integral_value() else size
    unit = "percent" if is_percent(now.metric.unit, statistic) else now.metric.unit
    bare = statistic in COUNTS or unit in ("requests", "week_hours")
    counted = "" if bare else f" {unit_words(unit, size)}"
    return f"{number_words(size)}{counted} {'más' if change > 0 else 'menos'}"


def verdict_words(now: Told, before: Told, statistic: Statistic) -> str:
    """Return whether the change is for the better («mejora», «empeora»); nothing where it is neither."""
    value, earlier = now.value(statistic), before.value(statistic)
    better = now.metric.better
    if value is None or earlier is None or value == earlier or better is Better.NEITHER:
        return ""
    # Of days the fewer the better, and so the more that do not pass a limit.
    wants_more = (better is Better.HIGHER) != (statistic is Statistic.WITHIN)
    return "mejora" if (value > earlier) == wants_more else "empeora"


def window_name(window: Window) -> str:
    """Return what a period is called: «noviembre de 2026», «octubre a diciembre de 2026», «2026»."""
    first, end = window.first, window.end
    if window.length is Length.MONTH:
        return f"{MONTHS[first.month - 1]} de {first.year}"
    if window.length is Length.QUARTER:
        return f"{MONTHS[first.month - 1]} a {MONTHS[end.month - 1]} de {first.year}"
    return str(first.year) if window.length is Length.YEAR else days_words(first, end)


def days_words(first: date, last: date) -> str:
    """Return days from one to another: «del 1 al 28 de noviembre de 2026», «el 3 de mayo de 2026»."""
    if first == last:
        return f"el {long_date(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"del {first.day} al {long_date(last)}"
    begins = f"{first.day} de {MONTHS[first.month - 1]}" if first.year == last.year else long_date(first)
    return f"del {begins} al {long_date(last)}"


def seconds_words(seconds: float) -> str:
    """Return how long something took: «0,4 s», «menos de 0,1 s»."""
    return f"{number_format(seconds, 1)} s" if seconds >= 0.1 else "menos de 0,1 s"
