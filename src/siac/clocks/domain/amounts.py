# SPDX-License-Identifier: EUPL-1.2
"""How long a term is: `30bd` business days, `10cd` calendar days, `3m` months, `24h` hours, `20mi`
minutes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from siac.clocks.domain.refusals import Code
from siac.kernel.errors import Refused


class Unit(StrEnum):
    BUSINESS_DAYS = "bd"
    CALENDAR_DAYS = "cd"
    MONTHS = "m"
    HOURS = "h"
    MINUTES = "mi"

    @property
    def is_exact(self) -> bool:
        """Whether a term in it ends at a moment of a day, not with a day."""
        return self in (Unit.HOURS, Unit.MINUTES)


_LIMITS = {
    Unit.BUSINESS_DAYS: 2500, Unit.CALENDAR_DAYS: 3650, Unit.MONTHS: 120, Unit.HOURS: 2400,
    Unit.MINUTES: 1440,
}  # fmt: skip
_AMOUNT = re.compile(r"(\d{1,5})\s*(bd|cd|mi|m|h)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time in the unit in which a law states it."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number}{self.unit.value}"

    def plus(self, other: "Amount") -> "Amount":
        """Return the sum of two amounts of one unit.

        Raises:
            Refused: BAD_AMOUNT when the units differ.
        """
        if self.unit is not other.unit:
            raise Refused(Code.BAD_AMOUNT, value=f"{self}+{other}")
        return Amount(self.number + other.number, self.unit)


def parse_amount(text: str) -> Amount:
    """Read `30bd`, `10cd`, `3m`, `24h` or `20mi`.

    Raises:
        Refused: BAD_AMOUNT for anything else, zero, or more than ten years.
    """
    match = _AMOUNT.fullmatch(text.strip().lower())
    if match is None:
        raise Refused(Code.BAD_AMOUNT, value=text)
    number, unit = int(match[1]), Unit(match[2])
    if not 1 <= number <= _LIMITS[unit]:
        raise Refused(Code.BAD_AMOUNT, value=text)
    return Amount(number, unit)
