# SPDX-License-Identifier: EUPL-1.2
"""When a unit is recognised: in a row, all it answers for, with enough cases, since a day."""

from calendar import monthrange
from datetime import date

import pytest

from siac.charters.domain.recognition import Answered, Closed, Earned, Record, record_of

NEW_YEAR = date(2026, 1, 1)


def month(number: int, told: str) -> Closed:
    """Return a month by a letter: s reached, f reached with few cases, n missed, - without cases."""
    reached = {"s": True, "f": True, "n": False, "-": None}[told]
    total = {"s": 20, "f": 3, "n": 20, "-": 0}[told]
    return Closed(date(2026, number, 1), date(2026, number, monthrange(2026, number)[1]), reached, total)


def months(told: str, **more) -> Answered:
    return Answered([month(number, each) for number, each in enumerate(told, start=1)], **more)


def won(*pairs: tuple[int, int]) -> tuple[Earned, ...]:
    return tuple(
        Earned(date(2026, first, 1), date(2026, last, monthrange(2026, last)[1])) for first, last in pairs
    )


@pytest.mark.parametrize(
    ("promises", "since", "earned", "in_a_row"),
    [
        ([months("ssss")], NEW_YEAR, won((1, 4)), 0),
        ([months("sss")], NEW_YEAR, (), 3),
        ([months("sssnsss")], NEW_YEAR, (), 3),
        ([months("ss-ss")], NEW_YEAR, won((1, 5)), 0),
        ([months("ssfss")], NEW_YEAR, won((1, 5)), 0),
        ([months("fff-")], NEW_YEAR, (), 0),
        ([months("ssssssss")], NEW_YEAR, won((1, 4), (5, 8)), 0),
        ([months("sssss")], date(2026, 1, 2), won((2, 5)), 0),
        ([months("ssss"), months("nsss")], NEW_YEAR, (), 3),
        ([months("ssssss"), months("nnssss")], NEW_YEAR, won((3, 6)), 0),
        ([months("ssss"), months("")], NEW_YEAR, (), 0),
        ([months("ssss"), months("n", until=date(2026, 1, 31))], NEW_YEAR, won((1, 4)), 0),
        ([months("ssss"), months("", since=date(2026, 5, 1))], NEW_YEAR, won((1, 4)), 0),
        ([months("sss"), months("", since=date(2026, 5, 1))], NEW_YEAR, (), 3),
        ([months("ffff", is_counted=False)], NEW_YEAR, won((1, 4)), 0),
        ([], NEW_YEAR, (), 0),
    ],
)
def test_a_unit_earns_by_periods_in_a_row(promises, since, earned, in_a_row):
    assert record_of(promises, periods=4, least=10, since=since) == Record(earned, in_a_row)
