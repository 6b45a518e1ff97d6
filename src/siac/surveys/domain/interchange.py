# SPDX-License-Identifier: EUPL-1.2
"""The JSON that questionnaires are kept, exported and imported in; what does not fit is refused in words."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.surveys.domain.questionnaire import (
    CHOSEN,
    INTRO_LIMIT,
    LABEL_LIMIT,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_SECTIONS,
    NO,
    OPTION_LIMIT,
    UNKNOWN,
    YES,
    Compares,
    Condition,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
)

FORMAT, FORMAT_VERSION = "siac-questionnaire", 1
MOST_BYTES = 400_000
_ROOT = {"format", "version", "main", "sections", "translations"}
_SECTION = {"code", "title", "intro", "shown_if", "questions"}
_QUESTION = {"code", "label", "kind", "required", "hint", "options", "lines", "low", "high", "has_unknown"}
_CONDITION = {"question", "compares", "values"}


def loads(text: str | bytes) -> Questionnaire:
    """Read an exported questionnaire.

    Raises:
        Refused: it is too large (questionnaire_too_large), no JSON of this format (questionnaire_unreadable),
            or as `parse`.
    """
    if len(text) > MOST_BYTES:
        raise Refused("questionnaire_too_large")
    try:
        raw = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("questionnaire_unreadable") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or raw.get("version") != FORMAT_VERSION:
        raise Refused("questionnaire_unreadable")
    return parse(raw)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def dumps(questionnaire: Questionnaire) -> str:
    """Return a questionnaire as it is exported; `loads` reads it back."""
    return json.dumps(dump(questionnaire), ensure_ascii=False, indent=2) + "\n"


def dump(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return a questionnaire as it is kept; `parse` reads it back."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "main": questionnaire.main,
        "sections": [_dump_section(section) for section in questionnaire.sections],
        "translations": {each: dict(texts) for each, texts in questionnaire.translations.items()},
    }


def _dump_section(section: Section) -> dict[str, Any]:
    shown_if = [
        {"question": each.question, "compares": each.compares.value, "values": list(each.values)}
        for each in section.shown_if
    ]
    found: dict[str, Any] = {"code": section.code, "title": section.title}
    found |= {"intro": section.intro} if section.intro else {}
    found |= {"shown_if": shown_if} if shown_if else {}
    return {**found, "questions": [_dump_question(each) for each in section.questions]}


def _dump_question(q: Question) -> dict[str, Any]:
    found: dict[str, Any] = {"code": q.code, "label": q.label, "kind": q.kind.value}
    told = {
        "required": q.required, "hint": q.hint, "options": list(q.options), "lines": list(q.lines),
        "low": q.low, "high": q.high, "has_unknown": q.has_unknown,
    }  # fmt: skip
    return found | {name: value for name, value in told.items() if value}


def parse(raw: Mapping[str, Any]) -> Questionnaire:
    """Read a questionnaire as it is kept.

    Raises:
        Refused: it is not as docs/develop/questionnaires.md says; `where` names the place, `why` the fault
            (questionnaire_wrong).
    """
    _keys(raw, _ROOT, "cuestionario")
    told = _rows(raw.get("sections"), MOST_SECTIONS, "secciones")
    if not told:
        raise _wrong("secciones", "no hay ninguna")
    sections: list[Section] = []
    known: dict[str, Question] = {}
    for number, row in enumerate(told, start=1):
        section = _section(row, f"sección {number}", known)
        if section.code in {each.code for each in sections}:
            raise _wrong(f"sección {number}", "su código está dos veces")
        sections.append(section)
        known |= {question.code: question for question in section.questions}
    if not known:
        raise _wrong("secciones", "no hay ninguna pregunta")
    main = _text(raw.get("main"), 60, "pregunta principal")
    if main and (main not in known or not known[main].marks):
        raise _wrong("pregunta principal", "no es una pregunta con notas")
    return Questionnaire(tuple(sections), main, _translations(raw.get("translations")))


def _wrong(where: str, why: str) -> Refused:
    return Refused("questionnaire_wrong", where=where, why=why)


def _keys(row: Mapping[str, Any], known: set[str], where: str) -> None:
    other = sorted(str(key) for key in set(row) - known)
    if other:
        raise _wrong(where, f"no se conoce «{other[0][:40]}»")


def _rows(value: object, most: int, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
        raise _wrong(where, "debe ser una lista")
    if len(value) > most:
        raise _wrong(where, f"son más de {most}")
    return list(value)


def _text(value: object, limit: int, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(where, "debe ser un texto")
    text = legible(value).strip()
    if len(text) > limit:
        raise _wrong(where, f"tiene más de {limit} caracteres")
    return text


def _code(value: object, where: str) -> str:
    code = _text(value, 60, where)
    if not (code.isascii() and code.isidentifier()):
        raise _wrong(where, "su código debe ser de letras, números y «_»")
    return code


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(where, "debe ser sí o no")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise _wrong(where, "debe ser una lista")
    found = tuple(squeeze(_text(each, OPTION_LIMIT, where)) for each in value)
    if len(found) > MOST_OPTIONS:
        raise _wrong(where, f"son más de {MOST_OPTIONS}")
    if not all(found) or len(set(found)) < len(found):
        raise _wrong(where, "una está vacía o dos veces")
    return found


def _section(row: Mapping[str, Any], where: str, known: Mapping[str, Question]) -> Section:
    _keys(row, _SECTION, where)
    questions: list[Question] = []
    for number, each in enumerate(_rows(row.get("questions"), MOST_QUESTIONS, where), start=1):
        question = _question(each, f"{where}, pregunta {number}")
        if question.code in known or question.code in {other.code for other in questions}:
            raise _wrong(f"{where}, pregunta {number}", "su código está dos veces")
        questions.append(question)
    if len(known) + len(questions) > MOST_QUESTIONS:
        raise _wrong(where, f"son más de {MOST_QUESTIONS} preguntas")
    conditions = _rows(row.get("shown_if", []), MOST_SECTIONS, f"{where}, condiciones")
    return Section(
        _code(row.get("code"), where),
        _text(row.get("title"), LABEL_LIMIT, where),
        tuple(questions),
        _text(row.get("intro"), INTRO_LIMIT, where),
        tuple(_condition(each, f"{where}, condición", known) for each in conditions),
    )


def _question(row: Mapping[str, Any], where: str) -> Question:
    _keys(row, _QUESTION, where)
    label = squeeze(_text(row.get("label"), LABEL_LIMIT, where))
    if not label:
        raise _wrong(where, "no tiene texto")
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in set(QuestionKind):
        raise _wrong(where, "no se conoce su forma de responder")
    question = Question(
        _code(row.get("code"), where),
        label,
        QuestionKind(kind),
        _flag(row.get("required", False), where),
        _text(row.get("hint"), LABEL_LIMIT, where),
        _texts(row.get("options", []), f"{where}, opciones"),
        _texts(row.get("lines", []), f"{where}, filas"),
        squeeze(_text(row.get("low"), OPTION_LIMIT, where)),
        squeeze(_text(row.get("high"), OPTION_LIMIT, where)),
        _flag(row.get("has_unknown", False), where),
    )
    _check_shape(question, where)
    return question


def _check_shape(question: Question, where: str) -> None:
    is_chosen, is_matrix = question.kind in CHOSEN, question.kind is QuestionKind.MATRIX
    if is_chosen and len(question.options) < 2:
        raise _wrong(where, "necesita al menos dos opciones")
    if question.options and not is_chosen:
        raise _wrong(where, "no lleva opciones")
    if is_matrix and not question.lines:
        raise _wrong(where, "necesita al menos una fila")
    if question.lines and not is_matrix:
        raise _wrong(where, "no lleva filas")
    if (question.low or question.high or question.has_unknown) and not question.marks:
        raise _wrong(where, "no tiene una escala")


def _condition(row: Mapping[str, Any], where: str, known: Mapping[str, Question]) -> Condition:
    _keys(row, _CONDITION, where)
    asked = known.get(str(row.get("question")))
    if asked is None:
        raise _wrong(where, "nombra una pregunta que no está en una sección anterior")
    compares = row.get("compares")
    if not isinstance(compares, str) or compares not in set(Compares):
        raise _wrong(where, "no se conoce la comparación")
    values = _texts(row.get("values", []), where)
    if not values:
        raise _wrong(where, "no dice con qué respuesta")
    is_order = compares in (Compares.AT_LEAST, Compares.AT_MOST)
    if is_order and (len(values) != 1 or not asked.marks):
        raise _wrong(where, "solo una nota puede ser a lo menos o a lo más otra")
    allowed = set(_possible(asked)) - ({UNKNOWN} if is_order else set())
    if (
        asked.kind in (QuestionKind.TEXT, QuestionKind.MATRIX, QuestionKind.RANKING)
        or not set(values) <= allowed
    ):
        raise _wrong(where, "nombra una respuesta que la pregunta no tiene")
    return Condition(asked.code, Compares(compares), values)


def _possible(question: Question) -> Sequence[str]:
    if question.marks:
        return [*(str(mark) for mark in question.marks), *([UNKNOWN] if question.has_unknown else [])]
    return (YES, NO) if question.kind is QuestionKind.YES_NO else question.options


def _translations(value: object) -> dict[str, dict[str, str]]:
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > 8:
        raise _wrong("traducciones", "deben ser por idioma, a lo más 8")
    found: dict[str, dict[str, str]] = {}
    for language, texts in value.items():
        if not (isinstance(language, str) and language.isascii() and 2 <= len(language) <= 8):
            raise _wrong("traducciones", "el idioma se nombra con su código: «en», «arn»")
        if not isinstance(texts, dict) or len(texts) > 4 * MOST_QUESTIONS * 4:
            raise _wrong("traducciones", "cada idioma tiene sus textos")
        found[language] = {
            _text(text, INTRO_LIMIT, "traducciones"): _text(said, INTRO_LIMIT, "traducciones")
            for text, said in texts.items()
        }
    return found
