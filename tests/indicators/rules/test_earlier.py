# SPDX-License-Identifier: EUPL-1.2
"""How a sheet of results of before the system is read."""

from datetime import date
from decimal import Decimal

import pytest

from siac.indicators.domain.earlier import Earlier, Followed, period_of, read_earlier
from siac.indicators.domain.results import Frequency

MONTH, QUARTER, HALF, YEAR = Frequency.MONTH, Frequency.QUARTER, Frequency.HALF, Frequency.YEAR
KNOWN = {
    "oportunidad": Followed(7, YEAR, date(2026, 1, 1), True),
    "dias": Followed(8, MONTH, date(2026, 9, 1), False),
}
HEADS = (1, ["Código", "Periodo", "Resultado", "Meta", "Fuente"])


@pytest.mark.parametrize(
    ("frequency", "said", "first", "last"),
    [
        (YEAR, "2023", date(2023, 1, 1), date(2023, 12, 31)),
        (MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (MONTH, "2/2023", date(2023, 2, 1), date(2023, 2, 28)),
        (QUARTER, "2023-T4", date(2023, 10, 1), date(2023, 12, 31)),
        (QUARTER, "t1 2023", date(2023, 1, 1), date(2023, 3, 31)),
        (HALF, "2023-S2", date(2023, 7, 1), date(2023, 12, 31)),
    ],
)
def test_a_period_is_written_as_people_write_it(frequency, said, first, last):
    assert period_of(frequency, said) == (first, last)


@pytest.mark.parametrize(
    ("frequency", "said"),
    [
        (YEAR, "2023-05"), (MONTH, "2023"), (MONTH, "2023-13"), (QUARTER, "2023-S1"), (HALF, "2023-S3"),
        (YEAR, "1989"), (YEAR, "9999"), (YEAR, "٢٠٢٣"), (YEAR, "²023"), (MONTH, "2023-0"), (YEAR, ""),
    ],
)  # fmt: skip
def test_what_is_no_period_of_that_frequency_is_none(frequency, said):
    assert period_of(frequency, said) is None


def test_rows_say_indicator_period_figure_target_and_source():
    rows = [
        HEADS,
        (2, ["OPORTUNIDAD", "2024", "87,5 %", "90", "Memoria 2024"]),
        (3, ["días", "2026-08", "12.25", "", ""]),
        (4, ["días", "2026-07", "", "", "sin dato"]),
    ]
    found, problems = read_earlier(rows, KNOWN)
    assert not problems
    assert found == [
        Earlier(
            2, 7, date(2024, 1, 1), date(2024, 12, 31), Decimal("87.5"), Decimal(90), "Memoria 2024"
        ),
        Earlier(3, 8, date(2026, 8, 1), date(2026, 8, 31), Decimal("12.25"), None, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["otra", "2024", "1"], "earlier_indicator"),
        (["oportunidad", "2024-T1", "1"], "earlier_period"),
        (["oportunidad", "2026", "1"], "earlier_own"),
        (["días", "2026-09", "1"], "earlier_own"),
        (["oportunidad", "2024", "muchas"], "earlier_value"),
        (["oportunidad", "2024", "1" * 4400], "earlier_value"),
        (["oportunidad", "2024", "100,1"], "earlier_percent"),
        (["oportunidad", "2024", "90", "120"], "earlier_percent"),
        (["oportunidad", "2024", "90", "casi todo"], "earlier_target"),
        (["días", "2024-01", "9", "999999999"], "earlier_target"),
    ],
)
def test_each_slip_is_told_with_its_line(row, code):
    found, problems = read_earlier([HEADS, (5, row)], KNOWN)
    assert not found
    assert [(each.line, each.code) for each in problems] == [(5, code)]


def test_a_period_that_stands_twice_is_told():
    rows = [HEADS, (2, ["oportunidad", "2024", "1"]), (3, ["oportunidad", "2024", "2"])]
    found, problems = read_earlier(rows, KNOWN)
    assert [(each.line, each.code) for each in problems] == [(3, "earlier_twice")]
    assert len(found) == 1


def test_a_sheet_without_the_columns_says_nothing():
    assert read_earlier([], KNOWN) is None
    assert read_earlier([(1, ["Código", "Resultado"])], KNOWN) is None
