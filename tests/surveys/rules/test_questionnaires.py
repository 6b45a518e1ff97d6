# SPDX-License-Identifier: EUPL-1.2
"""Questionnaires: what is asked of whom, which answers are taken, and what JSON is refused in words."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siac.kernel.errors import Refused
from siac.surveys.domain.interchange import MOST_BYTES, dump, dumps, loads, parse
from siac.surveys.domain.questionnaire import (
    BadAnswer,
    Compares,
    Condition,
    Question,
    QuestionKind,
    clean_answer,
    clean_answers,
)

COLOURS = ["Rojo", "Verde", "Azul"]
RAW: dict[str, Any] = {
    "format": "siac-questionnaire",
    "version": 1,
    "main": "general",
    "sections": [
        {
            "code": "a",
            "title": "Su atención",
            "questions": [
                {"code": "antes", "label": "¿Vino antes?", "kind": "yes_no", "required": True},
                {"code": "general", "label": "¿Qué nota le pone?", "kind": "scale7", "low": "Pésimo",
                 "high": "Excelente", "has_unknown": True},
            ],
        },
        {
            "code": "b",
            "title": "Lo que falló",
            "intro": "Cuéntenos.",
            "shown_if": [{"question": "general", "compares": "at_most", "values": ["4"]}],
            "questions": [
                {"code": "causas", "label": "¿Qué falló?", "kind": "several", "options": COLOURS},
                {"code": "orden", "label": "Ordénelos", "kind": "ranking", "options": COLOURS},
            ],
        },
        {
            "code": "c",
            "title": "Lo demás",
            "shown_if": [{"question": "causas", "compares": "is", "values": ["Rojo", "Azul"]}],
            "questions": [
                {"code": "tabla", "label": "¿Está de acuerdo?", "kind": "matrix", "options": ["Sí", "No"],
                 "lines": ["Amable", "Rápido"], "required": True},
                {"code": "texto", "label": "¿Algo más?", "kind": "text"},
            ],
        },
    ],
    "translations": {"en": {"¿Vino antes?": "Have you been here before?", "Rojo": "Red"}},
}  # fmt: skip
WHOLE = parse(RAW)


def with_question(**changes: Any) -> dict[str, Any]:
    """Return a questionnaire of one question, changed."""
    question = {"code": "x", "label": "¿?", "kind": "single", "options": COLOURS, **changes}
    return {**RAW, "main": "", "sections": [{"code": "s", "title": "", "questions": [question]}]}


def test_what_is_kept_is_read_back():
    assert parse(dump(WHOLE)) == WHOLE == loads(dumps(WHOLE)) == loads(dumps(WHOLE).encode())
    assert (WHOLE.main_question.code, WHOLE.question("texto").label) == ("general", "¿Algo más?")
    assert parse({**RAW, "main": ""}).main_question.code == "general"
    assert parse(with_question()).main_question is None


def test_a_section_is_asked_where_its_conditions_hold():
    def codes(answers):
        return [section.code for section in WHOLE.shown(answers)]

    assert codes({}) == codes({"general": 5}) == codes({"general": "unknown"}) == ["a"]
    assert codes({"general": 4}) == ["a", "b"]
    assert codes({"general": 1, "causas": ["Azul"]}) == ["a", "b", "c"]
    assert codes({"general": 7, "causas": ["Azul"]}) == ["a"], (
        "an answer that is not asked for decides nothing"
    )
    assert WHOLE.after("", {}).code == "a"
    assert WHOLE.after("a", {"general": 2}).code == "b"
    assert WHOLE.after("a", {"general": 7}) is WHOLE.after("b", {"general": 7}) is None


def test_what_is_not_asked_is_not_kept():
    answers = {"antes": "yes", "general": 7, "causas": ["Rojo"], "texto": "hola"}
    assert WHOLE.kept(answers) == {"antes": "yes", "general": 7}
    assert [q.code for q in WHOLE.missing({"general": 1, "causas": ["Rojo"]})] == ["antes", "tabla"]


@pytest.mark.parametrize(
    ("compares", "values", "answer", "holds"),
    [
        (Compares.IS, ("yes",), "yes", True),
        (Compares.IS, ("yes",), "no", False),
        (Compares.IS_NOT, ("yes",), "no", True),
        (Compares.IS_NOT, ("yes",), None, False),
        (Compares.IS, ("Azul",), ["Rojo", "Azul"], True),
        (Compares.IS_NOT, ("Azul",), ["Rojo", "Azul"], False),
        (Compares.IS, ("3",), 3, True),
        (Compares.AT_LEAST, ("3",), 3, True),
        (Compares.AT_LEAST, ("3",), 2, False),
        (Compares.AT_MOST, ("3",), 3, True),
        (Compares.AT_MOST, ("3",), "unknown", False),
    ],
)
def test_conditions(compares, values, answer, holds):
    assert Condition("q", compares, values).holds({"q": answer}) is holds


def test_texts_to_translate_are_each_named_once():
    texts = WHOLE.texts()
    assert len(texts) == len(set(texts))
    assert {"¿Vino antes?", "Pésimo", "Rojo", "Amable", "Cuéntenos."} <= set(texts)
    assert (WHOLE.said("Rojo", "en"), WHOLE.said("Verde", "en")) == ("Red", "Verde")


SCALE = Question("n", "¿?", QuestionKind.SCALE7)
KNOWN = Question("n", "¿?", QuestionKind.SCALE5, has_unknown=True)
RANK = Question("r", "¿?", QuestionKind.RANKING, options=tuple(COLOURS))
TABLE = Question("t", "¿?", QuestionKind.MATRIX, options=("Sí", "No"), lines=("Amable", "Rápido"))


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (SCALE, "7", 7),
        (SCALE, 1, 1),
        (SCALE, "", None),
        (SCALE, None, None),
        (KNOWN, "unknown", "unknown"),
        (Question("n", "¿?", QuestionKind.RECOMMEND), "0", 0),
        (Question("n", "¿?", QuestionKind.YES_NO), "no", "no"),
        (Question("n", "¿?", QuestionKind.SINGLE, options=("A", "B")), " A ", "A"),
        (Question("n", "¿?", QuestionKind.SEVERAL, options=("A", "B", "C")), ["C", "A", "C"], ["A", "C"]),
        (RANK, ["Verde", "Rojo", "Azul"], ["Verde", "Rojo", "Azul"]),
        (RANK, ["", "", ""], None),
        (TABLE, {"Amable": "No", "Otra": "Sí"}, {"Amable": "No"}),
        (TABLE, "Amable", None),
        (Question("n", "¿?", QuestionKind.TEXT), "  hola\n", "hola"),
        (Question("n", "¿?", QuestionKind.TEXT), "x" * 5000, "x" * 2000),
    ],
)
def test_answers_are_taken(question, given, kept):
    assert clean_answer(question, given) == kept


@pytest.mark.parametrize(
    ("question", "given", "code"),
    [
        (SCALE, "8", "not_an_option"),
        (SCALE, "0", "not_an_option"),
        (SCALE, "-1", "not_an_option"),
        (SCALE, "٣", "not_an_option"),
        (SCALE, "1.0", "not_an_option"),
        (SCALE, "unknown", "not_an_option"),
        (KNOWN, "9" * 5000, "not_an_option"),
        (RANK, ["Verde", "Verde", "Azul"], "ranked_twice"),
        (RANK, ["Verde", "", "Azul"], "ranked_in_part"),
        (RANK, ["Verde", "Negro", "Azul"], "not_an_option"),
        (TABLE, {"Amable": "Tal vez"}, "not_an_option"),
        (Question("t", "", QuestionKind.MATRIX, True, options=("Sí", "No"), lines=("A", "B")), {"A": "No"},
         "lines_missing"),
    ],
)  # fmt: skip
def test_answers_are_refused(question, given, code):
    with pytest.raises(BadAnswer, match=code):
        clean_answer(question, given)


def test_a_required_answer_is_owed_but_not_of_a_half_filled_page():
    section = WHOLE.sections[0]
    with pytest.raises(BadAnswer, match="answer_owed") as raised:
        clean_answers(section.questions, {"general": "3"})
    assert raised.value.question.code == "antes"
    assert clean_answers(section.questions, {"general": "3"}, partial=True) == {"general": 3}


WRONG = {
    "no list of sections": {**RAW, "sections": "a"},
    "no sections": {**RAW, "sections": []},
    "sections that are none": {**RAW, "sections": [1]},
    "too many sections": {
        **RAW,
        "sections": [{"code": f"s{n}", "title": "", "questions": []} for n in range(21)],
    },
    "no question": {**RAW, "main": "", "sections": [{"code": "s", "title": "", "questions": []}]},
    "an unknown key": {**RAW, "html": "<script>"},
    "a code twice": with_question() | {"sections": with_question()["sections"] * 2},
    "a code that is none": with_question(code="1 x"),
    "a code of other letters": with_question(code="año"),
    "no text": with_question(label="   "),
    "a text too long": with_question(label="x" * 301),
    "a text that is a number": with_question(label=3),
    "an unknown kind": with_question(kind="eval"),
    "a kind that is a list": with_question(kind=["single"]),
    "one option": with_question(options=["Rojo"]),
    "an option twice": with_question(options=["Rojo", "Rojo "]),
    "options that are text": with_question(options="Rojo"),
    "options of a scale": with_question(kind="scale7"),
    "lines of no matrix": with_question(lines=["a"]),
    "a matrix without lines": with_question(kind="matrix"),
    "ends of no scale": with_question(low="Malo"),
    "required by a word": with_question(required="no"),
    "a main question without marks": {**RAW, "main": "antes"},
    "a main question that is not there": {**RAW, "main": "otra"},
    "a condition on a later question": {**RAW, "sections": list(reversed(RAW["sections"]))},
    "translations that are a list": {**RAW, "translations": ["en"]},
    "a language that is none": {**RAW, "translations": {"e": {}}},
}


def conditioned(**changes: Any) -> dict[str, Any]:
    first, second = RAW["sections"][:2]
    condition = {"question": "general", "compares": "at_most", "values": ["4"], **changes}
    return {**RAW, "sections": [first, {**second, "shown_if": [condition]}]}


WRONG |= {
    "a comparison that is none": conditioned(compares="<"),
    "no values": conditioned(values=[]),
    "two limits": conditioned(values=["3", "4"]),
    "a limit that is no mark": conditioned(values=["9"]),
    "a limit that is not known": conditioned(values=["unknown"]),
    "an order of what has none": conditioned(question="antes", values=["yes"]),
    "an answer that cannot be given": conditioned(question="antes", compares="is", values=["quizás"]),
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_what_does_not_fit_is_refused_with_its_place(raw):
    with pytest.raises(Refused, match="questionnaire_wrong") as raised:
        parse(raw)
    assert raised.value.context["where"] and raised.value.context["why"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", "[" * 100_000, '{"format": "otro", "version": 1}', "1" * 6000, b"\xff\xfe\x00",
     json.dumps({**RAW, "version": 2}), '{"format": NaN}'],
)  # fmt: skip
def test_what_is_no_questionnaire_is_refused(text):
    with pytest.raises(Refused, match="questionnaire_unreadable"):
        loads(text)


def test_what_is_too_large_is_not_read():
    with pytest.raises(Refused, match="questionnaire_too_large"):
        loads(" " * (MOST_BYTES + 1))


ROOMY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
"""Two cores may be busy with others."""
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(
            ["sections", "code", "title", "questions", "kind", "label", "shown_if", "translations"]
        ), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@ROOMY
@given(ANYTHING)
def test_whatever_comes_is_read_or_refused_and_nothing_else(value):
    raw = {**RAW, "sections": value} if not isinstance(value, dict) else {**RAW, **value}
    for text in (json.dumps(raw), json.dumps({**RAW, "sections": [value]})):
        try:
            read = loads(text)
        except Refused:
            continue
        assert loads(dumps(read)) == read


@ROOMY
@given(st.dictionaries(st.sampled_from(["antes", "general", "causas", "tabla", "texto"]), ANYTHING))
def test_hostile_answers_are_cleaned_or_refused(answers):
    for section in WHOLE.sections:
        try:
            clean = clean_answers(section.questions, answers)
        except BadAnswer:
            continue
        assert clean_answers(section.questions, clean) == clean


@ROOMY
@given(st.dictionaries(st.sampled_from(["antes", "general", "causas", "texto"]), ANYTHING))
def test_walking_through_ends_and_asks_each_section_once(answers):
    code, seen = "", []
    while (section := WHOLE.after(code, answers)) is not None:
        code = section.code
        seen.append(code)
    assert seen == [section.code for section in WHOLE.shown(answers)]
