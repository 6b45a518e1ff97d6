# SPDX-License-Identifier: EUPL-1.2
"""How commitments are kept: their figures over any days, and the cases behind each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from siac.cases.public import Case, all_attentions, all_cases
from siac.charters.domain.commitments import Form, Subject
from siac.charters.models import WAITING, Breach, Commitment, Remedy
from siac.charters.queries import about, commitments, commitments_in_force
from siac.clocks.public import ended_by_source, running_by_source, subjects_ended
from siac.indicators.public import (
    Figure,
    Indicator,
    IndicatorResult,
    Share,
    figures,
    latest_results,
    number_words,
    stands,
    value_of,
)
from siac.indicators.public import Standing as Reach
from siac.organizations.public import Institution

PERIOD_DAYS = 365
_NOTHING = Share(0, 0)


def period(institution: Institution, now: datetime) -> tuple[date, date]:
    """Return the first and last local day of the year up to yesterday: days that are over. No SQL."""
    last = institution.local_date(now) - timedelta(days=1)
    return last - timedelta(days=PERIOD_DAYS - 1), last


@dataclass(frozen=True, slots=True)
class Standing:
    """How a commitment is kept over a period."""

    commitment: Commitment
    figure: Figure | None
    """Of a guarantee in business days: of the cases answered in the period."""
    late_open: int = 0
    """Cases whose day was over at the end of the period and that had no answer then: broken promises too."""
    result: IndicatorResult | None = None
    """Of a figure: the last frozen result of its indicator whose period ended in this one."""
    ended: Share | None = None
    """Of a guarantee in other units: of its clocks that ended in the period."""

    @property
    def share(self) -> Share:
        """How many kept the promise of all that owed it: those answered, and those late without an answer; of
        a figure, how many of those it rests on are met (0 of 0 where it is no share).
        """
        told = self.figure.share if self.figure is not None else self.ended
        if told is not None:
            return told.beside(self.late_open)
        return Share(self.result.met, self.result.total) if self.result else _NOTHING

    @property
    def value(self) -> Decimal | None:
        """The figure held against the target, in its unit; None where there is nothing to tell it of."""
        if self.is_guarantee:
            return self.share.percent
        return self.result.value if self.result else None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where nothing was owed."""
        if self.is_guarantee:
            return self.share.reaches(self.commitment.target)
        if self.value is None:
            return None
        return stands(self._indicator, self.value, self.commitment.target) is Reach.REACHED

    @property
    def value_words(self) -> str:
        """The figure with its unit, a dash where there is none."""
        if self.is_guarantee:
            return _percent(self.value) if self.value is not None else "—"
        return value_of(self._indicator, self.value)

    @property
    def target_words(self) -> str:
        """The target with its unit."""
        return target_words(self.commitment)

    @property
    def of_words(self) -> str:
        """How many of how many, or how many it rests on; empty where nothing is counted behind it."""
        if self.is_guarantee or (self.result and self.result.met):
            met, total = number_words(self.share.met), number_words(self.share.total)
            return f"{met} de {total}" if self.share.total else ""
        return f"n = {self.result.total}" if self.result and self.result.total else ""

    @property
    def about(self) -> str:
        """What a guarantee speaks of, in words; nothing of a figure."""
        return about(self.commitment) if self.is_guarantee else ""

    @property
    def is_guarantee(self) -> bool:
        """Whether each person is promised it: it has cases behind it. A figure has a page of its own."""
        return self.commitment.form == Form.GUARANTEE

    @property
    def _indicator(self) -> Indicator:
        if self.commitment.indicator is None:
            raise AssertionError("a figure in force has its indicator")
        return self.commitment.indicator


def _percent(value: Decimal) -> str:
    return f"{number_words(value)}\N{NO-BREAK SPACE}%"


def target_words(commitment: Commitment) -> str:
    """Return a target with its unit."""
    if commitment.form == Form.GUARANTEE or commitment.indicator is None:
        return _percent(commitment.target)
    return value_of(commitment.indicator, commitment.target)


@dataclass(frozen=True, slots=True)
class Compliance(Standing):
    """How a commitment is kept, how often it was broken, and what its breaches still owe people."""

    breaches: int = 0
    remedies_owed: int = 0


def standings(
    institution: Institution,
    *,
    first: date,
    last: date,
    is_dated: bool = True,
    among: Sequence[Commitment] | None = None,
    late: Mapping[tuple[int, str], int] | None = None,
) -> list[Standing]:
    """Return how each commitment in force on `last`, or `among`, was kept from `first` to `last`, the days
    before today (4 SQL however many commitments, 1 more for each of: figures, other units; 2 less unless
    `is_dated`: nobody is told up to when; 1 less where it is known how many wait `late` for each promise).

    Cases that wait for their day count nowhere yet.
    """
    current = commitments_in_force(institution, last) if among is None else list(among)
    today = last + timedelta(days=1)
    guarantees = [c for c in current if c.form == Form.GUARANTEE]
    by_days = [c for c in guarantees if c.indicator is not None]
    measured = figures(
        institution, [c.indicator for c in by_days if c.indicator], first=first, last=last, today=today,
        is_dated=is_dated,
    )  # fmt: skip
    of_days = {c.pk: figure for c, figure in zip(by_days, measured, strict=True)}
    ended = _ended(institution, [c for c in guarantees if c.pk not in of_days], first=first, last=last)
    if late is None:
        late = _late_open_by_lineage(institution, last) if guarantees else {}
    results = _results(institution, current, first=first, last=last)
    return [
        Standing(
            c,
            of_days.get(c.pk),
            late.get(lineage(c), 0) if c.form == Form.GUARANTEE else 0,
            results.get(c.indicator_id or 0) if c.form == Form.FIGURE else None,
            ended.get(c.pk),
        )
        for c in current
    ]


