# SPDX-License-Identifier: EUPL-1.2
"""A retention of whole months ends on the same day of an earlier month, or on that month's last."""

from datetime import date

import pytest

from siac.cases.protection.retention_rules import months_before


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 11, 25), 60, date(2021, 11, 25)),
        (date(2026, 11, 30), 9, date(2026, 2, 28)),
        (date(20, 1, 1), 600, date.min),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected
