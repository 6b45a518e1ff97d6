# SPDX-License-Identifier: EUPL-1.2
"""What the pages of figures show, put together from what the metrics say."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from time import perf_counter
from typing import Any

from siac.indicators.domain.figures import Silence
from siac.indicators.domain.windows import EARLIEST, Length, Window, months_up_to, windows_up_to
from siac.indicators.figures.facts import ALL, Only
from siac.indicators.figures.forms import NamesOf, Question, QuestionForm, names_read_once
from siac.indicators.figures.measuring import Told, measure, measure_many
from siac.indicators.figures.reading import values_of
from siac.indicators.figures.state import data_state
from siac.indicators.figures.wording import (
    change_words,
    days_words,
    limit_words,
    of_words,
    value_words,
    verdict_words,
    window_name,
)
from siac.indicators.texts import FAMILIES, SILENCES, WHY_SILENT
from siac.infra.metrics import LIMITED, OF_VALUES, Dimension, Metric, Statistic, metrics, source
from siac.organizations.public import Institution
from siac.ui.lists import Chip

MONTHS_SHOWN = 13
"""Months of the trend: the last one stands beside the same of the year before."""
YEARS_SHOWN = 5
"""Years of the trend of what is known of whole years only."""
_STEP = re.compile(r"(-?[0-9]{1,9})-(-?[0-9]{1,9})")
Address = Callable[[str], str]
"""From the query of an address to the address."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A metric with what it says of the period and of what it is compared with."""

    metric: Metric
    statistic: Statistic
    now: Told
    before: Told

    @property
    def value(self) -> str:
        """The figure in words."""
        return value_words(self.now, self.statistic)

    @property
    def silence(self) -> str:
        """Why there is no figure although something was counted; else nothing."""
        now = self.now
        is_asked = now.total or now.untold is Silence.YEARS
        why = now.silence if is_asked and now.value(self.statistic) is None else None
        return SILENCES[why] if why else ""

    @property
    def why_silent(self) -> str:
        """The same as a sentence that says what for."""
        return WHY_SILENT[self.now.silence] if self.silence and self.now.silence else ""

    @property
    def of(self) -> str:
        """Of how many."""
        return of_words(self.now, self.statistic)

    @property
    def earlier(self) -> str:
        """The figure of what it is compared with."""
        return value_words(self.before, self.statistic)

    @property
    def change(self) -> str:
        """What changed, in words."""
        return change_words(self.now, self.before, self.statistic)

    @property
    def verdict(self) -> str:
        """Whether that is for the better."""
        return verdict_words(self.now, self.before, self.statistic)

    @property
    def sentence(self) -> str:
        """The change as a sentence: «1 más que antes, empeora.»; nothing without anything to compare."""
        if self.change in ("", "igual"):
            return "Igual que antes." if self.change else ""
        change = f"{self.change[0].upper()}{self.change[1:]} que antes"
        return f"{change}, {self.verdict}." if self.verdict else f"{change}."

    @property
    def has_any(self) -> bool:
        """Whether there is anything behind either figure."""
        return bool(self.now.total or self.before.total)


def overview(
    institution: Institution, question: Question, *, today: date
) -> list[tuple[str, list[Compared]]]:
    """Return every metric in its family, families without metrics left out (3 SQL for each source)."""
    asked = [each for each in metrics() if set(question.where) <= _keys(each)]
    ranges = [question.window.days, question.before]
    said = measure_many(institution, asked, ranges, today=today, where=question.where)
    found: list[tuple[str, list[Compared]]] = []
    for family, name in FAMILIES.items():
        lines = [
            Compared(each, each.statistics[0], said[each.key].told(0), said[each.key].told(1))
            for each in asked
            if each.family is family
        ]
        if lines:
            found.append((name, sorted(lines, key=lambda line: line.metric.title)))
    return found


def _keys(metric: Metric) -> set[str]:
    return {each.key for each in source(metric.of.source).dimensions}


