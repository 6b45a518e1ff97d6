# SPDX-License-Identifier: EUPL-1.2
"""The figures of a service point before a course of its people and after it, and what can be said of the
difference: nothing of the cause, and of chance only what the tests say, corrected for how many are looked at.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from siac.indicators.domain.differences import (
    Difference,
    Part,
    Verdict,
    of_shares,
    of_values,
    verdicts,
)
from siac.indicators.figures.measuring import Measured, measure_many
from siac.indicators.figures.reading import values_of_many
from siac.indicators.figures.wording import said_words
from siac.infra.metrics import SHARES, Family, Metric, metrics, source
from siac.organizations.public import Institution
from siac.staff.public import PlaceEffect

DAYS = timedelta(days=90)
"""How long before and after."""
_ONE = timedelta(days=1)
_TOLD = (Family.SATISFACTION, Family.TIMELINESS, Family.EFFICIENCY)
_WORDS = {
    Verdict.BEYOND_CHANCE: "Cambió más de lo que explica el azar. No prueba que fue por el curso.",
    Verdict.MAY_BE_CHANCE: "No se ve efecto: la diferencia puede ser azar.",
    Verdict.TOO_FEW: "Muy pocos casos para decirlo.",
}


def place_metrics() -> list[Metric]:
    """Return the metrics that tell how people are attended at a place: shares and values that keep apart
    places, none that is told of many answers only. No SQL.
    """
    return [
        each
        for each in metrics()
        if each.family in _TOLD
        and not each.least
        and not each.less
        and not each.is_yearly
        and (each.of.value or each.statistics[0] in SHARES)
        and any(dimension.key == "point" for dimension in source(each.of.source).dimensions)
    ]


def effects_on_place(
    institution: Institution, point_id: int, starts_on: date, ends_on: date, today: date
) -> Sequence[PlaceEffect]:
    """Return what the figures of a service point said in the ninety days before a course and in the ninety
    after it, or in those that have passed; only those with something on both sides (2 SQL for each source,
    and 2 for each metric of values).
    """
    if ends_on + _ONE > today:
        return []
    ranges = [(starts_on - DAYS, starts_on - _ONE), (ends_on + _ONE, min(ends_on + DAYS, today))]
    where = {"point": [str(point_id)]}
    asked = place_metrics()
    found = measure_many(institution, asked, ranges, today=today, where=where)
    both = [each for each in asked if all(found[each.key].told(place).total for place in (0, 1))]
    differences = [
        _difference(institution, each, found[each.key], ranges, where, today=today) for each in both
    ]
    return list(_told(both, found, verdicts(differences)))


def _difference(
    institution: Institution,
    metric: Metric,
    measured: Measured,
    ranges: Sequence[tuple[date, date]],
    where: dict[str, list[str]],
    *,
    today: date,
) -> Difference | None:
    if metric.of.value and not metric.per:
        before, after = (
            values_of_many(institution, [metric.of], days, today=today, where=where)[metric.of.key]
            for days in ranges
        )
        return of_values(after, before)
    if metric.statistics[0] not in SHARES:
        return None
    before_, after_ = measured.told(0), measured.told(1)
    return of_shares(Part(after_.counted.n, after_.total), Part(before_.counted.n, before_.total))


def _told(
    asked: Sequence[Metric], found: dict[str, Measured], said: Sequence[Verdict]
) -> Iterator[PlaceEffect]:
    for each, verdict in zip(asked, said, strict=True):
        statistic, measured = each.statistics[0], found[each.key]
        yield PlaceEffect(
            each.title,
            said_words(measured.told(0), statistic),
            said_words(measured.told(1), statistic),
            _WORDS[verdict],
        )
