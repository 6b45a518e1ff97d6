# SPDX-License-Identifier: EUPL-1.2
"""The questions a kind of request asks, kept as data so that a body can change them without a programmer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from siac.kernel.errors import Refused


class QuestionType(StrEnum):
    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `code` names the answer, `label` and `hint` are shown, `options` only for a choice."""

    code: str
    label: str
    type: QuestionType
    required: bool = False
    hint: str = ""
    options: tuple[str, ...] = ()


_KEYS = {"code", "label", "type", "required", "hint", "options"}


def parse_questions(rows: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Read the stored questions of a kind.

    Raises:
        Refused: a row lacks a code or label, repeats a code, or has a key or
            type that does not exist (bad_question).
    """
    questions: list[Question] = []
    for number, row in enumerate(rows, start=1):
        code, label = str(row.get("code", "")), str(row.get("label", ""))
        kind = row.get("type", QuestionType.LINE)
        known = not set(row) - _KEYS and kind in set(QuestionType)
        repeated = any(question.code == code for question in questions)
        if not (code.isidentifier() and label and known) or repeated:
            raise Refused("bad_question", number=number)
        options = tuple(str(option) for option in row.get("options", ()))
        if kind == QuestionType.CHOICE and len(options) < 2:
            raise Refused("bad_question", number=number)
        questions.append(
            Question(
                code, label, QuestionType(kind), bool(row.get("required")), str(row.get("hint", "")), options
            )
        )
    return tuple(questions)


def dump_questions(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Return the questions as they are stored; `parse_questions` reads them back."""
    return [
        {
            "code": q.code,
            "label": q.label,
            "type": q.type.value,
            "required": q.required,
            "hint": q.hint,
            "options": list(q.options),
        }
        for q in questions
    ]


def check_answers(
    questions: Sequence[Question], answers: Mapping[str, Any], *, partial: bool = False
) -> dict[str, str]:
    """Return the answers as text, in the order of the questions; dates as ISO days, blanks left out.

    With `partial` required answers may be missing: a letter or a call does not answer a form.

    Raises:
        Refused: a required answer is missing, a choice is none of the options, a date is none, or an answer
            belongs to no question (answer_missing, answer_not_an_option, answer_not_a_date, answer_unknown).
    """
    unknown = set(answers) - {question.code for question in questions}
    if unknown:
        raise Refused("answer_unknown", code=sorted(unknown)[0])
    clean: dict[str, str] = {}
    for question in questions:
        value = _answer(question, answers.get(question.code))
        if value:
            clean[question.code] = value
        elif question.required and not partial:
            raise Refused("answer_missing", label=question.label, code=question.code)
    return clean


def _answer(question: Question, value: Any) -> str:
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    if not text:
        return ""
    if question.type is QuestionType.CHOICE and text not in question.options:
        raise Refused("answer_not_an_option", label=question.label, code=question.code)
    if question.type is QuestionType.DATE:
        try:
            date.fromisoformat(text)
        except ValueError:
            raise Refused("answer_not_a_date", label=question.label, code=question.code) from None
    return text
