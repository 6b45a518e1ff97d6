# SPDX-License-Identifier: EUPL-1.2
"""A questionnaire: sections of questions, and under which earlier answers a section is shown.

It is kept, exported and imported as one JSON format (docs/develop/questionnaires.md). Answers are filed under
the code of their question, so that versions of a questionnaire can be read together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from siac.kernel.text import squeeze

MOST_SECTIONS, MOST_QUESTIONS, MOST_OPTIONS = 20, 100, 30
LABEL_LIMIT, INTRO_LIMIT, OPTION_LIMIT = 300, 1000, 150


class QuestionKind(StrEnum):
    SCALE7 = "scale7"
    SCALE5 = "scale5"
    RECOMMEND = "recommend"
    YES_NO = "yes_no"
    SINGLE = "single"
    SEVERAL = "several"
    MATRIX = "matrix"
    RANKING = "ranking"
    TEXT = "text"


MARKS: Mapping[QuestionKind, range] = {
    QuestionKind.SCALE7: range(1, 8),
    QuestionKind.SCALE5: range(1, 6),
    QuestionKind.RECOMMEND: range(11),
}
"""The marks of the questions that have them, the lowest first."""
CHOSEN = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.RANKING, QuestionKind.MATRIX)
"""Kinds that are answered from options."""
YES, NO, UNKNOWN = "yes", "no", "unknown"


class Compares(StrEnum):
    """How a condition looks at an answer."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `lines` are those of a matrix, each answered with one of `options`; `low` and `high` say
    what the ends of a scale mean; with `has_unknown` a scale may be answered «no sabe».
    """

    code: str
    label: str
    kind: QuestionKind
    required: bool = False
    hint: str = ""
    options: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    has_unknown: bool = False

    @property
    def marks(self) -> range:
        """Its marks, the lowest first; none where it has no scale."""
        return MARKS.get(self.kind, range(0))


@dataclass(frozen=True, slots=True)
class Condition:
    """An earlier question and what must have been answered; it does not hold while that is unanswered."""

    question: str
    compares: Compares
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Return whether the answers given so far meet it."""
        answer = answers.get(self.question)
        if answer is None or answer in ("", [], {}):
            return False
        given = {str(each) for each in answer} if isinstance(answer, list | tuple) else {str(answer)}
        if self.compares is Compares.IS:
            return bool(given & set(self.values))
        if self.compares is Compares.IS_NOT:
            return not given & set(self.values)
        if not isinstance(answer, int) or isinstance(answer, bool):
            return False  # «no sabe» is neither high nor low
        limit = int(self.values[0])
        return answer >= limit if self.compares is Compares.AT_LEAST else answer <= limit


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand on one page; shown where all of its conditions hold."""

    code: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    shown_if: tuple[Condition, ...] = ()

    def is_shown(self, answers: Mapping[str, object]) -> bool:
        """Return whether it is asked of who answered so far as `answers` say."""
        return all(condition.holds(answers) for condition in self.shown_if)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Sections in their order. `main` is the question whose marks make the index; `translations` are by
    language and then by the text as it stands here.
    """

    sections: tuple[Section, ...]
    main: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def questions(self) -> Iterator[Question]:
        """All questions in their order."""
        return (question for section in self.sections for question in section.questions)

    def question(self, code: str) -> Question | None:
        """Return a question by its code."""
        return next((each for each in self.questions if each.code == code), None)

    @property
    def main_question(self) -> Question | None:
        """The question whose marks make the index: the one named, else the first with marks."""
        named = self.question(self.main) if self.main else None
        return named or next((each for each in self.questions if each.marks), None)

    def shown(self, answers: Mapping[str, object]) -> list[Section]:
        """Return the sections that are asked of who answered so far; answers in a section that is not shown
        decide nothing.
        """
        found: list[Section] = []
        counted: dict[str, object] = {}
        for section in self.sections:
            if section.is_shown(counted):
                found.append(section)
                counted |= {q.code: answers[q.code] for q in section.questions if q.code in answers}
        return found

    def after(self, code: str, answers: Mapping[str, object]) -> Section | None:
        """Return the section that follows the one of that code; of none (""), the first; None at the end."""
        shown = self.shown(answers)
        if not code:
            return shown[0] if shown else None
        codes = [section.code for section in shown]
        place = codes.index(code) + 1 if code in codes else len(codes)
        return shown[place] if place < len(shown) else None

    def kept(self, answers: Mapping[str, object]) -> dict[str, object]:
        """Return the answers to what is asked, in order: what stands in a section that is not shown goes."""
        asked = (q.code for section in self.shown(answers) for q in section.questions)
        return {code: answers[code] for code in asked if code in answers}

    def missing(self, answers: Mapping[str, object]) -> list[Question]:
        """Return the required questions of what is asked that have no answer."""
        return [
            question
            for section in self.shown(answers)
            for question in section.questions
            if question.required and question.code not in answers
        ]

    def texts(self) -> list[str]:
        """Return every text that somebody reads, each once, in order: what a translation has to say."""
        found: list[str] = []
        for section in self.sections:
            found += [section.title, section.intro]
            for q in section.questions:
                found += [q.label, q.hint, q.low, q.high, *q.options, *q.lines]
        return [text for text in dict.fromkeys(found) if text and not text.isdigit()]

    def said(self, text: str, language: str) -> str:
        """Return a text in a language; as it stands where nobody translated it."""
        return self.translations.get(language, {}).get(text) or text


