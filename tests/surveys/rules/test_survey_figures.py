# SPDX-License-Identifier: EUPL-1.2
"""Counts of answers become figures; small groups are not told, nor what would give them away."""

from siac.surveys.domain.results import results
from siac.surveys.domain.satisfaction import CONVENTIONS, Grades
from tests.surveys.rules.test_questionnaires import WHOLE


def of(counts, least: int = 1, **more):
    return {each.question.code: each for each in results(WHOLE, counts, least=least, **more)}


def lines(result):
    return [(line.label, line.n, str(line.share)) for line in result.lines]


def test_marks_come_to_a_net_index_with_its_margin():
    found = of({"general": {"7": 4, "6": 2, "5": 1, "1": 1, '"unknown"': 2}})["general"]
    own = found.satisfaction
    assert (found.n, own.n, str(own.net), str(own.mean), str(own.top_two)) == (10, 8, "62.5", "5.8", "75.0")
    assert own.grades == CONVENTIONS[7]
    assert lines(found)[-2:] == [("7", 4, "40.0"), ("unknown", 2, "20.0")]
    other = of({"general": {"7": 4, "6": 2, "5": 1, "1": 1}}, grades=Grades(5, 1))["general"].satisfaction
    assert str(other.net) == "75.0"


def test_several_options_are_shares_of_those_who_answered():
    found = of({"causas": {'["Rojo", "Azul"]': 3, '["Azul"]': 1}})["causas"]
    assert lines(found) == [("Rojo", 3, "75.0"), ("Verde", 0, "0.0"), ("Azul", 4, "100.0")]


def test_an_option_of_an_earlier_version_stands_after_those_of_today():
    assert lines(of({"causas": {'["Negro"]': 1}})["causas"])[-1] == ("Negro", 1, "100.0")


def test_a_table_is_told_by_line_and_a_ranking_by_the_first_place():
    found = of({
        "tabla": {'{"Amable": "Sí", "Rápido": "No"}': 2, '{"Amable": "No"}': 2},
        "orden": {'["Azul", "Rojo", "Verde"]': 3, '["Rojo", "Azul", "Verde"]': 1},
    })  # fmt: skip
    assert lines(found["tabla"]) == [
        ("Amable: Sí", 2, "50.0"), ("Amable: No", 2, "50.0"),
        ("Rápido: Sí", 0, "0.0"), ("Rápido: No", 2, "100.0"),
    ]  # fmt: skip
    assert lines(found["orden"]) == [("Rojo", 1, "25.0"), ("Verde", 0, "0.0"), ("Azul", 3, "75.0")]


def test_what_few_answered_is_not_told():
    found = of({"general": {"7": 4}, "antes": {'"yes"': 5}}, least=5)
    assert (found["general"].hidden, found["general"].satisfaction, found["general"].lines) == (
        True,
        None,
        (),
    )
    assert not found["antes"].hidden
    assert found["texto"].hidden and found["texto"].n == 0
