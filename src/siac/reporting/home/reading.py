# SPDX-License-Identifier: EUPL-1.2
"""All that the home of the authority shows, read in at most ten statements however many units there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from siac.cases.public import Case, seen_by
from siac.indicators.public import (
    Length,
    Question,
    Share,
    Told,
    Window,
    containing,
    first_day,
    first_held,
    measure_many,
    months_up_to,
    targets_of,
    things_behind,
    values_of_many,
)
from siac.infra.metrics import Statistic, metric
from siac.kernel.whole_periods import whole
from siac.organizations.public import Access, Institution, UnitTree, unit_tree

CASES = "cases"
"""The source of all figures of the page."""
RECEIVED, IN_TERM, DAYS, RATED = (
    "cases.received", "cases.answered_in_term", "cases.answer_days", "cases.rated_well",
)  # fmt: skip
ANSWERED, RESOLVED, OVERDUE = "cases.answered_share", "cases.resolved_share", "cases.overdue"
LAPSED = "cases.lapsed_unanswered"
ARRIVALS, MARGIN = "cases.arrivals", "cases.term_margin"
NET = "surveys.net"
"""What people say in surveys: of another source, so only told of the whole body."""
MONTHS, QUARTERS, LISTED = 13, 8, 8
LOOKED_AT = 100
"""Of so many of those that are late the first that somebody sees are looked for, before all are."""
_FLOWS = (RECEIVED, IN_TERM, DAYS, RATED, ANSWERED, RESOLVED, LAPSED)
_TARGETS = {
    IN_TERM: Statistic.RATE,
    DAYS: Statistic.MEDIAN,
    RATED: Statistic.RATE,
}
"""Of which figures a target is drawn, and by which statistic an indicator must tell it."""
TO_ROUTE = "0"


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures of the page say of one period; `overdue`: late without an answer on its last day. Of a
    month among others: those that fell late in it and have no answer yet, so that each counts in one month
    only and the months say together what their year says.
    """

    told: Mapping[str, Told]
    overdue: int

    @property
    def on_time(self) -> Share:
        """How many were answered within their term, of those answered that had one and those that are late
        without an answer.
        """
        return self.told[IN_TERM].share.beside(self.overdue)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with those below it: its share on time in the period and by quarter, and what it owes. What lies
    with the unit above all of these itself is a line without a `member`: no list tells it apart.
    """

    member: str
    name: str
    now: Share
    quarters: Sequence[Share]
    overdue: int


@dataclass(frozen=True, slots=True)
class Net:
    """Net satisfaction of the period and of what it is compared with; of one that is not over, or is not a
    whole month, quarter or year, what the last whole quarter says: of others nothing is told.
    """

    window: Window
    now: Told
    before: Told


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page shows of everybody's figures. `targets`: by key, of indicators of the whole body."""

    question: Question
    now: Figures
    before: Figures
    months: Sequence[tuple[Window, Figures]]
    quarters: Sequence[Window]
    units: Sequence[UnitLine]
    arrivals: Mapping[int, int]
    margins: Mapping[int, int]
    targets: Mapping[str, Decimal]
    net: Net | None
    """None where only a part of the body is looked at."""


def overview(body: Institution, question: Question, *, today: date) -> Overview:
    """Return all that the page shows of a period (9 SQL, however many units)."""
    where, window = question.where, question.window
    months = months_up_to(window.last, MONTHS, today=today)
    ranges = [window.days, question.before, *(month.days for month in months)]
    flows = measure_many(body, [metric(key) for key in _FLOWS], ranges, today=today, where=where)
    stock = metric(OVERDUE)
    since = first_day(body, stock.measures)
    late = measure_many(body, [stock], ranges[:2], today=today, where=where, since=since)[OVERDUE]

    def at(place: int) -> Figures:
        told = {key: flows[key].told(place) for key in _FLOWS}
        return Figures(told, late.told(place).total if place < 2 else told[LAPSED].total)

    quarters = _quarters(window.last, today)
    values = values_of_many(
        body, [metric(ARRIVALS).of, metric(MARGIN).of], window.days, today=today, where=where
    )
    return Overview(
        question,
        at(0),
        at(1),
        [(month, at(place + 2)) for place, month in enumerate(months)],
        quarters,
        _units(body, question, quarters, since, today=today),
        values[metric(ARRIVALS).of.key],
        values[metric(MARGIN).of.key],
        targets_of(body, _TARGETS, where),
        _net(body, question, today=today),
    )


