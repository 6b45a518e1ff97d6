# SPDX-License-Identifier: EUPL-1.2
"""XLSForms: what is written is read back as it was, and what cannot be read is said."""

from dataclasses import replace

import pytest

from siac.kernel.errors import Refused
from siac.surveys.domain.interchange import parse
from siac.surveys.domain.questionnaire import Compares, Questionnaire
from siac.surveys.domain.relevance import Wanted, read_relevant
from siac.surveys.domain.xlsform_reading import read_xlsform
from siac.surveys.domain.xlsform_writing import write_xlsform
from siac.surveys.ready import MODELS

IS, IS_NOT, AT_LEAST, AT_MOST = Compares.IS, Compares.IS_NOT, Compares.AT_LEAST, Compares.AT_MOST


def sheets(questionnaire: Questionnaire) -> dict[str, list[list[str]]]:
    return {title: [heads, *rows] for title, heads, rows in write_xlsform(questionnaire, "Título")}


def form(*rows: str, choices: str = "") -> dict[str, list[list[str]]]:
    heads = ["type", "name", "label", "relevant", "required", "appearance", "constraint"]
    return {
        "survey": [heads, *([cell.strip() for cell in row.split("|")] for row in rows)],
        "choices": [["list_name", "name", "label"], *(line.split("|") for line in choices.splitlines())],
    }


def plain(questionnaire: Questionnaire) -> Questionnaire:
    """Leave out what the format does not keep: the main question, codes of sections, texts said nowhere."""
    sections = tuple(replace(each, code="") for each in questionnaire.sections)
    kept = set(questionnaire.texts())
    told = {
        language: {text: said for text, said in texts.items() if text in kept and text != said}
        for language, texts in questionnaire.translations.items()
    }
    return replace(questionnaire, main="", sections=sections, translations=told)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_ready_questionnaire_is_read_back_as_it_was(name):
    before = MODELS[name].questionnaire
    raw, warnings = read_xlsform(sheets(before))
    after = parse(raw)
    assert warnings == []
    assert plain(after).sections == plain(before).sections
    for language, texts in plain(before).translations.items():
        labels = {question.label for question in before.questions}
        assert {t: s for t, s in texts.items() if t in labels} == {
            t: s for t, s in after.translations[language].items() if t in labels
        }


def test_every_way_to_compare_comes_back():
    raw = {
        "sections": [
            {"code": "a", "title": "A", "questions": [
                {"code": "nota", "label": "Nota", "kind": "scale7", "has_unknown": True, "low": "Mala"},
                {"code": "uso", "label": "¿Qué usó?", "kind": "several", "options": ["Web", "Mesón", "Otro"]},
                {"code": "fue", "label": "¿Fue?", "kind": "yes_no"},
                {"code": "orden", "label": "Ordene", "kind": "ranking", "options": ["Uno", "Dos"]},
            ]},
            *(
                {"code": f"c{n}", "title": f"C{n}", "shown_if": shown, "questions": [
                    {"code": f"q{n}", "label": f"Q{n}", "kind": "text"}]}
                for n, shown in enumerate([
                    [{"question": "nota", "compares": "at_most", "values": ["4"]}],
                    [{"question": "nota", "compares": "is", "values": ["7", "unknown"]}],
                    [{"question": "uso", "compares": "is", "values": ["Web", "Mesón"]},
                     {"question": "fue", "compares": "is", "values": ["yes"]}],
                    [{"question": "uso", "compares": "is_not", "values": ["Web", "Otro"]}],
                    [{"question": "fue", "compares": "is_not", "values": ["no"]}],
                    [{"question": "nota", "compares": "at_least", "values": ["2"]}],
                ])
            ),
        ],
    }  # fmt: skip
    before = parse(raw)
    after, warnings = read_xlsform(sheets(before))
    assert warnings == []
    assert plain(parse(after)).sections == plain(before).sections


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("${q} = 'a'", [Wanted("q", IS, ("a",))]),
        ('${ q }="a b"', [Wanted("q", IS, ("a b",))]),
        ("selected(${q}, 'a')", [Wanted("q", IS, ("a",))]),
        ("not(selected(${q},'a'))", [Wanted("q", IS_NOT, ("a",))]),
        ("${q} > 4 and ${r} <= 3", [Wanted("q", AT_LEAST, ("5",)), Wanted("r", AT_MOST, ("3",))]),
        ("${q} = 'a' or ${q} = 'b'", [Wanted("q", IS, ("a", "b"))]),
        (
            "(${q} = 'a' or selected(${q}, 'b')) and ${r} < 3",
            [Wanted("q", IS, ("a", "b")), Wanted("r", AT_MOST, ("2",))],
        ),
        ("${q} != 'a' and ${q} != 'b'", [Wanted("q", IS_NOT, ("a", "b"))]),
        ("${q} != ''", []),
        ("${q} = 'uno and dos'", [Wanted("q", IS, ("uno and dos",))]),
        ("${q} = 'a' or ${r} = 'b'", None),
        ("${q} != 'a' or ${q} != 'b'", None),
        ("${q} = ''", None),
        ("${q} >= 'x'", None),
        ("count-selected(${q}) > 2", None),
        ("${q} > ${r}", None),
        ("((((", None),
        ("${q} = 'a", None),
        ("not(selected(${q}, 'a')", None),
    ],
)
def test_a_condition_is_read_or_said_to_be_none(text, found):
    assert read_relevant(text) == found


