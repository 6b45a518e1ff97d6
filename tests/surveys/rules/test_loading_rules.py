# SPDX-License-Identifier: EUPL-1.2
"""Sheets of answers gathered elsewhere: which column is which question, and what each cell answers."""

import csv
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.kernel.errors import Refused
from siac.surveys.domain.interchange import parse
from siac.surveys.domain.loading import columns_of, inferred, read_cells, read_day
from siac.surveys.domain.questionnaire import QuestionKind
from tests.surveys.rules.test_questionnaires import ROOMY, WHOLE

DATA = Path(os.environ.get("SIAC_SAMPLE_DATA") or "/nowhere") / "nicaragua_encuesta_hospitales_2025.csv"
HEADS = ["Fecha", "¿VINO ANTES?", "general", "¿Qué falló?", "¿Algo más?", "Otra cosa", "¿Está de acuerdo?"]


def test_columns_are_known_by_the_text_or_the_code_of_their_question():
    found = columns_of(WHOLE, HEADS)
    assert {place: q.code for place, q in found.questions.items()} == {
        1: "antes", 2: "general", 3: "causas", 4: "texto"
    }  # fmt: skip
    assert (found.day, found.left_out) == (0, ("Otra cosa", "¿Está de acuerdo?"))
    with pytest.raises(Refused, match="loading_no_question"):
        columns_of(WHOLE, ["Fecha", "Otra cosa", ""])


def test_cells_are_answers_and_what_is_none_is_told():
    found = columns_of(WHOLE, HEADS)
    answers, wrong = read_cells(found, ["", "SÍ", "7", "azul; ROJO;", "hola", "x"])
    assert answers == {"antes": "yes", "general": 7, "causas": ["Rojo", "Azul"], "texto": "hola"}
    answers, wrong = read_cells(found, ["", "tal vez", "9", "Negro"])
    assert (answers, [q.code for q in wrong]) == ({}, ["antes", "general", "causas"])
    assert read_cells(found, []) == ({}, [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-27", date(2025, 3, 27)),
        ("27/3/2025 9:35", date(2025, 3, 27)),
        ("27.03.2025", date(2025, 3, 27)),
        ("10/27/2025", None),
        ("ayer", None),
        ("", None),
        ("2025-02-30", None),
    ],
)
def test_days_are_read_day_first(text, day):
    assert read_day(columns_of(WHOLE, HEADS), [text, "no"]) == day


def test_a_questionnaire_is_read_from_the_answers():
    rows = [["1", "Rojo", "a;b", "Sí", f"Texto {n}", ""] for n in range(6)] + [
        ["7", "Azul", "b", "No", "x", ""]
    ] * 2
    found = parse(inferred(["Nota", "Color", "Varios", "¿Vino?", "Texto", "Vacía", ""], rows))
    assert [(q.label, q.kind, q.options) for q in found.questions] == [
        ("Nota", QuestionKind.SCALE7, ()), ("Color", QuestionKind.SINGLE, ("Rojo", "Azul")),
        ("Varios", QuestionKind.SEVERAL, ("a", "b")), ("¿Vino?", QuestionKind.YES_NO, ()),
        ("Texto", QuestionKind.TEXT, ()),
    ]  # fmt: skip


@ROOMY
@given(
    st.lists(st.text(max_size=8), max_size=5), st.lists(st.lists(st.text(max_size=4), max_size=5), max_size=6)
)
def test_whatever_a_sheet_says_a_questionnaire_is_read_that_takes_it(heads, rows):
    try:
        found = parse(inferred(heads, rows))
    except Refused:
        return
    columns = columns_of(found, heads)
    assert columns.questions
    for row in rows:
        answers, _ = read_cells(columns, row)
        assert set(answers) <= {q.code for q in found.questions}


@pytest.mark.skipif(not DATA.exists(), reason="SIAC_SAMPLE_DATA does not name the folder of sample data")
def test_a_real_survey_is_read_whole():
    heads, *rows = list(csv.reader(DATA.read_text().splitlines()))
    found = parse(inferred(heads, rows))
    kinds = Counter(q.kind for q in found.questions)
    assert (
        kinds[QuestionKind.SINGLE] >= 6
        and kinds[QuestionKind.SEVERAL] >= 2
        and kinds[QuestionKind.SCALE5] >= 1
    )
    columns = columns_of(found, heads)
    read = [read_cells(columns, row) for row in rows]
    assert sum(bool(answers) for answers, _ in read) == len(rows)
    assert sum(len(wrong) for _, wrong in read) == 0
