# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of cases."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from siac.infra.metrics import Better, Cell, Metric
from siac.organizations.public import institution_of

_ANSWER_DAYS = """
SELECT (answered_at AT TIME ZONE %(zone)s)::date AS day, unit_id, kind_id, answer_days, count(*)
FROM cases_case
WHERE institution_id = %(institution)s AND answered_at >= %(start)s AND answered_at < %(end)s
  AND answer_days IS NOT NULL AND (answered_at AT TIME ZONE %(zone)s)::date = ANY(%(days)s)
GROUP BY 1, 2, 3, 4
"""
_RATINGS = """
SELECT (answered_at AT TIME ZONE %(zone)s)::date AS day, unit_id, kind_id, rating, count(*)
FROM cases_case
WHERE institution_id = %(institution)s AND answered_at >= %(start)s AND answered_at < %(end)s
  AND rating IS NOT NULL AND (answered_at AT TIME ZONE %(zone)s)::date = ANY(%(days)s)
GROUP BY 1, 2, 3, 4
"""


def _cells(sql: str, institution_id: int, days: Sequence[date]) -> Iterable[Cell]:
    institution = institution_of(institution_id)
    values: dict[str, Any] = {
        "institution": institution_id,
        "zone": institution.time_zone,
        "start": datetime.combine(min(days), time.min, tzinfo=institution.zone),
        "end": datetime.combine(max(days) + timedelta(days=1), time.min, tzinfo=institution.zone),
        "days": list(days),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [Cell(*row) for row in rows]


def answer_days(institution_id: int, days: Sequence[date]) -> Iterable[Cell]:
    """Return how many cases first answered on each local day took how many business days, pauses left out."""
    return _cells(_ANSWER_DAYS, institution_id, days)


def ratings(institution_id: int, days: Sequence[date]) -> Iterable[Cell]:
    """Return the citizens' marks (1 to 5) of the cases first answered on each local day."""
    return _cells(_RATINGS, institution_id, days)


METRICS = (
    Metric(
        key="cases.answer_days",
        title="Días hábiles hasta la respuesta",
        definition=(
            "Días hábiles desde la recepción hasta la primera "
            "respuesta, sin los días en que el plazo estuvo suspendido."
        ),
        unit="business_days",
        better=Better.LOWER,
        cells=answer_days,
    ),
    Metric(
        key="cases.rating",
        title="Calificación de la respuesta",
        definition="Nota de 1 a 5 que la persona puso a la respuesta.",
        unit="mark",
        better=Better.HIGHER,
        cells=ratings,
    ),
)
