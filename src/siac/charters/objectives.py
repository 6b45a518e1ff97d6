# SPDX-License-Identifier: EUPL-1.2
"""What a charter is meant to achieve, with what its indicators last said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from siac.charters.models import CharterEdition
from siac.indicators.public import (
    Indicator,
    IndicatorResult,
    is_of_few,
    latest_results,
    of_results,
    period_words,
    value_of,
)
from siac.infra.metrics import Better

NO_DATA = "Sin dato"


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective as it is read: `target` and `result` in words, empty where no indicator tells it; `period`
    is what the result is of. `is_reached`: None where there is no result, or nothing is told of it.
    """

    text: str
    target: str = ""
    result: str = ""
    period: str = ""
    is_reached: bool | None = None
    indicator_id: int | None = None

    @property
    def words(self) -> str:
        """Its result in a line: «92,0 % en septiembre de 2026, meta 90,0 %: alcanzado»."""
        if not self.target:
            return ""
        on = f" en {self.period}" if self.period else ""
        verdict = {True: ": alcanzado", False: ": no alcanzado", None: ""}[self.is_reached]
        return f"{self.result}{on}, meta {self.target}{verdict}"


def objectives_of(edition: CharterEdition, *, is_public: bool) -> list[Objective]:
    """Return the objectives of an edition with the last frozen result of their indicators (2 SQL; none where
    no objective has one). For everybody (`is_public`) a result of few is not told.
    """
    asked = {row["indicator_id"] for row in edition.objectives if row["indicator_id"]}
    if not asked:
        return [Objective(row["text"]) for row in edition.objectives]
    known = {each.pk: each for each in of_results(edition.institution).filter(pk__in=asked)}
    newest: dict[int, IndicatorResult] = {}
    for result in latest_results(edition.institution, list(known.values())):
        newest.setdefault(result.indicator_id, result)
    return [_told(edition, row, known, newest, is_public) for row in edition.objectives]


def _told(
    edition: CharterEdition,
    row: Mapping[str, Any],
    known: Mapping[int, Indicator],
    newest: Mapping[int, IndicatorResult],
    is_public: bool,
) -> Objective:
    indicator = known.get(row["indicator_id"] or 0)
    if indicator is None:
        return Objective(row["text"])
    target, result = Decimal(row["target"]), newest.get(indicator.pk)
    common = {"text": row["text"], "target": value_of(indicator, target), "indicator_id": indicator.pk}
    if result is None or result.value is None:
        return Objective(**common, result=NO_DATA)
    period = period_words(indicator.frequency, result.first)
    few = is_of_few(
        edition.institution, indicator, result.value, result.total, is_counted=bool(indicator.metric)
    )
    if is_public and few:
        return Objective(**common, result="No se muestra", period=period)
    lower = indicator.better == Better.LOWER
    reached = result.value <= target if lower else result.value >= target
    return Objective(**common, result=value_of(indicator, result.value), period=period, is_reached=reached)


def objectives_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the objectives as history tells them. No SQL."""
    return "; ".join(
        row["text"] + (f" (meta {row['target']})".replace(".", ",") if row["target"] else "") for row in rows
    )
