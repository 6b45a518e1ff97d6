# SPDX-License-Identifier: EUPL-1.2
"""What words say of a topic, as tables without a database."""

import pytest

from siac.cases.suggesting.domain import OFFERED, Evaluation, Example, evaluate, learn

LIGHT = [Example(["luminaria", "apagada"], "luz")] * 6
HOLES = [Example(["bache", "calle"], "baches")] * 3
RUBBISH = [Example(["contenedor", "calle"], "aseo")] * 3


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["bache"], "baches"),
        (["bache", "bache", "luminaria", "calle"], "baches"),
        (["contenedor"], "aseo"),
        (["luminaria"], "luz"),
        (["desconocida"], "luz"),
        ([], "luz"),
    ],
)
def test_the_likeliest_comes_first_and_the_most_frequent_where_nothing_is_known(words, first):
    found = learn(LIGHT + HOLES + RUBBISH).ranked(words)
    assert found[0] == first and len(found) == OFFERED


def test_words_of_few_texts_are_forgotten():
    assert set(learn([*HOLES, Example(["Zoila"], "baches"), Example(["Zoila"], "luz")]).words) == {
        "bache",
        "calle",
    }


def test_only_the_earlier_part_is_learned_from():
    examples = [*(LIGHT + HOLES + RUBBISH), *HOLES]
    found = evaluate(examples)
    assert (found.learned, found.measured, found.labels) == (12, 3, 3)
    assert (found.first, found.among, found.frequent_first, found.frequent_among) == (3, 3, 0, 3)
    unlearned = evaluate([*LIGHT, *[Example(["bache"], "baches")]])
    assert (unlearned.measured, unlearned.first) == (1, 0)


@pytest.mark.parametrize(
    ("first", "among", "better"), [(5, 8, True), (4, 8, False), (5, 7, True), (5, 6, False), (3, 9, False)]
)
def test_better_means_right_more_often_at_first_and_no_less_among_three(first, among, better):
    assert Evaluation(40, 10, 3, first, among, 4, 7).is_better is better


def test_nothing_learned_suggests_nothing():
    assert learn([]).ranked(["bache"]) == [] and evaluate([]).measured == 0
