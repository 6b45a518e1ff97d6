# SPDX-License-Identifier: EUPL-1.2
"""What is not told of a metric whose things are somebody's answers: `Metric.least`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from siac.indicators.domain.figures import Silence
from siac.indicators.figures.counting import Groups, Range
from siac.indicators.figures.reading import read
from siac.infra.metrics import Metric
from siac.kernel.whole_periods import Period, month, of_months, periods, untold, whole
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class Untold:
    """Of which ranges and groups nothing may be told but how many: of `everything`, of whole `ranges`, or of
    some groups.
    """

    everything: Silence | None = None
    ranges: Mapping[int, Silence] = field(default_factory=dict)
    some: Mapping[tuple[int, str], Silence] = field(default_factory=dict)

    def why(self, place: int, group: str) -> Silence | None:
        """Return why nothing is told of a group in a range; None where it is."""
        return self.everything or self.ranges.get(place) or self.some.get((place, group))


ALL_TOLD = Untold()


def untold_ranges(
    institution: Institution, metric: Metric, ranges: Sequence[Range], *, today: date, by: str, where: Groups
) -> Untold:
    """Return of what nothing may be told but how many (1 SQL, or none).

    Told are whole months, quarters and years that are over, of everything or of members of `apart`; not
    where they, or what is left of a longer one beside them, or the members that are not told themselves, are
    fewer than `least`: those would follow by subtraction.
    """
    if metric.is_yearly:
        return Untold(ranges={at: Silence.YEARS for at, days in enumerate(ranges) if not _is_year(*days)})
    if not metric.least:
        return ALL_TOLD
    only = where.get(metric.apart, ())
    if by not in ("", metric.apart) or set(where) - {metric.apart} or (len(only) > 1 and not by):
        return Untold(Silence.PARTS)
    asked = [whole(first, last, today=today) for first, last in ranges]
    if not any(asked):
        return Untold(Silence.RUNNING)
    sizes = _sizes(institution, metric, [each for each in asked if each], today)
    hidden = {member: untold(of, today=today, least=metric.least) for member, of in sizes.items()}
    if by:
        few = hidden
    elif only:
        few = {"": hidden.get(only[0], set())}
    else:
        few = {"": untold_together(sizes, hidden, today=today, least=metric.least)}
    return Untold(
        some={
            (place, group): Silence.FEW if each else Silence.RUNNING
            for place, each in enumerate(asked)
            for group, codes in few.items()
            if each is None or each.code in codes
        }
    )


def _is_year(first: date, last: date) -> bool:
    """Return whether days are those of one year; what is known of it is known once it is over."""
    return (first, last) == of_months(first, 12)


Sizes = Mapping[str, Mapping[date, int]]
"""By member, how many in each month (its first day)."""


def _sizes(institution: Institution, metric: Metric, asked: Sequence[Period], today: date) -> Sizes:
    """Return how many each member counts in each month of the years of some periods (1 SQL)."""
    first, last = min(each.first.year for each in asked), max(each.last.year for each in asked)
    months = [month(date(year, number, 1)) for year in range(first, last + 1) for number in range(1, 13)]
    months = [each for each in months if each.first <= today]
    ranges = [(each.first, min(each.last, today)) for each in months]
    counted = read(institution, metric.per or metric.of, ranges, today=today, by=metric.apart)
    found: dict[str, dict[date, int]] = {}
    for (place, member), summed in counted.found.items():
        if summed.n:
            found.setdefault(member, {})[months[place].first] = summed.n
    return found


def untold_together(sizes: Sizes, hidden: Mapping[str, set[str]], *, today: date, least: int) -> set[str]:
    """Return the codes of the periods of which nothing is told of all members together, where `hidden` are
    those of which nothing is told of each.

    The whole less the members that are told is what the others say. So it is told where every member is; of
    members that are told of no period of a year, those of that year count as one more member together.
    """
    found: set[str] = set()
    never: dict[date, int] = {}
    for member, of in sizes.items():
        for number in {first.year for first in of}:
            own = {first: n for first, n in of.items() if first.year == number}
            known = {each.code for each in periods(own, today=today)}
            if known <= hidden[member]:
                never |= {first: never.get(first, 0) + n for first, n in own.items()}
            else:
                found |= known & hidden[member]
    return found | untold(never, today=today, least=least)


def is_told(
    institution: Institution, metric: Metric, days: Range, *, today: date, where: Groups | None = None
) -> bool:
    """Return whether a metric tells anything but how many of a range (1 SQL, or none)."""
    untold = untold_ranges(institution, metric, [days], today=today, by="", where=where or {})
    return untold.why(0, "") is None
