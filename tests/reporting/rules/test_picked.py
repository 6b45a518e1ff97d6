# SPDX-License-Identifier: EUPL-1.2
"""When those who were asked fared too well to be everybody."""

import pytest

from siac.reporting.domain.signs import Part, is_picked


@pytest.mark.parametrize(
    ("asked", "everybody", "picked"),
    [
        (Part(0, 10), Part(10, 20), True),  # five were to be expected
        (Part(2, 10), Part(10, 20), True),
        (Part(3, 10), Part(10, 20), False),
        (Part(0, 9), Part(10, 20), False),  # fewer than five were to be expected: chance does that
        (Part(0, 100), Part(0, 200), False),
        (Part(0, 0), Part(10, 20), False),
        (Part(0, 0), Part(0, 0), False),
    ],
)
def test_at_most_half_of_what_was_to_be_expected_of_at_least_five(asked, everybody, picked):
    assert is_picked(asked, everybody) is picked
