# SPDX-License-Identifier: EUPL-1.2
"""What people said they expect of a service, for who promises on it: the latest period that may be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from siac.kernel.whole_periods import Period, periods, untold, year
from siac.organizations.public import Institution
from siac.surveys.domain.servqual import (
    Dimension,
    decimal,
    dimensions,
    pairs,
    ranked_points,
    ranking_of,
    told_points,
)
from siac.surveys.domain.told import ALL, Told
from siac.surveys.models import Survey
from siac.surveys.reading import Wanted, counted, months_of, sizes_in

YEARS = 3
"""How many years back a measurement of expectations still says something."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one dimension, and what was received: in parts of a hundred of the scale."""

    name: str
    weight: Decimal
    expected: Decimal
    perceived: Decimal
    n: int


def surveys_of_expectations(institution: Institution) -> list[tuple[int, str]]:
    """Return the surveys that ask what should be and what was, by name (1 SQL)."""
    rows = Survey.objects.filter(institution=institution).order_by("name", "pk")
    return [(row.pk, row.name) for row in rows if pairs(row.asked)]


def latest_expectations(
    institution: Institution, survey_id: int, *, today: date
) -> tuple[Period, list[Expected]] | None:
    """Return what was answered in the latest quarter (or month) that may be told, and which that is; None
    where there is none, or the survey asks no such thing (5 SQL).
    """
    row = Survey.objects.filter(institution=institution, pk=survey_id).first()
    found = pairs(row.asked) if row is not None else []
    if row is None or not found:
        return None
    months = months_of(row, Wanted(date(today.year - YEARS, 1, 1), today))
    hidden = untold(months, today=today, least=row.least)
    offered = [each for each in periods(months, today=today) if not each.is_year and each.code not in hidden]
    if not offered:
        return None
    period = max(offered, key=lambda each: (each.last, each.is_quarter))
    whole = year(period.first)
    told = Told.of(sizes_in(row, Wanted(whole.first, whole.last)), today=today, least=row.least)
    counts = counted(row, row.asked, Wanted(period.first, period.last)).counts
    ranking = ranking_of(row.asked, found)
    ordered = counts.get(ranking.code, {}) if ranking and told.is_told(ranking.code, period, ALL, "") else {}
    codes = [half.code for pair in found for half in (pair.expected, pair.perceived)]
    points = ranked_points([pair.name for pair in found], ordered, least=row.least)
    silent = [code for code in codes if not told.is_told(code, period, ALL, "")]
    return period, _expected(dimensions(found, counts, points, least=row.least, untold=silent))


def _expected(found: Sequence[Dimension]) -> list[Expected]:
    return [
        Expected(
            each.pair.name, points, _percent(each.expected, each), _percent(each.perceived, each), each.n
        )
        for each, points in zip(found, told_points(found), strict=True)
        if each.expected is not None and each.perceived is not None
    ]


def _percent(mean: Fraction, each: Dimension) -> Decimal:
    """Return where a mean lies on the scale, from 0 (its lowest mark) to 100 (its highest)."""
    marks = [int(option) for option in each.pair.expected.options]
    lowest, highest = min(marks), max(marks)
    return decimal((mean - lowest) * 100 / (highest - lowest), 1)
