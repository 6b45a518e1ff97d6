# SPDX-License-Identifier: EUPL-1.2
import pytest

from siac.cases.domain.likeness import likeness


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        ("a b c d", "a b c d", 100),
        ("a b c d", "e f g h", 0),
        ("a b c d", "a b e f", 33),  # two of six
        ("a b c", "a b c", 0),  # too short to say anything
        ("", "a b c d", 0),
        ("a a b c d", "d c b a", 100),
    ],
)
def test_share_of_words_in_common(one, other, percent):
    assert likeness(one.split(), other.split()) == likeness(other.split(), one.split()) == percent