@dataclass(frozen=True, slots=True)
class Group:
    """A member of the dimension by which a metric is told apart, with those below it."""

    member: str
    name: str
    depth: int
    line: Compared


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of a metric shows. `seconds`: how long it took, where facts were counted one by
    one; else None.
    """

    line: Compared
    months: list[tuple[Window, Told]]
    dimension: Dimension | None
    groups: list[Group]
    values: dict[int, int]
    seconds: float | None


class Part(StrEnum):
    """What is shown of a metric beside its figure."""

    MONTHS = "months"
    GROUPS = "groups"
    VALUES = "values"


def metric_page(
    institution: Institution,
    metric: Metric,
    question: Question,
    *,
    today: date,
    parts: Collection[Part] = tuple(Part),
    names: NamesOf | None = None,
) -> Page:
    """Return what the page of a metric shows: its figure and these `parts` (1 SQL each for figure, months,
    groups and values, and 1 for each of the first three of a stock). `names`: as `QuestionForm` takes them.
    """
    begun = perf_counter()
    window, where = question.window, question.where
    ranges, within = [window.days, question.before], question.within or 0
    said = measure(institution, metric, ranges, today=today, where=where, within=within)
    months, from_facts = [], said.from_facts
    if Part.MONTHS in parts:
        shown = (
            windows_up_to(window.last, YEARS_SHOWN, Length.YEAR, today=today)
            if metric.is_yearly
            else months_up_to(window.last, MONTHS_SHOWN, today=today)
        )
        days = [each.days for each in shown]
        trend = measure(institution, metric, days, today=today, where=where, within=within)
        months = [(month, trend.told(place)) for place, month in enumerate(shown)]
        from_facts = from_facts or trend.from_facts
    by = source(metric.of.source).dimension(question.by) if question.by else None
    groups = []
    if by and Part.GROUPS in parts:
        apart = measure(institution, metric, ranges, today=today, where=where, within=within, by=by.key)
        from_facts = from_facts or apart.from_facts
        lines = {
            each: Compared(metric, question.statistic, apart.told(0, each), apart.told(1, each))
            for each in apart.groups
        }
        groups = _ordered(by, institution, lines, (names or names_read_once(institution))(by))
    is_of_values = metric.statistics[0] in OF_VALUES and said.told(0).is_told
    has_values = Part.VALUES in parts and is_of_values
    values = values_of(institution, metric.of, window.days, today=today, where=where) if has_values else {}
    return Page(
        Compared(metric, question.statistic, said.told(0), said.told(1)),
        months,
        by,
        groups,
        values,
        perf_counter() - begun if from_facts else None,
    )


def _ordered(
    by: Dimension, institution: Institution, lines: Mapping[str, Compared], names: Mapping[str, str]
) -> list[Group]:
    """Return the groups that count anything: of a tree each under the one above it, else by size."""
    if by.parents is None:
        largest = sorted(lines, key=lambda each: (-lines[each].now.total, names.get(each, each)))
        return [Group(each, names.get(each, each), 0, lines[each]) for each in largest]
    above = by.parents(institution)
    return [
        Group(each, names[each], depth, lines[each])
        for each, depth in outline(list(names), above)
        if each in lines
    ]


def outline(members: Sequence[str], above: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the members of a tree, each under the one above it, with how deep it lies."""
    below: dict[str | None, list[str]] = {}
    for each in members:
        below.setdefault(above.get(each), []).append(each)
    waiting = [(each, 0) for each in reversed(below.get(None, []))]
    while waiting:
        member, depth = waiting.pop()
        yield member, depth
        waiting += [(each, depth + 1) for each in reversed(below.get(member, []))]


COLUMNS = ("Qué", "Nombre", "Desde", "Hasta", "Cifra", "Cuántas", "De cuántas")


