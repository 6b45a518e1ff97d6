# SPDX-License-Identifier: EUPL-1.2
"""When a number is unusual enough to be looked at: against what is usual in the same unit, never against
others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

LEAST = 5
"""Of fewer things nothing is said: chance alone does that."""
TIMES = 2
"""So many times what is usual is unusual."""
MASS, MASS_TIMES = 10, 4
"""Answers of one day that are many, and how many times those of a usual day."""


@dataclass(frozen=True, slots=True)
class Part:
    """How many of how many."""

    count: int
    total: int


def is_unusual(now: Part, usual: Part) -> bool:
    """Return whether a share is at least twice what it usually is, of at least five things; where it usually
    is none, five are unusual. Where fewer than five things are known of before, nothing is usual yet.
    """
    if now.count < LEAST or not now.total or usual.total < LEAST:
        return False
    # now.count / now.total >= TIMES * usual.count / usual.total, without floats
    return now.count * usual.total >= TIMES * usual.count * now.total


def is_picked(asked: Part, everybody: Part) -> bool:
    """Return whether those who were asked fared so much better than everybody that chance hardly does it: at
    most half as many were answered late as their number would have, of at least five.
    """
    # asked.count <= expected / 2 and expected >= 5, of everybody's share of them, without floats
    expected = everybody.count * asked.total
    return expected >= LEAST * everybody.total > 0 and TIMES * asked.count * everybody.total <= expected


def mass_days(by_day: Mapping[date, int]) -> list[tuple[date, int, int]]:
    """Return the days on which very many were answered, with how many and how many on a usual day (the median
    of the days on which any was), the latest first; nothing of fewer than five such days.
    """
    counts = sorted(count for count in by_day.values() if count)
    if len(counts) < LEAST:
        return []
    usual = max(int(median(counts)), 1)
    found = [
        (day, count, usual) for day, count in by_day.items() if count >= MASS and count >= MASS_TIMES * usual
    ]
    return sorted(found, reverse=True)


def share_words(part: Part) -> str:
    """Return a share in words: «7 de 20 (35 %)»."""
    return f"{part.count} de {part.total} ({round(100 * part.count / part.total)} %)" if part.total else "0"
