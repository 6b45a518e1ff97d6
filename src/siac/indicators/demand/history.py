# SPDX-License-Identifier: EUPL-1.2
"""What is known of a body's past demand: its own register, sheets from before it, gaps and calendars."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from siac.clocks.public import WorkingCalendar, calendar_for
from siac.indicators.domain.demand_plan import shared
from siac.indicators.domain.forecasting import Calendar, Series, days_of, months_after
from siac.indicators.domain.past_demand import DIMENSIONS
from siac.indicators.figures.counting import by_day
from siac.indicators.figures.reading import read
from siac.indicators.models import DemandBasis, PastDemand
from siac.infra.metrics import Dimension, Measure, Source, metric, source
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

RECEIVED = "cases.received"
"""The metric that demand is counted by."""
_ONE = timedelta(days=1)
RECENT_MONTHS = 12
Part = tuple[str, str, str]
"""Kind, channel and point that a row of a sheet tells of, empty where it does not say."""
_WHOLE: Part = ("", "", "")


@dataclass(frozen=True, slots=True)
class History:
    """What is known: the days, what makes them unlike others, and what each part brought in each of the last
    twelve whole months (oldest first), by dimension and member.
    """

    series: Series
    calendar: Calendar
    recent: Mapping[str, Mapping[str, list[int]]]
    own_since: date | None
    """From when on the body's own register is counted; None where it has nothing."""
    calendar_to: date | None
    """Up to when holidays are known; None where the body's place has no calendar."""


def measure_of_demand() -> tuple[Source, Measure]:
    """Return what is counted, and of which source."""
    measure = metric(RECEIVED).of
    return source(measure.source), measure


def own_members(of: Dimension, institution: Institution) -> dict[str, str]:
    """Return the members of a dimension that stand for themselves, in words: those that only sum others
    («Reclamos», over the kinds of complaints) would count these twice.
    """
    above = set(of.parents(institution).values()) if of.parents else set()
    return {member: name for member, name in of.names(institution).items() if member not in above}


def basis_of(institution: Institution) -> DemandBasis:
    """Return what a body said of its demand, an unsaved row where it said nothing (1 SQL)."""
    found = DemandBasis.objects.filter(institution=institution).first()
    return found or DemandBasis(institution=institution)


def history(institution: Institution, *, today: date) -> History:
    """Return what is known up to yesterday (7 SQL, of which one reads all facts of the body, and what its
    calendar costs).
    """
    of, measure = measure_of_demand()
    basis = basis_of(institution)
    own = {day: n for day, n in by_day(institution.pk, of, measure).items() if day < today}
    since = basis.own_since or _first_whole_month(own, today)
    past = list(PastDemand.objects.filter(institution=institution, day__lt=since or today))
    working = _working(institution)
    known = {each: own.get(each, 0) for each in _each(since, today - _ONE)} if since is not None else {}
    counts = _days_of_sheets(past, working, since or today, known) | known
    for first, last in _ranges(basis.gaps):
        counts = {day: n for day, n in counts.items() if not first <= day <= last}
    first = min(counts, default=today)
    series = Series(first, tuple(counts.get(day) for day in _each(first, today - _ONE)))
    holidays = frozenset(working.off) if working else frozenset()
    breaks = frozenset(day for each in _ranges(basis.breaks) for day in _each(*each))
    return History(
        series,
        Calendar(holidays, breaks),
        _recent(institution, measure, past, since, today),
        since,
        working.last if working else None,
    )


def _first_whole_month(own: Mapping[date, int], today: date) -> date | None:
    """Return the first of the month from which on the register has whole months; its first day where it has
    none yet, None where it has nothing.
    """
    first = min(own, default=None)
    if first is None or first.day == 1:
        return first
    following = months_after(first.replace(day=1), 1)
    return following if following < today else first


def _working(institution: Institution) -> WorkingCalendar | None:
    try:
        return calendar_for(institution.place, institution.pk)
    except Refused:  # no calendar for its place: no day is known to be a holiday
        return None


def _days_of_sheets(
    past: Iterable[PastDemand], working: WorkingCalendar | None, until: date, own: Mapping[date, int]
) -> dict[date, int]:
    """Return what sheets say of each day before `until`; what they say of a month is shared among its
    business days (where none is known: among all its days but Saturdays and Sundays), without what the own
    register has of it. A month is passed over where days of it are told of the same part, or of the whole:
    they say more.
    """
    counts: dict[date, int] = {}
    by_days: dict[date, set[Part]] = {}
    months: dict[date, dict[Part, int]] = {}
    for each in past:
        month, part = each.day.replace(day=1), (each.kind, each.channel, each.point)
        if each.is_month:
            of = months.setdefault(month, {})
            of[part] = of.get(part, 0) + each.count
        else:
            by_days.setdefault(month, set()).add(part)
            counts[each.day] = counts.get(each.day, 0) + each.count
    for month, parts in months.items():
        told, days = by_days.get(month, set()), [day for day in days_of(month) if day < until]
        left = [n for part, n in parts.items() if not told or (part != _WHOLE and not told & {part, _WHOLE})]
        if not days or not left:
            continue
        n = max(0, sum(left) - sum(own.get(day, 0) for day in days_of(month)))
        open_days = [day for day in days if _is_open(day, working)] or days
        share = shared(n, {day.isoformat(): 1 for day in open_days})
        for day in days:
            counts[day] = counts.get(day, 0) + share.get(day.isoformat(), 0)
    return counts


def _is_open(day: date, working: WorkingCalendar | None) -> bool:
    if working is not None and working.first <= day <= working.last:
        return working.is_business(day)
    return day.weekday() < 5


def _recent(
    institution: Institution, measure: Measure, past: Iterable[PastDemand], since: date | None, today: date
) -> dict[str, dict[str, list[int]]]:
    """Return what each part brought in each of the last twelve whole months (1 SQL for each dimension)."""
    months = [months_after(today.replace(day=1), place - RECENT_MONTHS) for place in range(RECENT_MONTHS)]
    ends = [months_after(month, 1) - _ONE for month in months]
    own = [(max(first, since or today), last) for first, last in zip(months, ends, strict=True)]
    found: dict[str, dict[str, list[int]]] = {}
    for key in DIMENSIONS:
        of: dict[str, list[int]] = {}
        members = own_members(source(measure.source).dimension(key), institution)
        reading = read(institution, measure, own, today=today, by=key)
        for (column, member), summed in reading.found.items():
            if member in members and own[column][0] <= own[column][1]:
                of.setdefault(member, [0] * RECENT_MONTHS)[column] += summed.n
        for each in past:
            month = each.day.replace(day=1)
            if month in months and (member := getattr(each, key)):
                of.setdefault(member, [0] * RECENT_MONTHS)[months.index(month)] += each.count
        found[key] = of
    return found


def _ranges(kept: Iterable[Iterable[str]]) -> list[tuple[date, date]]:
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in kept]


def _each(first: date, last: date) -> list[date]:
    return [first + place * _ONE for place in range((last - first).days + 1)]