class BadAnswer(Exception):
    """An answer that its question does not take; `code` says why, `question` which."""

    def __init__(self, code: str, question: Question) -> None:
        super().__init__(code)
        self.code, self.question = code, question


def clean_answer(question: Question, given: object) -> object | None:
    """Return an answer as it is kept: a whole number, a text, a list or, of a matrix, an option for each
    line; None where nothing was answered.

    Raises:
        BadAnswer: it is none of the choices (not_an_option), a rank is given twice (ranked_twice) or
            left out (ranked_in_part).
    """
    if question.kind is QuestionKind.TEXT:
        return str(given or "").strip()[:TEXT_MOST] or None
    if question.kind is QuestionKind.MATRIX:
        return _matrix(question, given)
    if question.kind in (QuestionKind.SEVERAL, QuestionKind.RANKING):
        return _list(question, given)
    text = squeeze(str(given if given is not None else ""))
    if not text:
        return None
    if question.marks:
        return _mark(question, text)
    choices = (YES, NO) if question.kind is QuestionKind.YES_NO else question.options
    if text not in choices:
        raise BadAnswer("not_an_option", question)
    return text


TEXT_MOST = 2000


def _mark(question: Question, text: str) -> object:
    if text == UNKNOWN and question.has_unknown:
        return UNKNOWN
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) in question.marks):
        raise BadAnswer("not_an_option", question)
    return int(text)


def _list(question: Question, given: object) -> list[str] | None:
    chosen = [str(each) for each in given] if isinstance(given, list | tuple) else []
    chosen = [each for each in chosen if each]
    if not chosen:
        return None
    if any(each not in question.options for each in chosen):
        raise BadAnswer("not_an_option", question)
    if question.kind is QuestionKind.SEVERAL:
        return [option for option in question.options if option in chosen]
    if len(set(chosen)) < len(chosen):
        raise BadAnswer("ranked_twice", question)
    if len(chosen) < len(question.options):
        raise BadAnswer("ranked_in_part", question)
    return chosen


def _matrix(question: Question, given: object) -> dict[str, str] | None:
    told = {str(line): str(option) for line, option in given.items()} if isinstance(given, Mapping) else {}
    found = {line: told[line] for line in question.lines if told.get(line)}
    if any(option not in question.options for option in found.values()):
        raise BadAnswer("not_an_option", question)
    if question.required and found and len(found) < len(question.lines):
        raise BadAnswer("lines_missing", question)
    return found or None


def clean_answers(
    questions: Sequence[Question], given: Mapping[str, object], *, partial: bool = False
) -> dict[str, object]:
    """Return the answers to some questions as they are kept, in their order, without what was not answered.

    With `partial` required ones may be missing.

    Raises:
        BadAnswer: as `clean_answer`, or a required one is missing (answer_owed).
    """
    found: dict[str, object] = {}
    for question in questions:
        answer = clean_answer(question, given.get(question.code))
        if answer is not None:
            found[question.code] = answer
        elif question.required and not partial:
            raise BadAnswer("answer_owed", question)
    return found
