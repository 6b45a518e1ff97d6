# SPDX-License-Identifier: EUPL-1.2
"""The sections of a report as drawings with their tables, and as sheets of a workbook."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from siac.indicators.public import (
    COLUMNS,
    Standing,
    groups_chart,
    period_words,
    stands,
    table,
    trend_chart,
    value_of,
)
from siac.reporting.domain.own import SectionKind, Shown
from siac.reporting.own.reading import ToldSection
from siac.ui.charts import Chart, Mark, Row, Shape

RESULT_COLUMNS = ("Período", "Desde", "Hasta", "Resultado", "Meta")
_MARKS = {
    Standing.REACHED: Mark.REACHED,
    Standing.NEAR: Mark.MISSED,
    Standing.MISSED: Mark.MISSED,
    Standing.UNKNOWN: Mark.NONE,
}
ToThings = Callable[[str, str], str]
"""From the key of a metric and what is asked to the address of the things behind."""
ToResult = Callable[[int], str]


def chart_of(told: ToldSection, to_things: ToThings, to_result: ToResult) -> Chart | None:
    """Return the drawing of a section; None of one that has nothing to draw. No SQL."""
    if told.kind is SectionKind.INDICATOR:
        return _results_chart(told, to_result)
    if told.page is None or told.asked is None:
        return None
    question, key = told.asked.form.question, told.asked.metric.key
    if told.shown is Shown.MONTHS:
        return trend_chart(told.page, question, lambda query: to_things(key, query))
    if told.shown is Shown.GROUPS:
        return groups_chart(told.page, question, lambda query: to_things(key, query))
    return None


def _results_chart(told: ToldSection, to_result: ToResult) -> Chart | None:
    if told.indicator is None or not told.results:
        return None
    of, rows = told.indicator, []
    for each in told.results:
        period = period_words(of.frequency, each.first)
        standing = stands(of, each.value, each.target)
        rows.append(
            Row(
                period, each.value, value_of(of, each.value), target=each.target, mark=_MARKS[standing],
                url=to_result(each.pk),
            )
        )  # fmt: skip
    last = told.results[-1]
    title = f"{period_words(of.frequency, last.first).capitalize()}: {value_of(of, last.value)}"
    title += f", con meta de {value_of(of, last.target)}." if last.target is not None else "."
    note = f"{of.name}, los últimos resultados; el eje empieza en 0."
    return Chart(title, note, rows, ("Período", "Resultado", "", "Meta"), shape=Shape.BARS)


def sheets_of(told: Sequence[ToldSection]) -> Iterator[tuple[str, Sequence[str], list[Sequence[Any]]]]:
    """Yield the sheets of a report, each (title, columns, rows), one for each section that has figures. No
    SQL.
    """
    for each in told:
        title = f"{each.number} {each.heading}"
        if each.page is not None and each.asked is not None:
            yield title, COLUMNS, list(table(each.page, each.asked.form.question))
        elif each.indicator is not None:
            of = each.indicator
            yield title, RESULT_COLUMNS, [
                (period_words(of.frequency, row.first), row.first, row.last, row.value, row.target)
                for row in each.results
            ]  # fmt: skip