def _ended(
    institution: Institution, promised: Sequence[Commitment], *, first: date, last: date
) -> dict[int, Share]:
    """Return how the clocks of promises, of all their editions, ended (1 SQL, none of no promise)."""
    start, end = institution.day_bounds(first, last)
    sources = {c.pk: _sources(institution, c) for c in promised}
    every = [source for each in sources.values() for source in each]
    found = ended_by_source(institution.pk, every, start=start, end=end)
    shares = {}
    for pk, own in sources.items():
        kept = sum(found.get(source, (0, 0))[0] for source in own)
        broken = sum(found.get(source, (0, 0))[1] for source in own)
        shares[pk] = Share(kept, kept + broken)
    return shares


def _sources(institution: Institution, promised: Commitment) -> list[str]:
    """Return how clocks name a promise, in every edition that was in force. No SQL when warm."""
    known = commitments(institution).values()
    return [each.source for each in known if lineage(each) == lineage(promised)]


def _results(
    institution: Institution, current: Sequence[Commitment], *, first: date, last: date
) -> dict[int, IndicatorResult]:
    """Return, by indicator, the newest frozen result of a period that ended from `first` to `last`."""
    indicators = [c.indicator for c in current if c.form == Form.FIGURE and c.indicator is not None]
    found: dict[int, IndicatorResult] = {}
    for result in latest_results(institution, indicators) if indicators else ():
        if first <= result.last <= last:
            found.setdefault(result.indicator_id, result)
    return found


