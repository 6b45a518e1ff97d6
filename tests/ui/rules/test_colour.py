# SPDX-License-Identifier: EUPL-1.2
"""Whatever colour a body picks, its pages stay legible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.ui.domain.colour import WHITE, contrast, darkened_for_text, text_on, tokens

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(colours)
def test_every_brand_is_legible_on_and_off_its_header(colour):
    found = tokens(colour)
    assert contrast(found["--siac-on-brand"], found["--siac-brand"]) >= 4.5
    assert contrast(found["--siac-link"], WHITE) >= 4.5
    assert contrast(found["--siac-link"], found["--siac-tint"]) >= 4.5
    assert contrast(found["--siac-brand"], WHITE) >= 3


def test_a_legible_colour_is_left_alone():
    assert tokens("#0B4F6C")["--siac-brand"] == "#0b4f6c"
    assert darkened_for_text("#0b4f6c") == "#0b4f6c"


def test_a_bad_colour_gives_the_default():
    assert tokens("red;}body{display:none") == tokens("#0b4f6c")


def test_text_on_yellow_is_dark():
    assert text_on("#ffdd00") == "#14202b"
