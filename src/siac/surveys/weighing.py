# SPDX-License-Identifier: EUPL-1.2
"""Reading the marks of the main question by the answer to another one."""

from django.db import connection

from siac.surveys.domain.questionnaire import Question, QuestionKind, Questionnaire
from siac.surveys.domain.weighting import Cell
from siac.surveys.models import Survey
from siac.surveys.reading import Wanted
from siac.surveys.texts import YES_NO

_CROSS = """
SELECT a.answers ->> %s, (a.answers ->> %s)::int, count(*)::int FROM ({rows}) a
WHERE jsonb_typeof(a.answers -> %s) = 'number' GROUP BY 1, 2
"""


def weighed_by(asked: Questionnaire) -> list[Question]:
    """Return the questions that answers may be weighted by: those with one answer from options."""
    kinds = (QuestionKind.SINGLE, QuestionKind.YES_NO)
    return [each for each in asked.questions if each.kind in kinds]


def options_of(question: Question) -> list[tuple[str, str]]:
    """Return the answers of such a question, each with its words."""
    if question.kind is QuestionKind.YES_NO:
        return [(code, YES_NO[code]) for code in ("yes", "no")]
    return [(each, each) for each in question.options]


def cells_of(survey: Survey, main: Question, by: Question, wanted: Wanted) -> tuple[list[Cell], int]:
    """Return the marks by each answer to a question, in its order, and how many gave a mark and none of these
    answers (1 SQL).
    """
    inner, values = wanted.rows(survey).order_by().only("answers").query.sql_with_params()
    marks: dict[str, dict[int, int]] = {code: {} for code, _ in options_of(by)}
    left_over = 0
    with connection.cursor() as cursor:
        cursor.execute(_CROSS.format(rows=inner), [by.code, main.code, *values, main.code])
        for answer, mark, n in cursor.fetchall():
            if answer in marks:
                marks[answer][mark] = n
            else:
                left_over += n
    return [Cell(code, told) for code, told in marks.items()], left_over
