# SPDX-License-Identifier: EUPL-1.2
"""How the law of a country counts, where laws differ."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MonthEnd(StrEnum):
    """Which day a term in months ends on where its month has no day of that number."""

    LAST_DAY = "last_day"
    NEXT_FIRST = "next_first"
    """The first of the month after."""


class HoursRun(StrEnum):
    """Which hours a term in hours counts."""

    ALL = "all"
    BUSINESS_DAYS = "business_days"
    """Those of business days, from the minute of the event."""


@dataclass(frozen=True, slots=True)
class Caution:
    """What to warn of where a term begins before a day, since the law counted otherwise until then."""

    before: date
    words: str


@dataclass(frozen=True, kw_only=True)
class Counting:
    """How the law of a country counts; all else is in its rules."""

    month_end: MonthEnd
    hours: HoursRun
    calendar_day: tuple[str, str]
    """What the law calls one calendar day, and several."""
    no_own_closures: str = ""
    """Why a body may not declare days off of its own, a sentence with its article; empty: it may."""
    cautions: tuple[Caution, ...] = ()
