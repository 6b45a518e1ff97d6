# SPDX-License-Identifier: EUPL-1.2
"""Answers gathered elsewhere, a row each: which column is which question, and what a cell answers.

Columns are known by the text or the code of their question. Where there is no questionnaire yet, one is read
from the sheet: whole numbers from 1 to 5 or 1 to 7 are marks, lists with «;» several options, few different
words options, anything else open text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.surveys.domain.questionnaire import (
    LABEL_LIMIT,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    NO,
    OPTION_LIMIT,
    YES,
    BadAnswer,
    Question,
    QuestionKind,
    Questionnaire,
    clean_answer,
)

DAY = ("dia", "fecha", "completion time", "hora de finalizacion", "marca temporal")
"""How the column is called that says on which day somebody answered."""
LOADED = frozenset(QuestionKind) - {QuestionKind.MATRIX, QuestionKind.RANKING}
"""What one cell can answer."""
_FEW = 12
_SAID = {"si": YES, "yes": YES, "no": NO}
_LISTS = ";"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which question, by place, and which the day; `left_out`: heads of the rest."""

    questions: dict[int, Question]
    day: int | None
    left_out: tuple[str, ...]


def columns_of(questionnaire: Questionnaire, heads: Sequence[str]) -> Columns:
    """Return what the columns of a sheet are.

    Raises:
        Refused: none is a question of the questionnaire (loading_no_question).
    """
    known = {fold(q.code): q for q in questionnaire.questions if q.kind in LOADED}
    known |= {fold(squeeze(q.label)): q for q in questionnaire.questions if q.kind in LOADED}
    found: dict[int, Question] = {}
    day, others = None, []
    for place, head in enumerate(heads):
        name = fold(squeeze(head))
        question = known.get(name)
        if question is not None and question not in found.values():
            found[place] = question
        elif name in DAY and day is None:
            day = place
        elif name:
            others.append(squeeze(head))
    if not found:
        raise Refused("loading_no_question")
    return Columns(found, day, tuple(others))


def read_cells(columns: Columns, cells: Sequence[str]) -> tuple[dict[str, object], list[Question]]:
    """Return what a row answers, and the questions whose cell is none of their answers."""
    answers: dict[str, object] = {}
    wrong: list[Question] = []
    for place, question in columns.questions.items():
        text = squeeze(cells[place]) if place < len(cells) else ""
        if not text:
            continue
        try:
            answer = clean_answer(question, _given(question, text))
        except BadAnswer:
            answer = None
        if answer is None:
            wrong.append(question)
        else:
            answers[question.code] = answer
    return answers, wrong


def _given(question: Question, text: str) -> object:
    if question.kind is QuestionKind.YES_NO:
        return _SAID.get(fold(text), text)
    named = {fold(option): option for option in question.options}
    if question.kind is QuestionKind.SEVERAL:
        parts = [squeeze(part) for part in text.split(_LISTS)]
        return [named.get(fold(part), part) for part in parts if part]
    return named.get(fold(text), text) if question.options else text


def read_day(columns: Columns, cells: Sequence[str]) -> date | None:
    """Return the day on which a row was answered: ISO, or day first («27-3-2025»), a time after it left out;
    None where it says none, or one that can be read in two ways and is impossible day first.
    """
    if columns.day is None or columns.day >= len(cells):
        return None
    parts = cells[columns.day].split()[:1]
    numbers = parts[0].replace("/", "-").replace(".", "-").split("-") if parts else []
    if len(numbers) != 3 or not all(each.isascii() and each.isdigit() for each in numbers):
        return None
    whole = [int(each) for each in numbers]
    year, month, day = whole if len(numbers[0]) == 4 else reversed(whole)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def inferred(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return a questionnaire, as it is kept, that a sheet of answers fits; columns without a head or without
    any answer, and that of the day, are left out.

    Raises:
        Refused: no column is a question (loading_no_question).
    """
    questions: list[dict[str, Any]] = []
    seen: set[str] = set()
    for place, head in enumerate(heads):
        label, values = squeeze(head)[:LABEL_LIMIT], _values(rows, place)
        name = fold(label)
        if not label or name in seen or name in DAY or not values or len(questions) == MOST_QUESTIONS:
            continue
        seen.add(name)
        questions.append({"code": f"c_{place + 1}", "label": label, **_kind(values)})
    if not questions:
        raise Refused("loading_no_question")
    return {"sections": [{"code": "s_1", "title": "", "questions": questions}]}


def _values(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [text for row in rows if place < len(row) and (text := squeeze(row[place]))]


def _kind(values: Sequence[str]) -> dict[str, Any]:
    different = set(values)
    if all(len(text) == 1 and text in "1234567" for text in different):
        return {"kind": "scale5" if max(different) <= "5" else "scale7"}
    if {fold(text) for text in different} == {"si", "no"}:
        return {"kind": "yes_no"}
    parts = [squeeze(part) for text in values for part in text.split(_LISTS) if squeeze(part)]
    options = list({fold(part): part for part in reversed(parts)}.values())[::-1]
    is_list = any(_LISTS in text for text in different)
    few = len(options) <= (MOST_OPTIONS if is_list else _FEW) and len(parts) >= 2 * len(options)
    if len(options) >= 2 and few and all(len(option) <= OPTION_LIMIT for option in options):
        return {"kind": "several" if is_list else "single", "options": options}
    return {"kind": "text"}
