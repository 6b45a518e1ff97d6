# SPDX-License-Identifier: EUPL-1.2
"""What a country brings of days off: layers with their days, before anyone edits them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Claim:
    """What a calendar answers for: its days are whole from `whole_from` on
    (None: over all it covers), because of `why`.

    After `confirmed_to` (None: no such day) the days of `pending` layers are not gazetted yet.
    """

    whole_from: date | None = None
    why: str = ""
    confirmed_to: date | None = None
    pending: tuple[str, ...] = ()

    def joined(self, other: "Claim") -> "Claim":
        """Return what two calendars together answer for: no more than either."""
        first, second = sorted((self, other), key=lambda claim: claim.whole_from or date.min)
        ends = [claim.confirmed_to for claim in (self, other) if claim.confirmed_to]
        pending = tuple(dict.fromkeys((*self.pending, *other.pending)))
        return Claim(second.whole_from, second.why or first.why, min(ends, default=None), pending)


NO_LIMITS = Claim()

FIRST, LAST = date(2010, 1, 1), date(2030, 12, 31)
"""The span over which shipped calendars can be reckoned; what they answer for may be less (`Claim`)."""
YEARS = range(FIRST.year, LAST.year + 1)


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
