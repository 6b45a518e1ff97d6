# SPDX-License-Identifier: EUPL-1.2
"""Making the plan of a year: read what is known, foretell, keep the lines."""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from siac.indicators.demand.history import History, history, measure_of_demand
from siac.indicators.domain.demand_plan import (
    Expected,
    Foretold,
    foretell,
    ranged,
    shared,
    spread_at,
    weights_of,
)
from siac.indicators.domain.forecasting import Trial, months_after, total
from siac.indicators.models import DemandLine, DemandPlan
from siac.infra.jobs import LONG
from siac.infra.longwork import Line, Step, TimeSource, finish, run_long

LINE = Line(
    DemandPlan, "indicators.make_demand_plan", "plan_id", queue=LONG, related=("institution",),
    reads_apart=True,
)  # fmt: skip


def make_plan(plan: DemandPlan, *, at: datetime) -> None:
    """Make a plan at once, as its job would at a moment, and read the row again."""
    run_long(LINE, plan.pk, making, clock=lambda: at)
    plan.refresh_from_db()


def making(plan: DemandPlan, clock: TimeSource) -> Generator[Step[DemandPlan], Any, None]:
    """Foretell a year, by month and by part. Months that are over are left out: nobody plans them."""
    institution = plan.institution
    today = institution.local_date(clock())
    known = history(institution, today=today)
    foretold = foretell(known.series, known.calendar, plan.year)
    lines = _lines(plan, known, foretold, today) if foretold else []
    yield partial(_keep, told=_told(known, foretold, plan.year) if foretold else {}, lines=lines)


def _keep(plan: DemandPlan, now: datetime, *, told: dict[str, Any], lines: list[DemandLine]) -> None:
    plan.lines.all().delete()
    DemandLine.objects.bulk_create(lines)
    plan.told = told
    plan.save(update_fields=["told"])
    finish(plan, now)


def _lines(plan: DemandPlan, known: History, foretold: Foretold, today: date) -> list[DemandLine]:
    months = [month for month in foretold.months if month >= today.replace(day=1)]
    of, _ = measure_of_demand()
    lines = [
        _line(plan, "", "", "", month, foretold.months[month], total(known.series, months_after(month, -12)))
        for month in months
    ]
    for key, recent in known.recent.items():
        names = of.dimension(key).names(plan.institution)
        weights = weights_of(recent)
        for month in months:
            spread = spread_at(foretold.test, known.series.end, month)
            for member, count in shared(foretold.months[month].count, weights).items():
                name = names.get(member, member)
                lines.append(_line(plan, key, member, name, month, ranged(count, spread), None))
    return lines


def _line(
    plan: DemandPlan, dimension: str, member: str, name: str, month: date, expected: Expected,
    before: int | None,
) -> DemandLine:  # fmt: skip
    return DemandLine(
        plan=plan, dimension=dimension, member=member, name=name[:150], month=month, count=expected.count,
        low=expected.low, high=expected.high, before=before,
    )  # fmt: skip


def _told(known: History, foretold: Foretold, year: int) -> dict[str, Any]:
    """Return how a plan was worked out, JSON-ready: shares in thousandths, days in ISO form."""
    test, end = foretold.test, date(year, 12, 31)
    return {
        "first": known.series.first.isoformat(),
        "last": (known.series.end - timedelta(days=1)).isoformat(),
        "days": known.series.known,
        "missing": len(known.series.counts) - known.series.known,
        "own_since": known.own_since.isoformat() if known.own_since else "",
        "calendar_to": known.calendar_to.isoformat() if known.calendar_to else "",
        "is_calendar_whole": known.calendar_to is not None and known.calendar_to >= end,
        "has_breaks": bool(known.calendar.breaks),
        "is_own": foretold.is_own,
        "has_months": foretold.has_months,
        "own": _thousandths(test.own),
        "naive": _thousandths(test.naive),
        "covered": _thousandths(test.covered),
        "tried": test.tried,
        "wider": _thousandths(test.wider),
        "by_ahead": _by_ahead(test.trials),
    }


def _thousandths(share: Fraction | None) -> int | None:
    return None if share is None else round(share * 1000)


def _by_ahead(trials: tuple[Trial, ...]) -> list[list[int]]:
    """Return, by months ahead, how many were foretold and how far both were off, in thousandths of what came;
    months that brought nothing at all say nothing.
    """
    found = []
    for ahead in sorted({each.ahead for each in trials}):
        of = [each for each in trials if each.ahead == ahead]
        came = sum(each.came for each in of)
        if came:
            own = sum(abs(each.own - each.came) for each in of) / came
            naive = sum(abs(each.naive - each.came) for each in of) / came
            found.append([ahead, len(of), round(own * 1000), round(naive * 1000)])
    return found
