# SPDX-License-Identifier: EUPL-1.2
"""Arithmetic of figures over histograms of whole numbers: exact, without floats."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `total` fulfil something; `percent` has one decimal, None where there is nothing to
    count.
    """

    met: int
    total: int

    @property
    def percent(self) -> Decimal | None:
        if self.total == 0:
            return None
        exact = Decimal(self.met * 100) / Decimal(self.total)
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    def beside(self, missed: int) -> "Share":
        """Return the share where `missed` more did not fulfil it."""
        return Share(self.met, self.total + missed)

    def reaches(self, target: Decimal) -> bool | None:
        """Return whether the exact share (not the rounded one) reaches `target` percent; None without
        cases.
        """
        if self.total == 0:
            return None
        return Decimal(self.met * 100) >= target * self.total


def quotient(total: int, among: int) -> Decimal | None:
    """Return a sum for each of so many, exact but for one decimal at the end, half up; None among none."""
    return (Decimal(total) / among).quantize(Decimal("0.1"), ROUND_HALF_UP) if among else None


def share_within(histogram: Mapping[int, int], limit: int) -> Share:
    """Return the share of values not above `limit`."""
    met = sum(count for value, count in histogram.items() if value <= limit)
    return Share(met, sum(histogram.values()))


def percentile(histogram: Mapping[int, int], percent: int) -> int | None:
    """Return the smallest value that at least `percent` of the values do not exceed (nearest rank),
    or None.
    """
    total = sum(histogram.values())
    if total == 0:
        return None
    rank = max(1, -(-total * percent // 100))
    seen = 0
    for value in sorted(histogram):
        seen += histogram[value]
        if seen >= rank:
            return value
    raise AssertionError("rank lies within the total")


class Silence(StrEnum):
    """Why nothing is told but how many."""

    RUNNING = "running"
    """It is no whole month, quarter or year, or not over."""
    PARTS = "parts"
    """It is asked of parts that are never told apart."""
    YEARS = "years"
    """It is known of whole years only, and this is none."""
    FEW = "few"
    """They are few, or few would follow from it."""
