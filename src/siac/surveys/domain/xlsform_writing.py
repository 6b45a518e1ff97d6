# SPDX-License-Identifier: EUPL-1.2
"""A questionnaire as the sheets of an XLSForm, which KoboToolbox, ODK and others read."""

from collections.abc import Sequence

from siac.surveys.domain.questionnaire import NO, UNKNOWN, YES, Question, QuestionKind, Questionnaire
from siac.surveys.domain.relevance import write_relevant

Sheet = tuple[str, list[str], list[list[str]]]
SPANISH = "Español (es)"
TYPES = {QuestionKind.SEVERAL: "select_multiple", QuestionKind.RANKING: "rank"}
NOT_KNOWN = "No sabe"


def choices_of(question: Question) -> list[tuple[str, str]]:
    """Return the choices of a question, each its name and its words; none of an open one."""
    if question.marks:
        ends = {question.marks[0]: question.low, question.marks[-1]: question.high}
        found = [
            (str(mark), f"{mark}: {ends[mark]}" if ends.get(mark) else str(mark)) for mark in question.marks
        ]
        return [*found, *([(UNKNOWN, NOT_KNOWN)] if question.has_unknown else [])]
    if question.kind is QuestionKind.YES_NO:
        return [(YES, "Sí"), (NO, "No")]
    return [(f"o{number}", option) for number, option in enumerate(question.options, start=1)]


def write_xlsform(questionnaire: Questionnaire, title: str, intro: str = "") -> list[Sheet]:
    """Return the sheets survey, choices and settings, each (title, columns, rows). Which question is the main
    one has no place there.
    """
    writer = _Writer(questionnaire)
    if intro:
        writer.add("note", "siac_intro", intro)
    asked = {question.code: question for question in questionnaire.questions}
    names = {code: {words: name for name, words in _by_answer(question)} for code, question in asked.items()}
    for section in questionnaire.sections:
        relevant = write_relevant(section.shown_if, names, asked)
        writer.add("begin_group", f"g_{section.code}", section.title, relevant=relevant)
        if section.intro:
            writer.add("note", f"n_{section.code}", section.intro)
        for question in section.questions:
            writer.ask(question)
        writer.add("end_group", "", "")
    told = [f"label::{language} ({language})" for language in writer.languages]
    heads = ["type", "name", f"label::{SPANISH}", f"hint::{SPANISH}", "required", "relevant", "appearance"]
    return [
        ("survey", [*heads, *told], writer.rows),
        ("choices", ["list_name", "name", f"label::{SPANISH}", *told], writer.choices),
        ("settings", ["form_title", "default_language"], [[title, SPANISH]]),
    ]


class _Writer:
    """Writes the rows of two sheets, a question after the other."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.translations = questionnaire.translations
        self.languages = sorted(questionnaire.translations)
        self.rows: list[list[str]] = []
        self.choices: list[list[str]] = []

    def add(
        self, kind: str, name: str, label: str, hint: str = "", *, required: bool = False,
        relevant: str = "", appearance: str = "",
    ) -> None:  # fmt: skip
        """Write a row of the sheet «survey»."""
        told = [kind, name, label, hint, "yes" if required else "", relevant, appearance]
        self.rows.append([*told, *self._others(label)])

    def ask(self, question: Question) -> None:
        """Write a question, with its choices."""
        own, listed = choices_of(question), f"l_{question.code}"
        self.choices += [[listed, name, words, *self._others(words)] for name, words in own]
        if question.kind is not QuestionKind.MATRIX:
            kind = f"{TYPES.get(question.kind, 'select_one')} {listed}" if own else "text"
            self.add(kind, question.code, question.label, question.hint, required=question.required)
            return
        name = f"t_{question.code}"
        self.add("begin_group", name, question.label, question.hint, appearance="table-list")
        for number, line in enumerate(question.lines, start=1):
            self.add(f"select_one {listed}", f"{question.code}_{number}", line, required=question.required)
        self.add("end_group", "", "")

    def _others(self, text: str) -> list[str]:
        """Return a text in the other languages, empty where nobody translated it."""
        return [self.translations[each].get(text, "") if text else "" for each in self.languages]


def _by_answer(question: Question) -> Sequence[tuple[str, str]]:
    """Return the name of each answer as conditions write it."""
    if question.marks or question.kind is QuestionKind.YES_NO:
        return [(name, name) for name, _ in choices_of(question)]
    return choices_of(question)
