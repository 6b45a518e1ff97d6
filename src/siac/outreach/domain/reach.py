# SPDX-License-Identifier: EUPL-1.2
"""What a campaign reached of what was expected, and the month of a calendar."""

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_TENTH = Decimal("0.1")


class Standing(StrEnum):
    """Where a campaign stands on a local day."""

    PLANNED = "planned"
    RUNNING = "running"
    TO_EVALUATE = "to_evaluate"
    EVALUATED = "evaluated"
    DROPPED = "dropped"


def standing(
    starts_on: date, ends_on: date, *, is_evaluated: bool, is_dropped: bool, today: date
) -> Standing:
    """Return where a campaign stands: it runs on its last day still."""
    if is_dropped:
        return Standing.DROPPED
    if is_evaluated:
        return Standing.EVALUATED
    if today < starts_on:
        return Standing.PLANNED
    return Standing.RUNNING if today <= ends_on else Standing.TO_EVALUATE


def reached_share(measured: int | None, expected: int) -> Decimal | None:
    """Return what was reached in a hundred of what was expected, to a tenth; None where nobody measured it,
    or nothing was expected.
    """
    if measured is None or not expected:
        return None
    return (Decimal(measured * 100) / expected).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's table, and the campaigns that run on it, by key."""

    on: date
    is_of_month: bool
    campaigns: Sequence[int]


def month_weeks(year: int, month: int, spans: Mapping[int, tuple[date, date]]) -> list[list[Day]]:
    """Return the weeks of a month, from Monday, each day with the campaigns that run on it."""
    return [
        [Day(day, day.month == month, _on(day, spans)) for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]


def _on(day: date, spans: Mapping[int, tuple[date, date]]) -> list[int]:
    return [pk for pk, (first, last) in spans.items() if first <= day <= last]


def month_beside(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the (year, month) so many months away."""
    whole = year * 12 + month - 1 + by
    return whole // 12, whole % 12 + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A campaign as a calendar is told of it: whole local days."""

    uid: str
    starts_on: date
    ends_on: date
    title: str
    text: str
    sequence: int


def calendar_lines(entries: Iterable[Entry], stamp: str) -> list[str]:
    """Return the lines of a calendar of whole days (RFC 5545), not yet escaped nor folded: (name, value)."""
    lines: list[str] = []
    for each in entries:
        lines += [
            "BEGIN:VEVENT", f"UID:{each.uid}", f"SEQUENCE:{each.sequence}", f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{each.starts_on:%Y%m%d}",
            # The end of whole days is the first day after them.
            f"DTEND;VALUE=DATE:{each.ends_on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{each.title}", f"DESCRIPTION:{each.text}", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    return lines
