# SPDX-License-Identifier: EUPL-1.2
"""Whether a sentence is easy to read, worked by hand: no database."""

import pytest

from siac.charters.domain.readability import inflesz, longest_sentence, syllables, vague_words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("respondemos", 4), ("días", 2), ("hábiles", 3), ("que", 1), ("guía", 2), ("pingüino", 3),
        ("reclamación", 4), ("ahora", 3), ("país", 2), ("rey", 1), ("aéreo", 4), ("construcción", 3),
        ("quién", 1), ("agua", 2), ("prohíbe", 3), ("oír", 2), ("leer", 2), ("15", 2), ("y", 1), ("Perú", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_said(word, count):
    assert syllables(word) == count


def test_a_sentence_is_worth_what_the_formula_says():
    """«Respondemos los reclamos en 15 días hábiles o menos»: 9 words, 4+1+3+1+2+2+3+1+2 = 19 syllables;
    206.835 - 62.3 × 19 ÷ 9 - 9 = 66.3.
    """
    assert inflesz("Respondemos los reclamos en 15 días hábiles o menos") == 66


def test_many_syllables_are_hard_and_nothing_is_neither():
    hard = "La institucionalización de procedimientos administrativos interinstitucionales"
    assert (inflesz(hard), inflesz(""), inflesz(" … ")) == (0, None, None)


def test_the_longest_sentence_counts_not_the_whole_text():
    assert longest_sentence("Uno dos tres. Uno dos.\nUno dos tres cuatro") == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Responderemos lo antes posible", "lo antes posible"),
        ("Trataremos su caso con cuidado", "Trataremos"),
        ("INTENTAREMOS llamarle", "INTENTAREMOS"),
        ("Le atendemos adecuadamente", "adecuadamente"),
        ("La procuraduría responde en 5 días", None),
        ("Respondemos en 5 días hábiles", None),
    ],
)
def test_words_that_promise_nothing_are_found_as_they_stand(text, found):
    assert vague_words(text) == found
