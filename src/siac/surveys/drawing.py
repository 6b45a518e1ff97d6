# SPDX-License-Identifier: EUPL-1.2
"""Results of a survey as drawings with their tables."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format

from siac.kernel.whole_periods import Period
from siac.surveys.domain.questionnaire import QuestionKind
from siac.surveys.domain.results import QuestionResult, Satisfaction, satisfaction
from siac.surveys.domain.satisfaction import Grades
from siac.surveys.domain.servqual import Dimension, Place, decimal, place_of, told_points
from siac.surveys.models import Way
from siac.surveys.reading import MarksOf
from siac.surveys.texts import PLACES, YES_NO
from siac.ui.charts import Chart, Mark, Row, Shape
from siac.ui.domain.due import MONTHS

MOST_BARS = 15
"""More answers stand in the table only."""
HEADS = ("Respuesta", "Cuántas", "Parte", "")


def number(value: Decimal | int | None) -> str:
    """Return a number as people write it; a dash for none."""
    return "—" if value is None else str(number_format(value, force_grouping=True))


def question_chart(result: QuestionResult) -> Chart | None:
    """Return the answers to a question, the most frequent told first; None of open and hidden ones."""
    if result.hidden or not result.lines:
        return None
    question = result.question
    most = max(result.lines, key=lambda line: line.n)
    name = YES_NO.get(most.label, most.label)
    title = f"Lo más respondido: {name} ({number(most.share)} %)."
    if question.kind is QuestionKind.RANKING:
        title = f"Más veces en primer lugar: {name} ({number(most.share)} %)."
    rows = [
        Row(YES_NO.get(line.label, line.label), line.n, number(line.n), f"{number(line.share)} %",
            tick=line.label, brief=number(line.n))
        for line in result.lines
    ]  # fmt: skip
    note = f"De {number(result.n)} que respondieron; el eje empieza en 0."
    if question.kind is QuestionKind.SEVERAL:
        note = f"De {number(result.n)} que respondieron, que podían elegir varias; el eje empieza en 0."
    if question.marks and not question.has_unknown:
        return Chart(title, note, rows, HEADS, shape=Shape.COLUMNS)
    return Chart(title, note, rows, HEADS, most=MOST_BARS)


def trend_chart(marks: MarksOf, grades: Grades, highest: int, untold: Collection[str]) -> Chart | None:
    """Return the net satisfaction month by month; None of fewer than two months. `untold`: the months, by
    their first day, that are not told.
    """
    by_month = {month.isoformat(): each for month, each in sorted(marks.by_month.items())}
    if len(by_month) < 2:
        return None
    names = {text: _month(date.fromisoformat(text)) for text in by_month}
    rows = _rows(by_month, names, grades, highest, untold)
    return Chart(
        _span("El mes más alto", rows),
        "Satisfacción neta por mes. De pocas respuestas no se muestra, ni lo que las diría por diferencia.",
        rows,
        ("Mes", "Neta", "Respuestas", ""),
    )


def groups_chart(
    by_group: Mapping[str, Mapping[int, int]], names: Mapping[str, str], grades: Grades, highest: int,
    untold: Collection[str], *, title: str,
) -> Chart | None:  # fmt: skip
    """Return the net satisfaction of each group; None of fewer than two groups. `untold`: those that are not
    told.
    """
    if len(by_group) < 2:
        return None
    rows = _rows(by_group, names, grades, highest, untold)
    note = f"Satisfacción neta por {title}. De pocas no se muestra, ni lo que las diría por diferencia."
    return Chart(_span("El más alto", rows), note, rows, (title.capitalize(), "Neta", "Respuestas", ""))


def importance_chart(told: Sequence[Dimension]) -> Chart | None:
    """Return the dimensions by how well each is done and how much it matters; None of fewer than two."""
    rows = []
    for each, points in zip(told, told_points(told), strict=True):
        if each.perceived is not None:
            mean = decimal(each.perceived)
            rows.append(Row(each.pair.name, mean, number(mean), number(each.n), target=points))
    if len(rows) < 2:
        return None
    first = [each.pair.name for each in told if place_of(each, told) is Place.MEND]
    title = f"Mejorar primero: {', '.join(first)}." if first else "Nada importante está bajo el promedio."
    numbered = [replace(row, label=f"{at}. {row.label}") for at, row in enumerate(rows, start=1)]
    return Chart(
        title, "A la derecha, lo que se recibió; hacia arriba, cuánto importa. Las líneas son los promedios.",
        numbered, ("Dimensión", "Recibido", "Respuestas", "Importancia"), shape=Shape.FIELD,
        target_word="importancia",
        corners=[PLACES[each] for each in (Place.MEND, Place.KEEP, Place.LATER, Place.ENOUGH)],
    )  # fmt: skip


def way_names() -> dict[str, str]:
    """Return how each way is called."""
    return {code: str(label) for code, label in Way.choices}


def _month(first: date) -> str:
    return f"{MONTHS[first.month - 1]} de {first.year}"


def period_name(period: Period) -> str:
    """Return a period in words: «agosto de 2026», «julio a septiembre de 2026», «2026»."""
    if period.is_year:
        return str(period.first.year)
    if period.is_quarter:
        return f"{MONTHS[period.first.month - 1]} a {_month(period.last)}"
    return _month(period.first)


def _rows(
    groups: Mapping[str, Mapping[int, int]], names: Mapping[str, str], grades: Grades, highest: int,
    untold: Collection[str],
) -> list[Row]:  # fmt: skip
    return [
        _row(names.get(name, name), None if name in untold else satisfaction(marks, grades, highest))
        for name, marks in groups.items()
    ]


def _row(name: str, found: Satisfaction | None) -> Row:
    if found is None:
        return Row(name, None, "No se muestra", mark=Mark.NONE)
    words = f"{number(found.net)} ± {number(found.interval.margin)}"
    return Row(name, max(found.net, Decimal(0)), words, number(found.n))


def _span(said: str, rows: list[Row]) -> str:
    known = [row for row in rows if row.value is not None]
    if not known:
        return "Ningún grupo tiene respuestas suficientes."
    highest = max(known, key=lambda row: row.value or 0)
    return f"{said}: {highest.label}, {highest.words}."
