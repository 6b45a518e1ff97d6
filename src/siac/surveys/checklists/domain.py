# SPDX-License-Identifier: EUPL-1.2
"""A protocol as it is kept, and what the marks of a visit are worth."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

YES, NO, NOT_APPLICABLE = "yes", "no", "na"
SCALES = (3, 5, 7, 10)
"""The highest mark of each scale; all begin at 0."""
MOST_ITEMS, MOST_SECTIONS, MOST_EVIDENCE, MOST_WEIGHT = 50, 10, 50, 100
_TENTH, _HUNDRED = Decimal("0.1"), 100
Raw = Sequence[Mapping[str, Any]]
Marks = Mapping[str, str]
"""What was marked, by code of the item: `yes`, `no`, `na` or a number of its scale."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is looked at. `top` is the highest mark of its scale, 0 where it is yes or no."""

    code: str
    label: str
    guidance: str = ""
    weight: int = 1
    top: int = 0
    is_critical: bool = False
    wants_evidence: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """What may be marked."""
        scale = tuple(str(mark) for mark in range(self.top + 1)) if self.top else (YES, NO)
        return (*scale, NOT_APPLICABLE)

    def share(self, mark: str) -> Fraction | None:
        """Return the part of its points that a mark gives; None of what does not apply."""
        if mark == NOT_APPLICABLE:
            return None
        return Fraction(int(mark), self.top) if self.top else Fraction(mark == YES)

    def fails(self, mark: str) -> bool:
        """Return whether a mark is a failure: a no, or less than half of the scale."""
        share = self.share(mark)
        return share is not None and share < Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Section:
    """Items that are looked at together."""

    title: str
    items: tuple[Item, ...]


def parse(raw: Raw) -> tuple[Section, ...]:
    """Return the sections of a protocol as it is kept."""
    return tuple(
        Section(
            each["title"],
            tuple(
                Item(
                    item["code"], item["label"], item.get("guidance", ""), item.get("weight", 1),
                    item.get("top", 0), item.get("critical", False), item.get("evidence", False),
                )
                for item in each["items"]
            ),
        )
        for each in raw
    )  # fmt: skip


def items_of(sections: Sequence[Section]) -> Iterator[Item]:
    """Yield every item in its order."""
    for section in sections:
        yield from section.items


@dataclass(frozen=True, slots=True)
class Score:
    """What the marks of a visit come to."""

    value: Decimal | None
    """In hundredths of what could be reached, one decimal, half up; None where nothing applied."""
    points: Fraction
    weight: int
    """The weights of what applied."""
    applied: int
    left_out: int
    unmarked: tuple[Item, ...]
    failed: tuple[Item, ...]
    critical: tuple[Item, ...]
    """Of the failed ones those that are critical."""

    @property
    def whole(self) -> int | None:
        """The score without decimals, half up, as figures count it: from the exact one, rounded once."""
        return None if self.value is None else int(_rounded(self.points / self.weight, Decimal(1)))


def score(sections: Sequence[Section], marks: Marks) -> Score:
    """Return what marks come to: the weighted points among those of the items that applied and were marked.

    A critical item that fails is told apart; it takes no other points than its own.
    """
    points, weight, applied, left_out = Fraction(0), 0, 0, 0
    unmarked, failed = [], []
    for item in items_of(sections):
        mark = marks.get(item.code, "")
        if mark not in item.marks:
            unmarked.append(item)
            continue
        share = item.share(mark)
        if share is None:
            left_out += 1
            continue
        applied, weight, points = applied + 1, weight + item.weight, points + item.weight * share
        if item.fails(mark):
            failed.append(item)
    value = _rounded(points / weight, _TENTH) if weight else None
    critical = tuple(item for item in failed if item.is_critical)
    return Score(value, points, weight, applied, left_out, tuple(unmarked), tuple(failed), critical)


def _rounded(share: Fraction, step: Decimal) -> Decimal:
    """Return a share in hundredths, rounded once, half up."""
    scaled = share * _HUNDRED / Fraction(step)
    return Decimal(int(scaled + Fraction(1, 2))) * step


@dataclass(frozen=True, slots=True)
class Moved:
    """An item of which two visits say something else."""

    item: Item
    before: str
    after: str
    is_better: bool | None
    """None where one of both does not apply."""


def moved(sections: Sequence[Section], before: Marks, after: Marks) -> list[Moved]:
    """Return the items of a visit whose marks differ from those of the visit before it."""
    found = []
    for item in items_of(sections):
        old, new = before.get(item.code, ""), after.get(item.code, "")
        if old == new or old not in item.marks or new not in item.marks:
            continue
        was, now = item.share(old), item.share(new)
        found.append(Moved(item, old, new, None if was is None or now is None else now > was))
    return found


def digest(kept: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a visit said, whatever the order of its keys."""
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