def _quarters(day: date, today: date) -> list[Window]:
    last = containing(Length.QUARTER, day, today=today)
    return [last.moved(place - QUARTERS + 1, today=today) for place in range(QUARTERS)]


def _units(
    body: Institution, question: Question, quarters: Sequence[Window], since: date, *, today: date
) -> list[UnitLine]:
    """Return the units that answer or owe anything, those farthest from all being on time first (2 SQL).
    Those late without an answer count in the quarter in which they fell late.
    """
    ranges = [question.window.days, *(each.days for each in quarters)]
    told = [metric(key) for key in (IN_TERM, LAPSED, OVERDUE)]
    said = measure_many(body, told, ranges, today=today, by="unit", where=question.where, since=since)
    in_term, lapsed, owed = said[IN_TERM], said[LAPSED], said[OVERDUE]

    def line(member: str, name: str) -> UnitLine:
        now, *earlier = (
            in_term.told(place, member).share.beside((lapsed if place else owed).told(place, member).total)
            for place in range(len(ranges))
        )
        return UnitLine(member, name, now, earlier, owed.told(0, member).total)

    above, units = shown_units(unit_tree(body), question.where.get("unit", ()))
    found = [line(member, name) for member, name in units]
    if above is not None:
        member, name = above
        found.append(_rest(line(member, name), [each for each in found if each.member != TO_ROUTE]))
    return sorted(
        (each for each in found if each.now.total or any(quarter.total for quarter in each.quarters)),
        key=lambda each: (each.now.percent is None, each.now.percent or 0, each.name),
    )


def _rest(whole: UnitLine, parts: Sequence[UnitLine]) -> UnitLine:
    """Return what lies with a unit itself: all of it without what lies with those below it."""

    def without(share: Share, of: Sequence[Share]) -> Share:
        return Share(share.met - sum(each.met for each in of), share.total - sum(each.total for each in of))

    quarters = [
        without(share, [each.quarters[place] for each in parts]) for place, share in enumerate(whole.quarters)
    ]
    owed = whole.overdue - sum(each.overdue for each in parts)
    now = without(whole.now, [each.now for each in parts])
    return UnitLine("", f"{whole.name}, sin las que dependen de ella", now, quarters, owed)


Unit = tuple[str, str]
"""The member of a unit, and its name."""


def shown_units(tree: UnitTree, chosen: Sequence[str]) -> tuple[Unit | None, list[Unit]]:
    """Return the units that are told apart: those below the one chosen, else below the only one at the top,
    else those at the top; with what is not routed yet. And the one they are all below, where there is one.
    """
    above: int | None = int(chosen[0]) if chosen and chosen[0].isdigit() else None
    tops = tree.children.get(above or None, ())
    if above is None and len(tops) == 1 and tree.children.get(tops[0]):
        above, tops = tops[0], tree.children[tops[0]]
    if not tops and above is not None:
        tops, above = ((above,) if above in tree.nodes else ()), None
    units = [(str(pk), tree.nodes[pk].name) for pk in tops]
    over = (str(above), tree.nodes[above].name) if above in tree.nodes and above is not None else None
    return over, units if chosen else [*units, (TO_ROUTE, "Por derivar")]


def _net(body: Institution, question: Question, *, today: date) -> Net | None:
    if question.where:
        return None
    window, before = question.window, question.before
    if whole(*window.days, today=today) is None:
        window = containing(Length.QUARTER, window.last, today=today)
        window = window if window.end < today else window.moved(-1, today=today)
        before = window.against(question.against)
    said = measure_many(body, [metric(NET)], [window.days, before], today=today)[NET]
    return Net(window, said.told(0), said.told(1))


def late_cases(access: Access, page: Overview, *, today: date) -> list[Case]:
    """Return the first of those late without an answer that whoever looks sees (1 SQL; where they see few of
    many, 2).
    """
    body, late, (first, last), where = (
        access.institution,
        metric(OVERDUE),
        page.question.window.days,
        page.question.where,
    )

    def seen(things: QuerySet[Case]) -> list[Case]:
        rows = things.filter(seen_by(access)).select_related("text", "unit", "assignee")
        return list(rows.order_by("legal_due_on", "pk")[:LISTED])

    if last == today:
        found = seen(first_held(body, late, LOOKED_AT, today=today, where=where))
        if len(found) == LISTED or page.now.overdue <= LOOKED_AT:
            return found
    return seen(things_behind(body, late, first, last, where=where))
