# SPDX-License-Identifier: EUPL-1.2
"""What is done against what people expect: only a level that meets their expectation may be promised.

Ministry guide (RSG 061-2015-TR/SG), phase 5; municipal process, activities on commitments: below it a cause
and a plan to mend it are asked for, or the authority says in writing that it is promised all the same.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What a commitment may be by its level."""

    READY = "ready"
    """What is done meets what is expected and what would be promised."""
    UNKNOWN = "unknown"
    """Nothing is known of one of them: nothing forbids it."""
    EXCUSED = "excused"
    """It falls short, and says why and how that is mended."""
    OVERRIDDEN = "overridden"
    """It falls short, and the authority promises it all the same."""
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Gap:
    """The level of a commitment beside what people expect and what is promised; all in parts of a hundred but
    for `level` and `target` of a figure that is no share, which nobody's expectation is compared with.
    """

    level: Decimal | None
    target: Decimal
    expected: Decimal | None
    is_better_high: bool = True
    is_excused: bool = False
    is_overridden: bool = False

    @property
    def to_expected(self) -> Decimal | None:
        """How far the level lies above (or below: negative) what is expected, in points."""
        if self.level is None or self.expected is None:
            return None
        return self.level - self.expected

    @property
    def falls_short(self) -> tuple[str, ...]:
        """What the level does not reach: `expected`, `target`, both or nothing."""
        if self.level is None:
            return ()
        missed = []
        if self.expected is not None and self.level < self.expected:
            missed.append("expected")
        if self._is_worse(self.level, self.target):
            missed.append("target")
        return tuple(missed)

    @property
    def verdict(self) -> Verdict:
        """Whether it may be promised."""
        if self.falls_short:
            if self.is_excused:
                return Verdict.EXCUSED
            return Verdict.OVERRIDDEN if self.is_overridden else Verdict.BLOCKED
        return Verdict.UNKNOWN if self.level is None else Verdict.READY

    def _is_worse(self, value: Decimal, other: Decimal) -> bool:
        return value < other if self.is_better_high else value > other
