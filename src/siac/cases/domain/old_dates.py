# SPDX-License-Identifier: EUPL-1.2
"""Dates as old registers write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FORMATS = ("dmy", "mdy", "ymd", "serial")
_PARTS = re.compile(
    r"^\s*(\d{1,4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,4})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*$"
)
_SERIAL = re.compile(r"^\s*(\d{5})(?:[.,](\d+))?\s*$")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet has no zone
_ORDER = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2), "serial": (0, 1, 2)}
_NOON = time(12)


def read_moment(text: str, order: str, zone: ZoneInfo) -> datetime | None:
    """Return the aware moment that `text` tells, or None if it is no date that exists.

    `order` is one of `FORMATS`; ISO dates (with or without zone) and spreadsheet serials are read under every order.
    A time without zone is of `zone`; a day without time is its noon there. Years of two digits are of this century.
    """
    moment = _iso(text) or _serial(text) or _ordered(text, order)
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


def _ordered(text: str, order: str) -> datetime | None:
    match = _PARTS.match(text)
    if match is None:
        return None
    numbers = match.groups()
    year, month, day = (numbers[place] for place in _ORDER[order])
    if len(month) > 2 or len(day) > 2 or len(year) not in {2, 4}:
        return None
    hour, minute, second = (int(part or 0) for part in numbers[3:6])
    try:
        full = int(year) + (2000 if len(year) == 2 else 0)
        if numbers[3] is None:
            return datetime.combine(date(full, int(month), int(day)), _NOON)
        return datetime(full, int(month), int(day), hour, minute, second)  # noqa: DTZ001 - the caller gives the zone
    except ValueError:
        return None


def guess_order(samples: Iterable[str]) -> str:
    """Return the order under which most of `samples` are dates; day first where several fit alike."""
    texts = [text for text in samples if text.strip()]
    zone = ZoneInfo("UTC")
    fits = {order: sum(read_moment(t, order, zone) is not None for t in texts) for order in FORMATS[:3]}
    return max(FORMATS[:3], key=lambda order: fits[order])
