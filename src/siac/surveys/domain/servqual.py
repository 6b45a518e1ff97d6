# SPDX-License-Identifier: EUPL-1.2
"""Expectation and perception of a service by dimension (SERVQUAL): gaps, weights, and what to mend first.

A dimension is a pair of tables of the same words: `e_trato` asks what should be, `p_trato` what was.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from siac.surveys.domain.questionnaire import Question, QuestionKind, Questionnaire

EXPECTED, PERCEIVED = "e_", "p_"
ALL_POINTS = 100
Told = Mapping[str, int]
"""Each answer to a question, as JSON, and how often."""


class Place(StrEnum):
    """Where a dimension stands among the others: how much it matters, and how well it is done."""

    MEND = "mend"
    KEEP = "keep"
    LATER = "later"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Pair:
    """A dimension as a questionnaire asks it: what should be, and what was."""

    code: str
    expected: Question
    perceived: Question

    @property
    def name(self) -> str:
        """What it is called."""
        return self.perceived.label


@dataclass(frozen=True, slots=True)
class Dimension:
    """What was answered to a pair; the means are None where fewer answered than may be told."""

    pair: Pair
    n: int
    """How many answered the half of it that fewer answered."""
    expected: Fraction | None
    perceived: Fraction | None
    points: Fraction
    """What it weighs, of 100."""

    @property
    def gap(self) -> Fraction | None:
        """Perception less expectation: below 0 the service is less than was expected."""
        if self.expected is None or self.perceived is None:
            return None
        return self.perceived - self.expected


def pairs(asked: Questionnaire) -> list[Pair]:
    """Return the dimensions of a questionnaire, in their order; none where it asks of nothing twice."""
    known = {each.code: each for each in asked.questions if _is_scale(each)}
    found = []
    for code, question in known.items():
        end = code.removeprefix(EXPECTED)
        other = known.get(PERCEIVED + end)
        if code.startswith(EXPECTED) and other and other.options == question.options:
            found.append(Pair(end, question, other))
    return found


def _is_scale(question: Question) -> bool:
    is_table = question.kind is QuestionKind.MATRIX
    return is_table and all(each.isascii() and each.isdigit() for each in question.options)


def ranking_of(asked: Questionnaire, found: Sequence[Pair]) -> Question | None:
    """Return the question that puts the dimensions in an order; None where there is none."""
    names = {pair.name for pair in found}
    rankings = (each for each in asked.questions if each.kind is QuestionKind.RANKING)
    return next((each for each in rankings if set(each.options) == names), None)


def ranked_points(names: Sequence[str], told: Told, *, least: int) -> dict[str, Fraction]:
    """Return what each dimension weighs by the order people gave them, of 100: of five the first gets five
    points, the last one. Where fewer than `least` ordered them all weigh the same.
    """
    if sum(told.values()) < least or not names:
        return {name: Fraction(ALL_POINTS, len(names)) for name in names}
    given = dict.fromkeys(names, 0)
    for text, count in told.items():
        order = json.loads(text)
        for place, name in enumerate(order):
            if name in given:
                given[name] += count * (len(order) - place)
    total = sum(given.values())
    if not total:
        return {name: Fraction(ALL_POINTS, len(names)) for name in names}
    return {name: Fraction(ALL_POINTS * points, total) for name, points in given.items()}


def dimensions(
    found: Sequence[Pair], counts: Mapping[str, Told], points: Mapping[str, Fraction], *, least: int,
    untold: Collection[str] = (),
) -> list[Dimension]:  # fmt: skip
    """Return what was answered to each pair; of fewer than `least` answers to either half nothing, nor where
    either question is one of the `untold`.
    """
    told = []
    for pair in found:
        halves = [counts.get(each.code, {}) for each in (pair.expected, pair.perceived)]
        n = min(sum(half.values()) for half in halves)
        is_told = n >= least and not {pair.expected.code, pair.perceived.code} & set(untold)
        expected, perceived = (_mean(half) if is_told else None for half in halves)
        told.append(Dimension(pair, n, expected, perceived, points[pair.name]))
    return told


def _mean(told: Told) -> Fraction | None:
    """Return the mean of all marks: every line of everybody counts the same."""
    total, n = 0, 0
    for text, count in told.items():
        marks = [int(option) for option in json.loads(text).values() if str(option).isdigit()]
        total += count * sum(marks)
        n += count * len(marks)
    return Fraction(total, n) if n else None


def weighted_gap(told: Sequence[Dimension]) -> Fraction | None:
    """Return the gap of the whole service, each dimension by its points; None where one is not told."""
    gaps = [each.gap for each in told]
    if not gaps or any(gap is None for gap in gaps):
        return None
    total = sum((each.points for each in told), Fraction(0))
    return sum((each.points * (each.gap or 0) for each in told), Fraction(0)) / total


def place_of(each: Dimension, told: Sequence[Dimension]) -> Place | None:
    """Return where a dimension stands: above or below the mean of those that are told; None if it is not."""
    known = [(other.points, other.perceived) for other in told if other.perceived is not None]
    if each.perceived is None:
        return None
    matters = each.points >= sum((points for points, _ in known), Fraction(0)) / len(known)
    done = each.perceived >= sum((mean for _, mean in known), Fraction(0)) / len(known)
    if matters:
        return Place.KEEP if done else Place.MEND
    return Place.ENOUGH if done else Place.LATER


def decimal(value: Fraction, places: int = 2) -> Decimal:
    """Return an exact number as it is told, rounded half up."""
    step = Decimal(1).scaleb(-places)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)


def told_points(told: Sequence[Dimension]) -> list[Decimal]:
    """Return the points as they are told: tenths that sum to 100, what rounding leaves going to the greatest
    remainders.
    """
    tenths = [each.points * 10 for each in told]
    whole = [int(each) for each in tenths]
    left = 10 * ALL_POINTS - sum(whole) if told else 0
    by_rest = sorted(range(len(told)), key=lambda at: (whole[at] - tenths[at], at))
    for at in by_rest[:left]:
        whole[at] += 1
    return [(Decimal(each) / 10).quantize(Decimal("0.1")) for each in whole]
