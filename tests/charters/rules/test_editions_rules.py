# SPDX-License-Identifier: EUPL-1.2
"""Where an edition can go, what two texts differ in, how a text is read: no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.charters.composing import blocks
from siac.charters.domain.differences import Mark, word_differences
from siac.charters.domain.parts import PARTS, REVISED_WITHIN, Norm, parts_of
from siac.charters.domain.states import EditionState, Step, after, steps_from
from siac.countries.public import COUNTRIES


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("draft", [Step.PREPUBLISH, Step.SUBMIT, Step.ABANDON]),
        ("prepublished", [Step.END_COMMENTS, Step.ABANDON]),
        ("review", [Step.RETURN, Step.APPROVE, Step.ABANDON]),
        ("approved", []),
        ("abandoned", []),
    ],
)
def test_what_may_be_done_with_an_edition(state, steps):
    assert steps_from(state) == steps


def test_nothing_is_approved_that_was_not_reviewed():
    assert [state for state in EditionState if after(state, Step.APPROVE)] == [EditionState.REVIEW]


TEXTS = st.text(alphabet="aáñ \n.x1", max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = word_differences(before, after)
    assert "".join(each.text for each in pieces if each.mark is not Mark.ADDED) == before
    assert "".join(each.text for each in pieces if each.mark is not Mark.REMOVED) == after


def test_a_changed_word_is_told_alone():
    told = [(each.mark.value, each.text) for each in word_differences("en diez días", "en quince días")]
    assert told == [("same", "en "), ("removed", "diez"), ("added", "quince"), ("same", " días")]


def test_long_texts_are_compared_by_lines():
    before = "\n".join(f"línea {number} de muchas" for number in range(900))
    pieces = word_differences(before, before.replace("línea 5 de", "línea cinco de"))
    assert [each.text for each in pieces if each.mark is Mark.ADDED] == ["línea cinco de muchas\n"]


def test_paragraphs_and_lists_are_told_apart():
    told = blocks("Primero.\nSigue.\n\n- uno\n- dos\n  sigue\n\nFin\n- tres")
    assert [(each.text, each.items) for each in told] == [
        ("Primero. Sigue.", ()), ("", ("uno", "dos sigue")), ("Fin", ()), ("", ("tres",)),
    ]  # fmt: skip


@pytest.mark.parametrize("norm", list(Norm))
def test_every_norm_asks_for_parts_and_says_when_to_revise(norm):
    assert any(norm in part.asked_by for part in PARTS) and norm in REVISED_WITHIN
    first = [norm in part.asked_by for part in parts_of(norm)]
    assert first == sorted(first, reverse=True) and len(first) == len(PARTS)


def test_the_norm_follows_the_country():
    told = {code: Norm(country.charter_norm) for code, country in COUNTRIES.items()}
    assert told == {"CL": Norm.PLEDGE, "PE": Norm.MTPE, "ES": Norm.UNE}
