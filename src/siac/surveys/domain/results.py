# SPDX-License-Identifier: EUPL-1.2
"""What the answers to each question come to, from counts of equal answers; small groups are not told."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from siac.surveys.domain.questionnaire import NO, UNKNOWN, YES, Question, QuestionKind, Questionnaire
from siac.surveys.domain.satisfaction import (
    CONVENTIONS,
    Grades,
    Interval,
    Tally,
    interval,
    mean,
    percent,
    top_two,
)

Counts = Mapping[str, Mapping[str, int]]
"""By code of a question: each answer given to it, as JSON, and how often."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer to a question (of a matrix: of one of its lines) and how many gave it."""

    label: str
    n: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What the marks of a question come to, in percent but for the mean."""

    grades: Grades
    tally: Tally
    net: Decimal
    interval: Interval
    mean: Decimal | None
    top_two: Decimal | None
    marks: Mapping[int, int]

    @property
    def n(self) -> int:
        """How many marks there are; «no sabe» is none."""
        return sum(self.marks.values())


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question with what was answered; `hidden`: by so few that nothing is told."""

    question: Question
    n: int
    hidden: bool
    lines: Sequence[AnswerLine] = ()
    satisfaction: Satisfaction | None = None


def satisfaction(
    marks: Mapping[int, int], grades: Grades, highest: int, *, population: int | None = None
) -> Satisfaction | None:
    """Return what marks come to; None of none."""
    tally = grades.tally(marks)
    net = percent(tally.net)
    if net is None:
        return None
    found = interval(tally, population=population)
    return Satisfaction(grades, tally, net, found, mean(marks), top_two(marks, highest), marks)


def marks_in(told: Mapping[str, int]) -> dict[int, int]:
    """Return the marks among the answers to a question, and how often each."""
    return {int(text): n for text, n in told.items() if text.isdigit()}


def results(
    questionnaire: Questionnaire,
    counts: Counts,
    *,
    least: int,
    grades: Grades | None = None,
    untold: Collection[str] = (),
) -> list[QuestionResult]:
    """Return what was answered to each question; of fewer than `least` answers, and of questions that are
    `untold`, nothing but that.

    `grades` are those of the main question; others go by the convention of their scale.
    """
    main = questionnaire.main_question
    found = []
    for question in questionnaire.questions:
        told = counts.get(question.code, {})
        n = sum(told.values())
        if n < least or question.code in untold:
            found.append(QuestionResult(question, n, hidden=True))
            continue
        own = None
        if question.marks:
            highest = question.marks[-1]
            used = grades if grades is not None and question == main else CONVENTIONS[highest]
            own = satisfaction(marks_in(told), used, highest)
        found.append(QuestionResult(question, n, False, _lines(question, told, n), own))
    return found


def _lines(question: Question, told: Mapping[str, int], n: int) -> list[AnswerLine]:
    """Return the answers in the order of the questionnaire, then those of earlier versions."""
    if question.kind is QuestionKind.TEXT:
        return []
    if question.kind is QuestionKind.MATRIX:
        return _matrix(question, told)
    if question.kind is QuestionKind.RANKING:
        return _ranks(question, told)
    each: dict[str, int] = {}
    for text, count in told.items():
        value: Any = json.loads(text)
        for one in value if isinstance(value, list) else [value]:
            each[str(one)] = each.get(str(one), 0) + count
    known = [str(choice) for choice in _choices(question)]
    order = [*known, *sorted(set(each) - set(known))]
    return [
        AnswerLine(option, each.get(option, 0), percent(Fraction(each.get(option, 0), n))) for option in order
    ]


def _choices(question: Question) -> Sequence[object]:
    if question.marks:
        return [*question.marks, *([UNKNOWN] if question.has_unknown else [])]
    return (YES, NO) if question.kind is QuestionKind.YES_NO else question.options


def _matrix(question: Question, told: Mapping[str, int]) -> list[AnswerLine]:
    each: dict[tuple[str, str], int] = {}
    for text, count in told.items():
        for line, option in json.loads(text).items():
            each[line, option] = each.get((line, option), 0) + count
    found = []
    for line in question.lines:
        n = sum(count for (name, _), count in each.items() if name == line)
        for option in question.options:
            count = each.get((line, option), 0)
            found.append(AnswerLine(f"{line}: {option}", count, percent(Fraction(count, n)) if n else None))
    return found


def _ranks(question: Question, told: Mapping[str, int]) -> list[AnswerLine]:
    """Return how many put each option first."""
    first: dict[str, int] = {}
    for text, count in told.items():
        chosen = json.loads(text)[0]
        first[chosen] = first.get(chosen, 0) + count
    n = sum(first.values())
    return [
        AnswerLine(option, first.get(option, 0), percent(Fraction(first.get(option, 0), n)) if n else None)
        for option in question.options
    ]
