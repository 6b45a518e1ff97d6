# SPDX-License-Identifier: EUPL-1.2
"""The bonus that Ley 20.342 ties to the growth of a net satisfaction index: its two tables are data.

Index and growth are in percent and in percentage points (an interpretation: the law says «porcentaje»).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from siac.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Step:
    """From `at_least` on, in percent, `gives` holds."""

    at_least: Decimal
    gives: Decimal


@dataclass(frozen=True, slots=True)
class BonusTable:
    """How much growth is demanded at each index, and how much is paid for each part of it that is reached.

    The first step of each begins where nothing is said below it.
    """

    demanded: tuple[Step, ...]
    paid: tuple[Step, ...]


def _steps(*pairs: tuple[str, str]) -> tuple[Step, ...]:
    return tuple(Step(Decimal(at_least), Decimal(gives)) for at_least, gives in pairs)


LEY_20342 = BonusTable(
    demanded=_steps(("-100", "3"), ("40", "2"), ("60", "1.5"), ("65", "0.5"), ("70", "0")),
    paid=_steps(("0", "0"), ("70", "70"), ("80", "85"), ("90", "100")),
)
"""Ley 20.342: growth demanded by the index of the year before; bonus paid by the part of it reached."""


@dataclass(frozen=True, slots=True)
class Bonus:
    """What follows from two measurements, each in percent; `reached` is None where keeping the index was
    enough and it was kept, or was not.
    """

    demanded: Decimal
    grown: Fraction
    reached: Decimal | None
    paid: Decimal


_MOST = Decimal(100_000)
"""So many per cent of what was demanded, up or down, and more, is told as this."""


def check_steps(steps: Sequence[Step]) -> None:
    """Check a table of steps.

    Raises:
        Refused: it is empty or its steps do not rise (bonus_steps).
    """
    starts = [step.at_least for step in steps]
    if not starts or starts != sorted(set(starts)):
        raise Refused("bonus_steps")


def _at(steps: Sequence[Step], value: Fraction) -> Decimal:
    """Return what holds at a value; below the first step, as in it."""
    found = steps[0].gives
    for step in steps:
        if value >= Fraction(step.at_least):
            found = step.gives
    return found


def bonus(before: Fraction, after: Fraction, table: BonusTable = LEY_20342) -> Bonus:
    """Return the bonus that the growth from one index to the next gives, both in percent (Ley 20.342).

    The part that counts is the exact one: 89.99 % is not 90 %, and 90 % is not a hair less.
    """
    demanded, grown = _at(table.demanded, Fraction(before)), Fraction(after) - Fraction(before)
    if demanded <= 0:
        kept = grown >= 0
        return Bonus(demanded, grown, None, table.paid[-1].gives if kept else table.paid[0].gives)
    reached = 100 * grown / Fraction(demanded)
    shown = max(min(reached, Fraction(_MOST)), -Fraction(_MOST))
    return Bonus(demanded, grown, in_tenths(shown), _at(table.paid, max(reached, Fraction(0))))


def in_tenths(exact: Fraction) -> Decimal:
    """Return a number to one decimal, half up, away from nothing."""
    tenths = abs(exact) * 10
    whole = (2 * tenths.numerator + tenths.denominator) // (2 * tenths.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-1)
