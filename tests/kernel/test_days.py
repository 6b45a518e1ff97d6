# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import pytest

from siac.kernel.days import read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-27", date(2026, 3, 27)),
        ("1900-01-01", date(1900, 1, 1)),
        ("8999-12-31", date(8999, 12, 31)),
        ("1899-12-31", None), ("9000-01-01", None), ("0001-01-01", None), ("9999-12-31", None),
        ("2026-02-30", None), ("ayer", None), ("", None), ("٢٠٢٦-٠٣-٢٧", None),
    ],
)  # fmt: skip
def test_a_day_is_read_that_can_be_reckoned_with(text, day):
    assert read_day(text) == day
