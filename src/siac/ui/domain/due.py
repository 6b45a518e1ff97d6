# SPDX-License-Identifier: EUPL-1.2
"""How a due date is said: in calendar days, or as a day with its business days."""

from dataclasses import dataclass
from datetime import date

MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
SOON = 3  # calendar days


@dataclass(frozen=True)
class Due:
    """`level` is later, soon, today or overdue; `text` says the same in words."""

    level: str
    text: str


def long_date(day: date) -> str:
    """Return the day as people write it: 3 de octubre de 2024."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def day_with_weekday(day: date) -> str:
    """Return the day as it is promised: jueves 3 de octubre de 2024."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def short_date(day: date) -> str:
    """Return the day where there is little room and no doubt about the year: 3 oct."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def day_in_strip(day: date, today: date) -> str:
    """Return the day with its weekday where there is little room: lun 21 dic,
    and its year where that is another one.
    """
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3]} {short_date(day)}{year}"


def due(due_on: date, today: date) -> Due:
    """Return how far `due_on` is from `today`."""
    left = (due_on - today).days
    if left < 0:
        return Due("overdue", f"Venció hace {_days(-left)}")
    if left == 0:
        return Due("today", "Vence hoy")
    if left == 1:
        return Due("soon", "Vence mañana")
    return Due("soon" if left <= SOON else "later", f"Vence en {_days(left)}")


def day_in_list(day: date, today: date) -> str:
    """Return the day as a list shows it: lun 19 oct; with its year and no
    weekday where it is not of this one.
    """
    if day.year != today.year:
        return f"{short_date(day)} {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3]} {short_date(day)}"


def due_in_business_days(due_on: date, today: date, left: int | None, *, is_near: bool) -> Due:
    """Return how far a day is as a list says it under the day itself: «3 días hábiles», «22 días háb. tarde».

    `left` are the business days until it, negative once it passed; None where
    the calendar does not reach so far.
    """
    if due_on < today:
        late = f"{_business(-left, 'háb.')} tarde" if left else "tarde"
        return Due("overdue", late)
    if due_on == today:
        return Due("today", "vence hoy")
    return Due("soon" if is_near else "later", "" if left is None else _business(left))


def _business(count: int, word: str = "") -> str:
    return f"1 día {word or 'hábil'}" if count == 1 else f"{count} días {word or 'hábiles'}"


def _days(count: int) -> str:
    return "1 día" if count == 1 else f"{count} días"