def lineage(commitment: Commitment) -> tuple[int, str]:
    """Return what a promise is through the editions of its charter: its code. No SQL when `edition` is at
    hand.
    """
    return commitment.edition.charter_id, commitment.code


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A commitment in the month that runs, with how many cases still fall due in it."""

    standing: Standing
    left: int

    @property
    def best(self) -> Share:
        """Its share if none of those that are left fails."""
        return Share(self.standing.share.met + self.left, self.standing.share.total + self.left)

    @property
    def may_fail(self) -> int:
        """How many of those that are left may fail and the target be reached; below 0: it cannot be."""
        whole, target = self.best, self.standing.commitment.target
        return whole.met - ceil(target * whole.total / 100)

    @property
    def is_open(self) -> bool:
        """Whether nobody knows how many are still to come: of attentions each is over when it is known."""
        return self.standing.commitment.subject == Subject.ATTENTION

    @property
    def is_at_risk(self) -> bool:
        """Whether the target cannot be reached any more, or is missed so far and still can be."""
        if self.is_open:
            return self.standing.reached is False
        return self.may_fail < 0 or (bool(self.left) and self.standing.reached is False)


def at_risk(institution: Institution, *, today: date) -> list[AtRisk]:
    """Return the guarantees that may miss their target in the month of `today`, those that cannot reach it
    any more first (3 SQL however many).
    """
    first, last = today.replace(day=1), today - timedelta(days=1)
    current = [c for c in commitments_in_force(institution, last) if c.form == Form.GUARANTEE]
    lines = standings(institution, first=first, last=last, is_dated=False, among=current)
    ends = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    sources = [_sources(institution, line.commitment) for line in lines]
    every = [source for own in sources for source in own]
    left = running_by_source(institution.pk, every, first=today, last=ends)
    found = [
        AtRisk(line, sum(left.get(source, 0) for source in own))
        for line, own in zip(lines, sources, strict=True)
    ]
    return sorted(
        (each for each in found if each.best.total and each.is_at_risk), key=lambda each: each.may_fail
    )


def compliance(
    institution: Institution, *, first: date, last: date, among: Sequence[Commitment] | None = None
) -> list[Compliance]:
    """Return the `standings` of a body with their breaches and what is owed for them, whichever edition they
    were promised by (2 SQL more).
    """
    found = Breach.objects.filter(institution=institution, due_on__range=(first, last))
    breaches = _by_lineage(institution, found, "commitment_id")
    remedies = Remedy.objects.filter(institution=institution, state__in=WAITING)
    owed = _by_lineage(institution, remedies, "breach__commitment_id")
    return [
        Compliance(
            line.commitment,
            line.figure,
            line.late_open,
            line.result,
            line.ended,
            breaches[lineage(line.commitment)],
            owed[lineage(line.commitment)],
        )
        for line in standings(institution, first=first, last=last, among=among)
    ]


def _by_lineage(institution: Institution, rows: QuerySet[Any], of: str) -> Counter[tuple[int, str]]:
    """Return how many rows each promise has, whose column `of` names a commitment (1 SQL)."""
    known, found = commitments(institution), Counter[tuple[int, str]]()
    for pk, count in rows.order_by().values_list(of).annotate(count=Count("pk")):
        found[lineage(known[pk])] += count
    return found


def _late_open(institution: Institution, last: date, broken: QuerySet[Breach]) -> QuerySet[Case]:
    """Return the cases that one of `broken` is about, whose promised day was over by the local day `last` and
    that had neither answer nor end by then.
    """
    _, end = institution.day_bounds(last, last)
    return all_cases(institution).filter(
        Exists(broken.filter(case=OuterRef("pk"), due_on__lte=last)),
        Q(answered_at=None) | Q(answered_at__gte=end),
        Q(closed_at=None) | Q(closed_at__gte=end),
    )


def is_late_open(institution: Institution, last: date) -> Q:
    """Return what holds of the breaches of cases whose promised day was over by the local day `last` and that
    had neither answer nor end by then. No SQL.
    """
    _, end = institution.day_bounds(last, last)
    return (
        (Q(case__answered_at=None) | Q(case__answered_at__gte=end))
        & (Q(case__closed_at=None) | Q(case__closed_at__gte=end))
        & Q(case__isnull=False, due_on__lte=last)
    )


def _late_open_by_lineage(institution: Institution, last: date) -> Mapping[tuple[int, str], int]:
    """Return how many cases wait late for what each promise said, whichever edition they were filed under (1
    SQL).
    """
    rows = Breach.objects.filter(is_late_open(institution, last), institution=institution)
    counted = rows.order_by().values("commitment_id").annotate(count=Count("case_id", distinct=True))
    known = commitments(institution)
    found: dict[tuple[int, str], int] = {}
    for row in counted.values_list("commitment_id", "count"):
        key = lineage(known[row[0]])
        found[key] = found.get(key, 0) + row[1]
    return found


def _broken(commitment: Commitment) -> QuerySet[Breach]:
    """Return the breaches of a promise in all editions of its charter."""
    charter_id, code = lineage(commitment)
    return Breach.objects.filter(
        institution=commitment.institution, commitment__code=code, commitment__edition__charter=charter_id
    )


def behind(commitment: Commitment, *, first: date, last: date) -> QuerySet[Any]:
    """Return what a guarantee's share counts, as many as it says: requests first answered from `first` to
    `last`, local days, or late without an answer at the end of `last`; or attentions given in these days.
    None behind a figure, whose own page lists them.

    Lazy: no SQL until it is read.
    """
    institution = commitment.institution
    if commitment.form != Form.GUARANTEE:
        return all_cases(institution).none()
    if commitment.subject == Subject.ATTENTION:
        return all_attentions(institution).filter(_ended_in(commitment, first, last))
    late = Q(pk__in=_late_open(institution, last, _broken(commitment)).values("pk"))
    return all_cases(institution).filter(_ended_in(commitment, first, last) | late)


def order_of(commitment: Commitment) -> tuple[str, str]:
    """Return in which order a list shows what is behind a guarantee, the newest first. No SQL."""
    return ("-begun_at" if commitment.subject == Subject.ATTENTION else "-filed_at"), "-pk"


def things_of(commitment: Commitment) -> str:
    """Return what a guarantee counts, in a word. No SQL."""
    return "atenciones" if commitment.subject == Subject.ATTENTION else "solicitudes"


def kept_in(commitment: Commitment, *, first: date, last: date) -> Q:
    """Return what holds of those of `behind` that kept the guarantee, and of no other. No SQL."""
    indicator = commitment.indicator
    if indicator is None:
        return _ended_in(commitment, first, last, only_met=True)
    return _ended_in(commitment, first, last) & Q(answer_days__lte=indicator.within)


def kept_among(commitment: Commitment, ids: Sequence[int], *, first: date, last: date) -> set[int]:
    """Return which of some of `behind`, by primary key, kept the guarantee in some local days (1 SQL,
    none of no case).
    """
    if not ids:
        return set()
    days = {"first": first, "last": last}
    rows = behind(commitment, **days).filter(kept_in(commitment, **days), pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _ended_in(commitment: Commitment, first: date, last: date, *, only_met: bool = False) -> Q:
    """Return what holds of the cases whose answer, or whose clock, a guarantee counts in some local days."""
    institution = commitment.institution
    start, end = institution.day_bounds(first, last)
    if commitment.indicator_id is not None:
        return Q(
            answered_at__gte=start, answered_at__lt=end, answer_days__isnull=False, kind_id=commitment.kind_id
        )
    sources = _sources(institution, commitment)
    ended = subjects_ended(institution.pk, sources, start=start, end=end, only_met=only_met)
    return Q(pk__in=ended)
