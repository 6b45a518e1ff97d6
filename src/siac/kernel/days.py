# SPDX-License-Identifier: EUPL-1.2
"""Days as people write them into addresses and forms."""

from datetime import date

EARLIEST, LATEST = date(1900, 1, 1), date(8999, 12, 31)
"""Days beyond are slips: no calendar of ours has them, and what is reckoned from them overflows."""


def is_within(day: date) -> bool:
    """Return whether a day lies where days can be reckoned with."""
    return EARLIEST <= day <= LATEST


def read_day(text: str) -> date | None:
    """Return the day that a text in ISO form names (2026-03-27); None where it names none, or one beyond."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if is_within(found) else None
