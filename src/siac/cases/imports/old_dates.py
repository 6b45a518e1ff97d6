# SPDX-License-Identifier: EUPL-1.2
"""Dates as old registers write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from siac.kernel.text import fold

FORMATS = ("dmy", "mdy", "ymd", "serial")
_PARTS = re.compile(
    r"^\s*(\d{1,4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,4})"
    r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?\s?m\.?)?)?\s*$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"^\s*(?:[a-z]+,?\s+)?(\d{1,2})\s+(?:de\s+)?([a-zç]{3,10})\.?\s+(?:del?\s+)?(\d{4})\s*$"
)
_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_SERIAL = re.compile(r"^\s*(\d{5})(?:[.,](\d+))?\s*$")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet has no zone
_ORDER = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2), "serial": (0, 1, 2)}
_NOON = time(12)


def read_moment(text: str, order: str, zone: ZoneInfo) -> datetime | None:
    """Return the aware moment that `text` tells, or None if it is no date that exists.

    `order` is one of `FORMATS`; ISO dates (with or without zone) and spreadsheet serials are read
    under every order. A time without zone is of `zone`; a day without time is its noon there.
    Years of two digits are of this century.
    """
    moment = _iso(text) or _serial(text) or _written(text) or _ordered(text, order)
    if moment is None or not 1900 <= moment.year <= 2200:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _iso(text: str) -> datetime | None:
    cleaned = text.strip()
    if not re.match(r"^\d{4}-\d{2}-\d{2}", cleaned):
        return None
    try:
        if len(cleaned) == 10:
            return datetime.combine(date.fromisoformat(cleaned), _NOON)
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment


def _serial(text: str) -> datetime | None:
    match = _SERIAL.match(text)
    if match is None:
        return None
    day = _EPOCH + timedelta(days=int(match[1]))
    if not match[2]:
        return day.replace(hour=12)
    seconds = 86_400 * int(match[2]) // 10 ** len(match[2])
    return day + timedelta(seconds=seconds)


def _written(text: str) -> datetime | None:
    """Read a day with its month in Spanish words, whole or by its first three
    letters: 7 de marzo de 2026, 7 mar 2026.
    """
    match = _WRITTEN.match(fold(text))
    if match is None:
        return None
    month = match[2][:3].replace("set", "sep")
    if month not in _MONTHS:
        return None
    try:
        return datetime.combine(date(int(match[3]), _MONTHS.index(month) + 1, int(match[1])), _NOON)
    except ValueError:
        return None


def _ordered(text: str, order: str) -> datetime | None:
    match = _PARTS.match(text)
    if match is None:
        return None
    numbers = match.groups()
    year, month, day = (numbers[place] for place in _ORDER[order])
    if len(month) > 2 or len(day) > 2 or len(year) not in {2, 4}:
        return None
    hour, minute, second = (int(part or 0) for part in numbers[3:6])
    if numbers[6]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if numbers[6].lower() == "p" else 0)
    try:
        full = int(year) + (2000 if len(year) == 2 else 0)
        if numbers[3] is None:
            return datetime.combine(date(full, int(month), int(day)), _NOON)
        return datetime(full, int(month), int(day), hour, minute, second)  # noqa: DTZ001 - the caller gives the zone
    except ValueError:
        return None


def tells_hour(text: str) -> bool:
    """Return whether a date comes with its hour; a day alone is kept as its noon."""
    return ":" in text


def likely_order(samples: Iterable[str]) -> str:
    """Return the one order under which `samples` are dates; empty where they can be read in two ways.

    Days written in words, ISO dates and serials read alike under every order.
    No text at all is read day first.
    """
    zone = ZoneInfo("UTC")
    texts = [text for text in samples if text.strip()]
    read = [{order: read_moment(text, order, zone) for order in FORMATS[:3]} for text in texts]
    dates = [moments for moments in read if any(moments.values())]
    fitting = [order for order in FORMATS[:3] if all(moments[order] for moments in dates)]
    if not fitting:
        return ""
    first = fitting[0]
    same = all(moments[order] == moments[first] for moments in dates for order in fitting)
    return first if same else ""
