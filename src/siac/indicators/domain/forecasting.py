# SPDX-License-Identifier: EUPL-1.2
"""How many requests the days ahead will bring, from those that came.

A day is a level times what its weekday, its holiday, its school break and its month usually do to it. What
it is worth is found out on the body's own past: from the first of each month the months after it are
foretold with nothing but what was known that day, and held against what came, beside the *naive* forecast
(the same month of the year before, else the last four weeks). All days are local. Numbers in here are
estimates and therefore floats; whole requests are made of them only where they are told
(`domain.demand_plan`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from math import ceil
from statistics import fmean

_ONE = timedelta(days=1)
_AROUND = 10
"""Days before and after one that make its usual level: three weeks with it."""
_FEWEST_AROUND = 11
_PROFILE_DAYS = 364
FEWEST_DAYS = 56
"""With less than eight weeks nothing is foretold."""
SMOOTHING = (Fraction(8, 100), Fraction(10, 100), Fraction(12, 100), Fraction(15, 100))
_SUNDAYS = 2
"""How many Sundays a holiday's factor starts with: few holidays say little alone."""
_BREAK_DAYS = 20
"""How many ordinary days a school break's factor starts with."""
WHOLE_MONTH = Fraction(9, 10)
"""A month counts as known when so many of its days are."""
HORIZON = 12
_FEWEST_ERRORS = 5
_WIDEST = 4
PROMISED = Fraction(8, 10)
"""Of ten months eight are to lie within their range."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What makes days unlike others: holidays of the body, and days on which schools are closed."""

    holidays: frozenset[date] = frozenset()
    breaks: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Series:
    """What came on each day from `first` on; None where nobody knows, which is not the same as nothing."""

    first: date
    counts: tuple[int | None, ...]

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.first + len(self.counts) * _ONE

    def on(self, day: date) -> int | None:
        """Return what came on a day; None also outside of the series."""
        place = (day - self.first).days
        return self.counts[place] if 0 <= place < len(self.counts) else None

    def until(self, day: date) -> "Series":
        """Return what was known on the morning of a day."""
        return Series(self.first, self.counts[: max(0, (day - self.first).days)])

    @property
    def known(self) -> int:
        """How many days are known."""
        return sum(count is not None for count in self.counts)


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned from a series: the level of a day without anything special, and the factors."""

    level: float
    weekdays: tuple[float, ...]
    holiday: float
    school_break: float
    months: tuple[float, ...] | None
    """By month, January first; None with less than two whole years: then no month is told from another."""

    def factor(self, day: date, calendar: Calendar) -> float:
        """Return by how much a day differs from the level."""
        found = self.holiday if day in calendar.holidays else self.weekdays[day.weekday()]
        if day in calendar.breaks:
            found *= self.school_break
        return found * (self.months[day.month - 1] if self.months else 1.0)

    def on(self, day: date, calendar: Calendar) -> float:
        """Return how much a day is expected to bring."""
        return self.level * self.factor(day, calendar)


def fitted(series: Series, calendar: Calendar) -> Model | None:
    """Return what a series teaches; None with fewer than eight weeks of known days, or if nothing came."""
    known = [(series.first + place * _ONE, y) for place, y in enumerate(series.counts) if y is not None]
    if len(known) < FEWEST_DAYS or not any(y for _, y in known):
        return None
    usual = _usual(series)
    since = series.end - _PROFILE_DAYS * _ONE
    ratios = [(day, y / usual[day]) for day, y in known if usual.get(day)]
    weekdays = _weekdays([each for each in ratios if each[0] >= since], calendar)
    on_holidays = [ratio for day, ratio in ratios if day in calendar.holidays]
    holiday = (sum(on_holidays) + _SUNDAYS * weekdays[6]) / (len(on_holidays) + _SUNDAYS)
    plain = Model(1.0, weekdays, holiday, 1.0, None)
    months = _months(known, plain, calendar)
    level_of = Model(1.0, weekdays, holiday, 1.0, months)
    school_break = _school_break(known, level_of, calendar)
    shape = Model(1.0, weekdays, holiday, school_break, months)
    steps = [(y, shape.factor(day, calendar)) for day, y in known]
    level = min((_smoothed(steps, float(alpha)) for alpha in SMOOTHING), key=lambda each: each[1])[0]
    return Model(level, weekdays, holiday, school_break, months)


def _usual(series: Series) -> dict[date, float]:
    """Return, by day, the mean of the known days of the three weeks around it."""
    sums = [0, *accumulate(count or 0 for count in series.counts)]
    known = [0, *accumulate(count is not None for count in series.counts)]
    found = {}
    for place in range(len(series.counts)):
        low, high = max(0, place - _AROUND), min(len(series.counts), place + _AROUND + 1)
        n = known[high] - known[low]
        if n >= _FEWEST_AROUND:
            found[series.first + place * _ONE] = (sums[high] - sums[low]) / n
    return found


def _weekdays(ratios: Sequence[tuple[date, float]], calendar: Calendar) -> tuple[float, ...]:
    of_day: list[list[float]] = [[] for _ in range(7)]
    for day, ratio in ratios:
        if day not in calendar.holidays:
            of_day[day.weekday()].append(ratio)
    means = [fmean(each) if each else 1.0 for each in of_day]
    whole = fmean(means) or 1.0
    return tuple(each / whole for each in means)


def _months(known: Sequence[tuple[date, int]], shape: Model, calendar: Calendar) -> tuple[float, ...] | None:
    """Return the factor of each month, of the years of which nine tenths of every month are known."""
    by_month: dict[date, list[tuple[int, float]]] = {}
    for day, y in known:
        by_month.setdefault(day.replace(day=1), []).append((y, shape.factor(day, calendar)))
    levels = {
        month: sum(y for y, _ in days) / expected
        for month, days in by_month.items()
        if len(days) >= WHOLE_MONTH * _length(month) and (expected := sum(factor for _, factor in days))
    }
    ratios: list[list[float]] = [[] for _ in range(12)]
    last = max(levels, default=None)
    while last is not None:
        year = [months_after(last, -back) for back in range(12)]
        if not all(month in levels for month in year):
            break
        mean = fmean(levels[month] for month in year)
        if not mean:
            break
        for month in year:
            ratios[month.month - 1].append(levels[month] / mean)
        last = months_after(last, -12)
    if len(ratios[0]) < 2:
        return None
    found = [fmean(each) for each in ratios]
    whole = fmean(found)
    return tuple(each / whole for each in found)


def _school_break(known: Sequence[tuple[date, int]], shape: Model, calendar: Calendar) -> float:
    """Return by how much school breaks differ from the months around them, a few days saying little."""
    if not calendar.breaks:
        return 1.0
    plain = [(y, shape.factor(day, calendar)) for day, y in known if day not in calendar.breaks]
    within = [(y, shape.factor(day, calendar)) for day, y in known if day in calendar.breaks]
    expected, usual = sum(f for _, f in within), sum(f for _, f in plain)
    came = sum(y for y, _ in plain)
    if not within or not usual or not came or not expected:
        return 1.0
    ratio = (sum(y for y, _ in within) / expected) / (came / usual)
    return (ratio * len(within) + _BREAK_DAYS) / (len(within) + _BREAK_DAYS)


def _smoothed(steps: Sequence[tuple[int, float]], alpha: float) -> tuple[float, float]:
    """Return the level after all days, and the error of foretelling each from those before it."""
    beginning = steps[: FEWEST_DAYS // 2]
    level = sum(y for y, _ in beginning) / (sum(factor for _, factor in beginning) or 1.0)
    error = 0.0
    for y, factor in steps:
        error += abs(y - level * factor)
        if factor > 0.05:  # a day that hardly ever brings anything says nothing of the level
            level += alpha * factor * (y / factor - level) / max(1.0, factor)
    return level, error


def month_forecast(series: Series, calendar: Calendar, months: Sequence[date]) -> list[float] | None:
    """Return what each month (its first day) is expected to bring by the model; None where it has none."""
    model = fitted(series, calendar)
    if model is None:
        return None
    return [sum(model.on(day, calendar) for day in days_of(month)) for month in months]


def month_naive(series: Series, calendar: Calendar, months: Sequence[date]) -> list[float] | None:
    """Return what each month brought a year before; where that is not known, what the last four known weeks
    say of its days. None with less than four weeks. `calendar` is not asked: that is what makes it naive.
    """
    recent: list[list[int]] = [[] for _ in range(7)]
    day = series.end - _ONE
    while day >= series.first and sum(map(len, recent)) < 28:
        if (count := series.on(day)) is not None:
            recent[day.weekday()].append(count)
        day -= _ONE
    if sum(map(len, recent)) < 28:
        return None
    means = [fmean(each) if each else 0.0 for each in recent]
    found = []
    for month in months:
        before = months_after(month, -12)
        came = total(series, before)
        while came is None and before > series.first:
            before = months_after(before, -12)
            came = total(series, before)
        found.append(float(came) if came is not None else sum(means[d.weekday()] for d in days_of(month)))
    return found


def total(series: Series, month: date) -> int | None:
    """Return what a month brought, days that nobody knows taken as the others of it; None where fewer than
    nine tenths of its days are known.
    """
    counts = [series.on(day) for day in days_of(month)]
    known = [count for count in counts if count is not None]
    if len(known) < WHOLE_MONTH * len(counts):
        return None
    return round(sum(known) * Fraction(len(counts), len(known)))


@dataclass(frozen=True, slots=True)
class Trial:
    """One month foretold `ahead` months before (1: the month that began), and what it brought."""

    origin: date
    ahead: int
    came: int
    own: float
    naive: float


@dataclass(frozen=True, slots=True)
class BackTest:
    """What foretelling the body's own past showed.

    `own` and `naive`: how far each was off, in a hundred of what came (Fraction, None without a trial).
    `covered`: in how many of a hundred trials what came lay within the range that was known then, widened as
    the ranges that are told are (`wider` times).
    """

    trials: tuple[Trial, ...] = ()
    own: Fraction | None = None
    naive: Fraction | None = None
    covered: Fraction | None = None
    tried: int = 0
    """In how many trials there was a range."""
    wider: Fraction = Fraction(1)
    spreads: Mapping[int, Fraction] = field(default_factory=dict)
    """By months ahead: by what part of the forecast a month may be off, up or down. Empty: no range known."""

    @property
    def is_own_better(self) -> bool:
        """Whether the model was nearer to what came than the naive forecast."""
        return self.own is not None and self.naive is not None and self.own < self.naive


Forecast = Callable[[Series, Calendar, Sequence[date]], "list[float] | None"]


def back_test(series: Series, calendar: Calendar) -> BackTest:
    """Foretell the past from the first of each month, and say how well that went; with the ranges of
    whichever was better.
    """
    trials = []
    origin = months_after(series.first.replace(day=1), 1)
    while origin < series.end:
        known = series.until(origin)
        ahead = [(place + 1, months_after(origin, place)) for place in range(HORIZON)]
        came = [
            (place, month, count) for place, month in ahead if (count := total(series, month)) is not None
        ]
        months = [month for _, month, _ in came]
        own, naive = month_forecast(known, calendar, months), month_naive(known, calendar, months)
        if own is not None and naive is not None:
            trials += [
                Trial(origin, place, count, mine, plain)
                for (place, _, count), mine, plain in zip(came, own, naive, strict=True)
            ]
        origin = months_after(origin, 1)
    if not trials or not sum(each.came for each in trials):
        return BackTest(tuple(trials))
    told = sum(each.came for each in trials)
    own_off = Fraction(round(sum(abs(each.own - each.came) for each in trials)), told)
    naive_off = Fraction(round(sum(abs(each.naive - each.came) for each in trials)), told)
    better = [(each, each.own if own_off < naive_off else each.naive) for each in trials]
    inside, tried, wider = _widened(better)
    return BackTest(
        tuple(trials),
        own=own_off,
        naive=naive_off,
        covered=Fraction(inside, tried) if tried else None,
        tried=tried,
        wider=wider,
        spreads={h: spread * wider for h, spread in _spreads([_off(*each) for each in better]).items()},
    )


def _off(trial: Trial, foretold: float) -> tuple[int, Fraction]:
    """Return how many months ahead it was, and by what part of the forecast it was off."""
    off = abs(trial.came - foretold) / foretold if foretold else 1.0
    return trial.ahead, Fraction(round(off * 1000), 1000)


def _spreads(errors: Sequence[tuple[int, Fraction]]) -> dict[int, Fraction]:
    """Return, by months ahead, the part that eight of ten errors did not exceed; never less than of a month
    that is nearer, and of one that was tried too seldom as of the last that was not.
    """
    found: dict[int, Fraction] = {}
    spread: Fraction | None = None
    for ahead in range(1, HORIZON + 1):
        of = sorted(off for place, off in errors if place == ahead)
        if len(of) >= _FEWEST_ERRORS:
            rank = min(len(of), ceil((len(of) + 1) * PROMISED))
            spread = max(spread or Fraction(0), of[rank - 1])
        if spread is not None:
            found[ahead] = spread
    return found


def _coverage(trials: Sequence[tuple[Trial, float]], wider: Fraction = Fraction(1)) -> tuple[int, int]:
    """Return how many trials lay within the range known at their origin, and in how many there was one."""
    inside = tried = 0
    for origin in sorted({each.origin for each, _ in trials}):
        past = [_off(e, f) for e, f in trials if months_after(e.origin, e.ahead) <= origin]
        spreads = _spreads(past)
        for each, foretold in trials:
            if each.origin == origin and each.ahead in spreads:
                tried += 1
                inside += _off(each, foretold)[1] <= spreads[each.ahead] * wider
    return inside, tried


def _widened(trials: Sequence[tuple[Trial, float]]) -> tuple[int, int, Fraction]:
    """Return how many trials lay within their range, in how many there was one, and by how much ranges had to
    be widened so that the past would have lain in them as promised; never more than four times.
    """
    wider = Fraction(1)
    inside, tried = _coverage(trials)
    while tried and Fraction(inside, tried) < PROMISED and wider < _WIDEST:
        wider += Fraction(1, 10)
        inside, tried = _coverage(trials, wider)
    return inside, tried, wider


def days_of(month: date) -> list[date]:
    """Return the days of the month that begins on a day."""
    return [month + place * _ONE for place in range(_length(month))]


def months_after(month: date, count: int) -> date:
    """Return the first day of the month so many after (or before) the one that begins on a day."""
    year, place = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, place + 1, 1)


def _length(month: date) -> int:
    return (months_after(month, 1) - month).days
