# SPDX-License-Identifier: EUPL-1.2
"""Results of an indicator: what was counted, kept row by row, so that anybody can work it out again."""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from siac.indicators.domain.figures import Share, percentile, quotient
from siac.infra.metrics import Statistic
from siac.kernel.whole_periods import of_months

AMONG = "among"
"""The code of a row that says how many its value is divided among."""
_TENTH = Decimal("0.1")


class Frequency(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """One thing that a result counted: an opaque number, the local day by which it counts, its codes by
    dimension, its value (None: it has none), and whether it is one of those that the share is made of.
    """

    subject: int
    day: date
    codes: tuple[tuple[str, str], ...]
    value: int | None
    is_met: bool


def packed(rows: Iterable[Counted]) -> bytes:
    """Return rows as they are kept: one line of JSON each, in the order of their numbers, compressed."""
    return zlib.compress(_lines(rows), 9)


def unpacked(kept: bytes) -> list[Counted]:
    """Return rows that were kept."""
    found = []
    for line in filter(None, zlib.decompress(kept).decode().split("\n")):
        subject, day, codes, value, is_met = json.loads(line)
        pairs = tuple((key, code) for key, code in codes)
        found.append(Counted(subject, date.fromisoformat(day), pairs, value, is_met))
    return found


def digest(rows: Iterable[Counted]) -> bytes:
    """Return the SHA-256 of the rows as they are kept, before they are compressed."""
    return hashlib.sha256(_lines(rows)).digest()


def digest_of_written(value: Decimal, note: str) -> bytes:
    """Return the SHA-256 of a figure that was written down by hand, with where it comes from."""
    return hashlib.sha256(f"{value:.1f}|{note}".encode()).digest()


def _lines(rows: Iterable[Counted]) -> bytes:
    told = (
        [row.subject, row.day.isoformat(), row.codes, row.value, row.is_met]
        for row in sorted(rows, key=lambda row: row.subject)
    )
    return "\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in told).encode()


@dataclass(frozen=True, slots=True)
class Worth:
    """What rows say: the value in the unit of the metric (None: nothing to tell it of), how many rows it
    rests on and, of a share, how many of them are met.
    """

    value: Decimal | None
    total: int
    met: int


def worth(rows: Sequence[Counted], statistic: Statistic, within: int = 0, least: int = 0) -> Worth:
    """Return what is told of rows: exact, rounded once, half up, to one decimal for a share or mean; of fewer
    than `least` only how many they are (`Metric.least`).
    """
    if len(rows) < least and statistic not in (Statistic.COUNT, Statistic.STOCK):
        return Worth(None, len(rows), 0)
    if statistic is Statistic.QUOTIENT:
        among = sum(int(dict(row.codes)[AMONG]) for row in rows)
        return Worth(quotient(sum(row.value or 0 for row in rows), among), len(rows), len(rows))
    return _worth(rows, statistic, within)


def _worth(rows: Sequence[Counted], statistic: Statistic, within: int) -> Worth:
    values = Counter(row.value for row in rows if row.value is not None)
    known = {value: count for value, count in values.items() if value is not None}
    met = sum(row.is_met for row in rows)
    match statistic:
        case Statistic.COUNT | Statistic.STOCK:
            return Worth(Decimal(len(rows)), len(rows), met)
        case Statistic.RATE:
            return Worth(Share(met, len(rows)).percent, len(rows), met)
        case Statistic.WITHIN | Statistic.BEYOND:
            met = sum(count for value, count in known.items() if value <= within)
            met = met if statistic is Statistic.WITHIN else sum(known.values()) - met
            return Worth(Share(met, len(rows)).percent, len(rows), met)
        case Statistic.MEAN:
            total = sum(value * count for value, count in known.items())
            mean = (Decimal(total) / len(rows)).quantize(_TENTH, ROUND_HALF_UP) if rows else None
            return Worth(mean, len(rows), met)
        case Statistic.MAXIMUM:
            return Worth(_whole(max(known, default=None)), len(rows), met)
        case Statistic.MINIMUM:
            return Worth(_whole(min(known, default=None)), len(rows), met)
        case _:  # a percentile
            part = 50 if statistic is Statistic.MEDIAN else 90
            return Worth(_whole(percentile(known, part)), len(rows), met)


def _whole(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@dataclass(frozen=True, slots=True)
class Changes:
    """How the rows of a result differ from those of the one before it, by their numbers."""

    added: tuple[int, ...]
    removed: tuple[int, ...]
    altered: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered)


def changes(before: Iterable[Counted], after: Iterable[Counted]) -> Changes:
    """Return what differs between two sets of rows."""
    old: Mapping[int, Counted] = {row.subject: row for row in before}
    new: Mapping[int, Counted] = {row.subject: row for row in after}
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
        tuple(sorted(key for key in old.keys() & new.keys() if old[key] != new[key])),
    )


def period_at(frequency: Frequency, day: date) -> tuple[date, date]:
    """Return the first and last local day of the period that `day` lies in."""
    return of_months(day, _MONTHS[frequency])


def first_owed(frequency: Frequency, since: date) -> date:
    """Return the first local day of the first whole period that begins on or after `since`."""
    first, last = period_at(frequency, since)
    return first if first >= since else date.fromordinal(last.toordinal() + 1)


def periods_over(frequency: Frequency, *, since: date, today: date) -> list[tuple[date, date]]:
    """Return the whole periods from the one that begins on or after `since` that are over on `today`, the
    oldest first.
    """
    first, last = period_at(frequency, first_owed(frequency, since))
    found = []
    while last < today:
        found.append((first, last))
        first, last = period_at(frequency, date.fromordinal(last.toordinal() + 1))
    return found


class Standing(StrEnum):
    """How a value stands against its target."""

    REACHED = "reached"
    NEAR = "near"
    MISSED = "missed"
    UNKNOWN = "unknown"


def standing(
    value: Decimal | None, *, target: Decimal | None, near: Decimal | None, lower_is_better: bool
) -> Standing:
    """Return how a value stands: reached, near (between `near` and the target) or missed; unknown without
    value or target.
    """
    if value is None or target is None:
        return Standing.UNKNOWN

    def good(limit: Decimal) -> bool:
        return value <= limit if lower_is_better else value >= limit

    if good(target):
        return Standing.REACHED
    return Standing.NEAR if near is not None and good(near) else Standing.MISSED