def table(page: Page, question: Question) -> Iterator[tuple[object, ...]]:
    """Return what the page shows as rows of one table: the figure, the comparison, the months, the groups and
    the values. Figures are plain numbers.
    """
    statistic, days, before = question.statistic, question.window.days, question.before

    def row(what: str, name: str, of: tuple[date, date], told: Told) -> tuple[object, ...]:
        counted: int | None = told.met(statistic) if told.is_told else None
        if statistic in (Statistic.COUNT, Statistic.STOCK):
            counted = told.total
        return what, name, *of, told.value(statistic), counted, told.total

    yield row("Período", window_name(question.window), days, page.line.now)
    yield row("Comparación", days_words(*before), before, page.line.before)
    for month, told in page.months:
        yield row("Mes", window_name(month), month.days, told)
    for group in page.groups:
        yield row(page.dimension.title if page.dimension else "", group.name, days, group.line.now)
    total = sum(page.values.values())
    for value, n in sorted(page.values.items()):
        yield "Valor", value, *days, value, n, total


@dataclass(frozen=True, slots=True)
class PartLink:
    """Some of the things behind a figure: what they are called, how many, and where they are listed; `code`
    is how the address names them.
    """

    code: str
    name: str
    count: int
    url: str
    only: Only = ALL


def parts(line: Compared, question: Question, to_things: Address) -> list[PartLink]:
    """Return what lies behind a figure: all, and of a share what it counts and the rest."""
    found = [PartLink("", "Todas", line.now.total, to_things(question.query()))]
    if not line.now.is_told:
        return found
    if line.statistic is Statistic.RATE:
        met, apart = line.now.counted.n, (Only(met=True), Only(met=False))
    elif line.statistic in LIMITED:
        limit = question.within or 0
        met, apart = line.now.met(line.statistic), (Only(greatest=limit), Only(least=limit + 1))
        apart = apart if line.statistic is Statistic.WITHIN else apart[::-1]
    else:
        return found
    for code, name, n, only in (
        ("si", "Las que cuentan", met, apart[0]),
        ("no", "Las demás", line.now.total - met, apart[1]),
    ):
        found.append(PartLink(code, name, n, to_things(question.query(solo=code)), only))
    return found


def of_values(
    institution: Institution, line: Compared, question: Question, asked: str, *, today: date
) -> PartLink | None:
    """Return what lies behind a step of the values, «5-9» in the address (1 SQL); None where that is none."""
    typed = _STEP.fullmatch(asked)
    metric, days = line.metric, question.window.days
    if typed is None or metric.per or not metric.of.value or not line.now.is_told:
        return None
    low, high = (int(each) for each in typed.groups())
    values = values_of(institution, metric.of, days, today=today, where=question.where)
    n = sum(count for value, count in values.items() if low <= value <= high)
    name = limit_words(metric.unit, low) if low == high else f"De {low} a {limit_words(metric.unit, high)}"
    return PartLink("", name, n, "", Only(least=low, greatest=high))


def asked_words(institution: Institution, path: str, form: QuestionForm) -> dict[str, Any]:
    """Return what every page says of the period, and until when it is counted (2 SQL)."""
    today, question = form.today, form.question
    window = question.window
    later, earlier = window.moved(1, today=today), window.moved(-1, today=today)
    data_time, is_complete = data_state(institution)
    return {
        "question": question,
        "asks": question.query(),
        "period": window_name(window),
        "days": days_words(*window.days),
        "compared": days_words(*question.before),
        "earlier": (window_name(earlier), f"?{question.query(**question.of_window(earlier))}")
        if earlier.first >= EARLIEST
        else None,
        "chips": [
            Chip(f"{title}: {name}", f"{path}?{question.query(**{address: None})}")
            for address, title, name in form.cut
        ],
        "later": (window_name(later), f"?{question.query(**question.of_window(later))}")
        if later.first <= today
        else None,
        "data_time": data_time,
        "is_complete": is_complete,
    }
