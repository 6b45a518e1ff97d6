# SPDX-License-Identifier: EUPL-1.2
"""The codebook of Chile's survey becomes a questionnaire to begin with; what is none is refused."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.kernel.errors import Refused
from siac.surveys.domain.codebook import from_codebook, read_questionnaire
from siac.surveys.domain.interchange import dumps
from siac.surveys.domain.questionnaire import QuestionKind
from tests.surveys.rules.test_questionnaires import ANYTHING, ROOMY, WHOLE

DATA = Path(os.environ.get("SIAC_SAMPLE_DATA") or "/nowhere") / "chile_esu_cuestionario.json"
MARKS = {"1": "1 Pésimo", **{str(n): str(n) for n in range(2, 7)}, "7": "7 Excelente"}
BOOK = [
    {"nombre": "cod_institucion", "label": None, "descripcion": "Código"},
    {"nombre": "BD_canal", "label": "Canal, según base de datos", "valores": {"1": "Web", "2": "Oficina"}},
    {"nombre": "PI2", "label": "Evaluación Institución", "valores": {**MARKS, "8": "No sabe"}},
    {
        "nombre": "PEX02",
        "label": "Canal del trámite",
        "valores": {"1": "Web", "2": "Oficina", "9": "No responde"},
    },
    {"nombre": "PEX05", "label": "Satisfacción con el servicio", "valores": MARKS},
    {"nombre": "PEX06", "label": "Razón (VERBATIM)"},
    {"nombre": "PEX06_COD", "label": "Razón codificada", "valores": {"1": "Trato", "2": "Espera"}},
    {"nombre": "PEP01", "label": "Tuvo problema", "valores": {"1": "Sí", "2": "No", "8": "No sabe"}},
    {"nombre": "PEC07", "label": "Sin valores"},
]


def test_variables_become_questions_in_their_sections():
    found = from_codebook(BOOK)
    assert [(s.title, [q.code for q in s.questions]) for s in found.sections] == [
        ("La institución", ["PI2"]), ("El último trámite", ["PEX02", "PEX05", "PEX06"]),
        ("Si hubo un problema", ["PEP01"]),
    ]  # fmt: skip
    mark, choice = found.question("PI2"), found.question("PEX02")
    assert (mark.kind, mark.low, mark.high, mark.has_unknown) == (
        QuestionKind.SCALE7, "Pésimo", "Excelente", True
    )  # fmt: skip
    assert choice.options == ("Web", "Oficina")
    assert (found.question("PEX06").kind, found.question("PEP01").kind) == (
        QuestionKind.TEXT,
        QuestionKind.YES_NO,
    )
    assert found.main_question.code == "PEX05"


def test_an_exported_questionnaire_and_a_codebook_are_both_read():
    assert read_questionnaire(dumps(WHOLE).encode()) == WHOLE
    assert read_questionnaire(json.dumps(BOOK).encode()) == from_codebook(BOOK)


@pytest.mark.parametrize(
    "text", [b"[]", b"[1, 2]", b"{}", b"x", b'[{"nombre": "PI2", "label": "Sin valores"}]']
)
def test_what_is_neither_is_refused(text):
    with pytest.raises(Refused, match="questionnaire_unreadable"):
        read_questionnaire(text)


@ROOMY
@given(st.lists(st.fixed_dictionaries({"nombre": st.sampled_from(["PI1", "PH02_1", "x"]), "label": ANYTHING,
                                       "valores": ANYTHING | st.just(MARKS)}), max_size=4))  # fmt: skip
def test_whatever_a_codebook_says_is_read_or_left_out(entries):
    found = from_codebook(entries)
    assert found is None or 1 <= len(list(found.questions)) <= 4


@pytest.mark.skipif(not DATA.exists(), reason="SIAC_SAMPLE_DATA does not name the folder of sample data")
def test_the_codebook_of_chile_is_a_questionnaire():
    found = read_questionnaire(DATA.read_bytes())
    assert found.main_question.code == "PEX05"
    scales = [q.code for q in found.questions if q.kind is QuestionKind.SCALE7]
    assert {"PI2", "PI3_1", "PEV02_1", "PH01", "PH04"} <= set(scales)
    assert 45 < len(list(found.questions)) <= 100
