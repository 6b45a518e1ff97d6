# SPDX-License-Identifier: EUPL-1.2
"""A metric as drawings, each with its table: by months, by the members of a dimension, by its values."""

from collections.abc import Sequence
from decimal import Decimal

from siac.indicators.domain.windows import Window, bins
from siac.indicators.figures.forms import Question, address_of
from siac.indicators.figures.measuring import Told
from siac.indicators.figures.pages import Address, Group, Page
from siac.indicators.figures.wording import (
    change_words,
    is_percent,
    limit_words,
    number_words,
    of_words,
    said_words,
    unit_words,
    window_name,
)
from siac.indicators.texts import SILENCES
from siac.infra.metrics import LIMITED, Metric, Statistic, source
from siac.ui.charts import Chart, Row, Shape
from siac.ui.domain.due import MONTHS

MOST_BARS = 15
"""So many groups are drawn; the table has all of them."""


def _top(metric: Metric, statistic: Statistic) -> int | None:
    return 100 if is_percent(metric.unit, statistic) else None


def trend_chart(page: Page, question: Question, to_cases: Address) -> Chart:
    """Return the metric month by month; each number opens its cases."""
    statistic, metric = question.statistic, page.line.metric
    rows = [
        Row(
            window_name(month),
            told.value(statistic),
            said_words(told, statistic),
            of_words(told, statistic),
            url=to_cases(question.query(**question.of_window(month))) if told.total else "",
            tick=str(month.first.year) if metric.is_yearly else MONTHS[month.first.month - 1][:3],
            under=str(month.first.year)
            if not metric.is_yearly and (place == 0 or month.first.month == 1)
            else "",
            brief=_brief(told, statistic),
        )
        for place, (month, told) in enumerate(page.months)
    ]
    (first, told_first), (last, told_last) = page.months[0], _latest(page.months, statistic)
    change = change_words(told_last, told_first, statistic)
    compared = f"{change} que en {window_name(first)}" if change not in ("", "igual") else ""
    if change == "igual":
        compared = f"igual que en {window_name(first)}"
    said = said_words(told_last, statistic)
    said = said[0].lower() + said[1:]
    title = f"{window_name(last).capitalize()}: {said}{f', {compared}' if compared else ''}."
    each, head = ("año a año", "Año") if metric.is_yearly else ("mes a mes", "Mes")
    note = f"{metric.title}, {each}{_note_of(page, question)}; el eje empieza en 0."
    if page.months[-1][0].is_running:
        note += f" {window_name(page.months[-1][0]).capitalize()} todavía no termina."
    heads = (head, "Cifra", _count_head(metric, statistic), "")
    return Chart(title, note, rows, heads, _top(metric, statistic), shape=Shape.COLUMNS)


def _latest(months: Sequence[tuple[Window, Told]], statistic: Statistic) -> tuple[Window, Told]:
    """Return the last month; where nothing may be told of it, the last one that is told, if any."""
    if not months[-1][1].silence:
        return months[-1]
    return next((each for each in reversed(months) if each[1].value(statistic) is not None), months[-1])


def _brief(told: Told, statistic: Statistic) -> str:
    value = told.value(statistic)
    return "" if value is None else number_words(round(value) if statistic is not Statistic.MEAN else value)


def _note_of(page: Page, question: Question) -> str:
    """Return what is told of values, in brackets."""
    names = {
        Statistic.MEDIAN: "mediana",
        Statistic.P90: "percentil 90",
        Statistic.MEAN: "media",
        Statistic.MAXIMUM: "máximo",
        Statistic.MINIMUM: "mínimo",
    }
    if question.statistic in LIMITED:
        which = "hasta" if question.statistic is Statistic.WITHIN else "más de"
        return f" (por ciento de {which} {limit_words(page.line.metric.unit, question.within or 0)})"
    return f" ({names[question.statistic]})" if question.statistic in names else ""


def _count_head(metric: Metric, statistic: Statistic) -> str:
    if statistic in (Statistic.COUNT, Statistic.STOCK):
        return ""
    return source(metric.of.source).things.many.capitalize()


def groups_chart(page: Page, question: Question, to_cases: Address) -> Chart | None:
    """Return the metric by the members of a dimension; each number opens its cases. None without any."""
    if page.dimension is None or not page.groups:
        return None
    statistic, metric, address = question.statistic, page.line.metric, page.dimension.address
    counts = statistic in (Statistic.COUNT, Statistic.STOCK)
    rows = [
        Row(
            f"{chr(0x2014)} " * group.depth + group.name,
            group.line.now.value(statistic),
            said_words(group.line.now, statistic),
            group.line.earlier if counts else group.line.of,
            url=to_cases(question.query(**{address: address_of(group.member)}))
            if group.line.now.total
            else "",
        )
        for group in page.groups
    ]
    title = _highest(page.groups, statistic, counts=counts)
    note = (
        f"{metric.title} por {page.dimension.title.lower()}{_note_of(page, question)}; el eje empieza en 0."
    )
    if page.dimension.parents:
        note += " Cada fila incluye lo que está debajo."
    if len(rows) > MOST_BARS:
        note += f" Se dibujan las primeras {MOST_BARS} filas; la tabla las tiene todas."
    heads = (page.dimension.title, "Cifra", "Comparación" if counts else _count_head(metric, statistic), "")
    return Chart(title, note, rows, heads, _top(metric, statistic), most=MOST_BARS)


def _highest(groups: Sequence[Group], statistic: Statistic, *, counts: bool) -> str:
    """Return which group has most, and with how many others; of counts none that sums those below it."""
    followed = zip(groups, [*groups[1:], None], strict=True)
    sums = {each.member for each, after in followed if after is not None and after.depth > each.depth}
    values = [
        (value, each)
        for each in groups
        if (value := each.line.now.value(statistic)) and not (counts and each.member in sums)
    ]
    if not values:
        why = next((line.silence for line in (each.line.now for each in groups) if line.total), None)
        return f"{SILENCES[why]}." if why else "Nada que contar en este período."
    most = max(value for value, _ in values)
    first, *others = [each for value, each in values if value == most]
    beside = f" y {len(others)} más" if others else ""
    return f"Lo más alto: {first.line.value}, «{first.name}»{beside}."


def values_chart(page: Page, question: Question, to_cases: Address) -> Chart | None:
    """Return how often each value occurred, in steps of equal width; each number opens its cases.

    None without any, and of values that are told by nothing but their mean.
    """
    steps = bins(page.values)
    if not steps or Statistic.MEDIAN not in page.line.metric.statistics:
        return None
    unit = page.line.metric.unit
    total, wide = sum(page.values.values()), steps[0][1] - steps[0][0] + 1
    rows = [
        Row(
            str(low) if wide == 1 else f"{low} a {high}", n, number_words(n),
            f"{number_words(round(Decimal(100 * n) / total, 1))} %", tick=str(low), brief=number_words(n),
            url=to_cases(question.query(valor=f"{low}-{high}")) if n else "",
        )
        for low, high, n in steps
    ]  # fmt: skip
    half = page.line.now.value(Statistic.MEDIAN) or 0
    said = (
        f"nota {number_words(half)}" if unit == "marks" else f"{number_words(half)} {unit_words(unit, half)}"
    )
    title = f"La mitad tiene {said} o menos."
    note = f"Cuántas con cada valor, de {number_words(total)}"
    note += f", en pasos de {wide}" if wide > 1 else ""
    heads = (unit_words(unit, 2).capitalize(), "Cuántas", "Parte", "")
    return Chart(title, f"{note}; el eje empieza en 0.", rows, heads,
                 shape=Shape.COLUMNS)  # fmt: skip
