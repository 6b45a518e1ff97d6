# SPDX-License-Identifier: EUPL-1.2
"""Reading answers: never one by one but for an export, and never with anything that tells who."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from siac.surveys.domain.questionnaire import Question, QuestionKind, Questionnaire
from siac.surveys.domain.told import Size
from siac.surveys.models import Survey, SurveyAnswer
from siac.surveys.texts import YES_NO


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers of a survey are read, of those given to the end: of the local days `first` to `last`, by
    a way, at a place (0: at none).
    """

    first: date
    last: date
    way: str = ""
    point_id: int | None = None

    def rows(self, survey: Survey) -> QuerySet[SurveyAnswer]:
        """Return these answers, in the order of their random numbers. Lazy: no SQL until it is read."""
        return self._rows(survey).filter(is_complete=True).order_by("pk")

    def partial(self, survey: Survey) -> int:
        """Return how many answers broke off before the end (1 SQL): told beside, counted nowhere."""
        return self._rows(survey).filter(is_complete=False).count()

    def _rows(self, survey: Survey) -> QuerySet[SurveyAnswer]:
        rows = SurveyAnswer.objects.filter(
            institution_id=survey.institution_id,
            survey=survey,
            answered_on__gte=self.first,
            answered_on__lte=self.last,
            is_settled=True,  # of today nobody reads anything: it would tell who just answered what
        )
        rows = rows.filter(way=self.way) if self.way else rows
        if self.point_id is not None:
            rows = rows.filter(point_id=self.point_id or None)
        return rows


_COUNTS = """
SELECT e.key, e.value::text, count(*)::int FROM ({rows}) a, jsonb_each(a.answers) e
WHERE e.key = ANY(%s) GROUP BY 1, 2
"""
_TEXTS = """
SELECT e.key, count(*)::int FROM ({rows}) a, jsonb_each(a.answers) e WHERE e.key = ANY(%s) GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many answered, and each answer to each question with how often."""

    n: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def counted(survey: Survey, asked: Questionnaire, wanted: Wanted) -> Counted:
    """Return the counts of the answers to a survey, of all its versions by the code of the question (3 SQL).

    Of open questions there is only how many answered.
    """
    rows = wanted.rows(survey).order_by()
    total = rows.count()
    open_ones = [q.code for q in asked.questions if q.kind is QuestionKind.TEXT]
    closed = [q.code for q in asked.questions if q.kind is not QuestionKind.TEXT]
    inner, values = rows.only("answers").query.sql_with_params()
    counts: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(rows=inner), [*values, closed])
        for code, text, n in cursor.fetchall():
            counts.setdefault(code, {})[text] = n
        cursor.execute(_TEXTS.format(rows=inner), [*values, open_ones])
        for code, count in cursor.fetchall():
            counts[code] = {"": count}
    return Counted(total, counts)


_SIZES = """
SELECT k.code, date_trunc('month', a.answered_on)::date, a.way, coalesce(a.point_id, 0), count(*)::int
FROM ({rows}) a, LATERAL (SELECT '' AS code UNION ALL SELECT jsonb_object_keys(a.answers)) k
GROUP BY 1, 2, 3, 4
"""


def sizes_in(survey: Survey, wanted: Wanted) -> list[Size]:
    """Return how many answered each question, by month, way and place (1 SQL)."""
    rows = wanted.rows(survey).order_by().only("answers", "way", "point_id", "answered_on")
    inner, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SIZES.format(rows=inner), values)
        return [Size(code, month, way, str(point), n) for code, month, way, point, n in cursor.fetchall()]


def months_of(survey: Survey, wanted: Wanted) -> dict[date, int]:
    """Return how many answered in each month that anybody did in (1 SQL)."""
    rows = wanted.rows(survey).order_by().annotate(month=TruncMonth("answered_on")).values("month")
    return {row["month"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by("month")}


@dataclass(frozen=True, slots=True)
class MarksOf:
    """The marks of the main question by member of a group: how often each."""

    by_way: dict[str, dict[int, int]]
    by_point: dict[int | None, dict[int, int]]
    by_month: dict[date, dict[int, int]]


_MARKS = """
SELECT a.way, a.point_id, date_trunc('month', a.answered_on)::date, (a.answers->>%s)::int, count(*)::int
FROM ({rows}) a WHERE jsonb_typeof(a.answers->%s) = 'number' GROUP BY 1, 2, 3, 4
"""


def marks_of(survey: Survey, code: str, wanted: Wanted) -> MarksOf:
    """Return the marks that a question was given, by way, place and month (1 SQL)."""
    rows = wanted.rows(survey).order_by().only("answers", "way", "point_id", "answered_on")
    inner, values = rows.query.sql_with_params()
    found = MarksOf({}, {}, {})
    with connection.cursor() as cursor:
        cursor.execute(_MARKS.format(rows=inner), [code, *values, code])
        for way, point, month, mark, n in cursor.fetchall():
            for marks in (
                found.by_way.setdefault(way, {}),
                found.by_point.setdefault(point, {}),
                found.by_month.setdefault(month, {}),
            ):
                marks[mark] = marks.get(mark, 0) + n
    return found


def texts_of(survey: Survey, code: str, wanted: Wanted) -> QuerySet[SurveyAnswer]:
    """Return the answers that have a text for a question, in the order of their random numbers. Lazy."""
    return wanted.rows(survey).filter(answers__has_key=code)


def exported(survey: Survey, asked: Sequence[Question], wanted: Wanted) -> Iterator[Sequence[Any]]:
    """Yield the answers of all versions united by question: version, and an answer each, as text (1 SQL, read
    in pieces). Neither day nor way nor place: the file is of one period, and of one group at most."""
    for row in wanted.rows(survey).iterator(chunk_size=2000):
        yield (row.version, *(answer_words(question, row.answers.get(question.code)) for question in asked))


def answer_words(question: Question, answer: Any) -> str:
    """Return an answer in words; empty where there is none."""
    if isinstance(answer, str) and (question.kind is QuestionKind.YES_NO or question.marks):
        return YES_NO.get(answer, answer)
    if isinstance(answer, dict):
        return "; ".join(f"{line}: {option}" for line, option in answer.items())
    return "; ".join(map(str, answer)) if isinstance(answer, list) else "" if answer is None else str(answer)
