# SPDX-License-Identifier: EUPL-1.2
"""What a seeding brings: layers with their days, before anyone edits them."""

from dataclasses import dataclass
from datetime import date

from siac.clocks.domain.calendar import Claim

NO_LIMITS = Claim()

FIRST, LAST = date(2010, 1, 1), date(2030, 12, 31)
"""The span over which shipped calendars can be reckoned; what they answer for may be less (`Claim`)."""


@dataclass(frozen=True, slots=True)
class SeedDay:
    date: date
    name: str
    kind: str
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class SeedLayer:
    code: str
    name: str
    country: str
    kind: str
    days: tuple[SeedDay, ...]
    claim: Claim = NO_LIMITS
    wrong: tuple[date, ...] = ()
    """Days that an earlier version of the product shipped by mistake."""
