# SPDX-License-Identifier: EUPL-1.2
"""Whom the places of a body reach: people of each territory beside its points, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from siac.indicators.domain.differences import Part, wilson

_TENTH = Decimal("0.1")
_SPARE = Decimal("0.5")
"""Shares that are told with one decimal add up to 100 but for this."""
OLDEST = 130


@dataclass(frozen=True, slots=True)
class AgeBand:
    """How many in a hundred are from `first` to `last` years old, both included; `last` None: and more."""

    first: int
    last: int | None
    percent: Decimal

    @property
    def ends(self) -> int:
        """The last year of age that it holds."""
        return OLDEST if self.last is None else self.last


def bands_fault(bands: Sequence[AgeBand]) -> str:
    """Return why ages cannot be as they were said: they overlap (ages_overlap), one ends before it begins
    (ages_reversed), or together they are more than everybody (ages_many); empty where they can.
    """
    ordered = sorted(bands, key=lambda each: each.first)
    if any(band.ends < band.first for band in ordered):
        return "ages_reversed"
    if any(later.first <= earlier.ends for earlier, later in pairwise(ordered)):
        return "ages_overlap"
    if sum((band.percent for band in bands), Decimal(0)) > 100 + _SPARE:
        return "ages_many"
    return ""


@dataclass(frozen=True, slots=True)
class Goals:
    """What a body wants: no territory without a point farther than so many kilometres from one, at most so
    many people for each point, at least so many attentions a year for each thousand people. None: not said.
    """

    most_km: int | None = None
    most_people: int | None = None
    least_served: int | None = None


class Gap(StrEnum):
    """What a territory lacks."""

    NO_PLACE = "no_place"
    """No point, and no visit of a mobile office in twelve months."""
    FAR = "far"
    CROWDED = "crowded"
    FEW_SERVED = "few_served"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a territory has: people, points with a door that are open for good, visits of mobile offices in
    twelve months, how far the nearest point is where it has none (None: nobody knows), and how many requests
    and attentions its points had in twelve months.
    """

    people: int
    points: int
    visits: int
    nearest_km: Decimal | None
    served: int

    @property
    def people_per_point(self) -> int | None:
        """People for each point, rounded half up; None without one."""
        return (2 * self.people + self.points) // (2 * self.points) if self.points else None

    @property
    def served_per_thousand(self) -> Decimal:
        """Requests and attentions in twelve months for each thousand people, with one decimal, half up."""
        return (Decimal(self.served * 1000) / self.people).quantize(_TENTH, ROUND_HALF_UP)


def gaps(reach: Reach, goals: Goals) -> list[Gap]:
    """Return what a territory lacks, by what the body wants; that there is neither a point nor a visit is
    always said. People are set beside its points exactly, not as rounded.
    """
    found = []
    if not reach.points and not reach.visits:
        found.append(Gap.NO_PLACE)
    if not reach.points and goals.most_km is not None and reach.nearest_km is not None:
        found += [Gap.FAR] if reach.nearest_km > goals.most_km else []
    if reach.points and goals.most_people is not None and reach.people > goals.most_people * reach.points:
        found.append(Gap.CROWDED)
    if goals.least_served is not None and reach.served * 1000 < goals.least_served * reach.people:
        found.append(Gap.FEW_SERVED)
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """How many in a hundred people of a sort live where there is a point, and where one is accessible."""

    people: int
    near: Decimal
    accessible: Decimal


def reached(groups: Iterable[tuple[int, bool, bool]]) -> Share | None:
    """Return how many of some people are reached, each group as (people, whether it has a point, whether an
    accessible one); None of nobody.
    """
    rows = list(groups)
    whole = sum(people for people, _, _ in rows)
    if not whole:
        return None
    near = sum(people for people, has, _ in rows if has)
    accessible = sum(people for people, _, has in rows if has)
    return Share(whole, _percent(near, whole), _percent(accessible, whole))


def people_of(people: int, percent: Decimal | None) -> int | None:
    """Return how many people a share of them is, to the nearest whole one; None where it is not known."""
    if percent is None:
        return None
    return int((people * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part * 100) / whole).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Beside:
    """A group among those served, beside the population: of how many in a hundred each consists, and whether
    the share served is farther from that of the population than chance explains. `share` None: hidden.
    """

    name: str
    share: Decimal | None
    population: Decimal
    is_beyond: bool


def beside(name: str, met: int | None, n: int, population: Decimal) -> Beside:
    """Return a group beside the population: `met` of `n` who told (None: hidden), `population` in per cent.

    Beyond chance: the interval of Wilson that has the share 95 times in 100 leaves the population's out.
    """
    if met is None or not n:
        return Beside(name, None, population, is_beyond=False)
    low, high = wilson(Part(met, n))
    return Beside(name, _percent(met, n), population, is_beyond=not low <= float(population) / 100 <= high)


def joined(
    bands: Iterable[AgeBand], served: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[AgeBand, list[str]]]:
    """Yield the bands of a population that consist of whole bands of those served, with the keys of these;
    `served`: first and last year of each. Others cannot be set beside each other.
    """
    for band in bands:
        inside = [key for key, (first, last) in served.items() if band.first <= first and last <= band.ends]
        years = sum(min(served[key][1], OLDEST) - served[key][0] + 1 for key in inside)
        if inside and years == band.ends - band.first + 1:
            yield band, inside