def test_a_deep_or_long_condition_ends():
    assert read_relevant("(" * 5000 + ")" * 5000) is None
    assert read_relevant("${q} = 'a' and " * 2000) is None


CHOICES = "sn|s|Sí\nsn|n|No\ncanal|w|Web\ncanal|m|Mesón"


def test_a_question_with_a_condition_begins_a_page():
    raw, warnings = read_xlsform(form(
        "select_one sn | fue | ¿Fue? | | yes",
        "select_multiple canal | uso | ¿Qué usó? | ${fue} = 's'",
        "text | por | ¿Por qué? | ${fue} = 's'",
        "text | fin | ¿Algo más?",
        choices=CHOICES,
    ))  # fmt: skip
    asked = parse(raw)
    assert warnings == []
    assert [[q.code for q in section.questions] for section in asked.sections] == [
        ["fue"],
        ["uso", "por"],
        ["fin"],
    ]
    assert asked.questions.__next__().required
    assert asked.sections[1].shown_if[0].values == ("yes",)
    assert asked.sections[2].shown_if == ()


def test_what_has_no_place_is_left_out_and_said():
    raw, warnings = read_xlsform(form(
        "start | inicio |",
        "integer | edad | ¿Su edad? | | | | . > 18",
        "geopoint | donde | ¿Dónde?",
        "begin repeat | hijos | Hijos",
        "text | nombre | Nombre",
        "end repeat",
        "text | dos-tres | Con guion | ${edad} > 3",
        "select_one falta | falta | Sin opciones",
        "select_one canal or_other | canal | ¿Por dónde? | ${no_hay} = '1'",
        "text | dos_tres | Otra con el mismo nombre",
        "text | vacia |",
        choices=CHOICES,
    ))  # fmt: skip
    asked = parse(raw)
    assert [q.code for q in asked.questions] == ["edad", "dos_tres", "canal", "dos_tres_"]
    assert "Nombre" not in [q.label for q in asked.questions]
    for words in ("«integer» se lee como texto", "no se usa «constraint»", "«geopoint»", "que se repiten",
                  "sus opciones no están", "no se ofrece «otra»", "no tiene texto"):  # fmt: skip
        assert any(words in each for each in warnings), words
    assert sum("su condición no se entiende" in each for each in warnings) == 2


@pytest.mark.parametrize(
    "given",
    [{}, {"survey": []}, {"survey": [["a", "b"], ["1", "2"]]}, {"survey": [["type", "name", "label"]]},
     {"survey": [["type", "name", "label"], ["note", "n", "Hola"], ["end_group", "", ""]]}],
)  # fmt: skip
def test_what_is_no_form_is_refused(given):
    with pytest.raises(Refused, match="xlsform_unreadable"):
        read_xlsform(given)
