# SPDX-License-Identifier: EUPL-1.2
"""What cells of a record mean: units of time in any number, «-» for nothing, columns that repeat by year."""

from decimal import Decimal
from fractions import Fraction

import pytest

from siac.procedures.domain import (
    TimeUnit,
    compliance,
    is_blank,
    keeps,
    kept_part,
    number,
    time_unit,
    unfolded,
    whole_percent,
)


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("día hábil", TimeUnit.BUSINESS_DAYS), ("Días  Hábiles", TimeUnit.BUSINESS_DAYS),
        ("días corridos", TimeUnit.CALENDAR_DAYS), ("día corrido", TimeUnit.CALENDAR_DAYS),
        ("días calendario", TimeUnit.CALENDAR_DAYS), ("hora", TimeUnit.HOURS), ("Horas", TimeUnit.HOURS),
        ("minutos", TimeUnit.MINUTES), ("min.", TimeUnit.MINUTES), ("business_days", TimeUnit.BUSINESS_DAYS),
        ("semanas", None), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_a_unit_of_time_is_read_in_one_or_many(word, unit):
    assert time_unit(word) is unit


@pytest.mark.parametrize("text", ["", " ", "-", "–", "S/I", "No aplica"])
def test_what_says_nothing_is_blank(text):
    assert is_blank(text) and number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.8", "12.8"), ("12,8", "12.8"), ("0", "0"), ("5005714", "5005714"), (" 7 ", "7"), ("-3", None),
     ("1.234,5", None), ("siete", None), ("1e5", None), ("9" * 20, None)],
)  # fmt: skip
def test_a_number_has_a_comma_or_a_point_before_its_decimals(text, value):
    assert number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("promised", "beyond", "handled", "part", "percent"),
    [
        (10, 0, 10, Fraction(1), 100), (10, 10, 10, Fraction(0), 0), (10, 1, 3, Fraction(2, 3), 67),
        (10, 40, 163, Fraction(123, 163), 75),
        (3, 451, 463_574, Fraction(463_123, 463_574), 100),  # 99.9 %: what is rounded is only what is shown
        (10, 1, 200, Fraction(199, 200), 100),  # 99.5: half up
        (10, 11, 2000, Fraction(1989, 2000), 99),  # 99.45
        (10, 0, 0, None, None),  # nothing was handled
        (0, 0, 31, None, None),  # no time at all is no promise
        (None, 3, 31, None, None),
        (10, None, 31, None, None),  # nobody counted
    ],
)  # fmt: skip
def test_compliance_is_exact_or_there_is_none(promised, beyond, handled, part, percent):
    found = compliance(promised, beyond, handled)
    assert found == part and whole_percent(found) == percent


def test_what_many_add_up_to_needs_no_promise_of_each():
    assert kept_part(80, 300) == Fraction(11, 15) and kept_part(0, 0) is None is kept_part(None, 9)


def test_a_promise_is_kept_where_half_took_no_longer():
    assert keeps(Decimal("10.00"), 10) is True and keeps(Decimal("10.01"), 10) is False
    assert keeps(None, 10) is None and keeps(Decimal(3), None) is None


def test_columns_that_repeat_by_year_become_rows_and_silent_years_go():
    header = ["tramite", "2023_mediana", "2023_n", "2024_mediana", "2024_n", "hito"]
    rows = [["Beca", "3", "9", "-", "", "fin"], ["Pase", "", "", "4", "2", "fin"]]
    assert list(unfolded(header, rows)) == [
        ["tramite", "hito", "Año", "mediana", "n"],
        ["Beca", "fin", "2023", "3", "9"],
        ["Pase", "fin", "2024", "4", "2"],
    ]


def test_a_table_with_a_row_for_each_year_stays_as_it_is():
    table = [["tramite", "año"], ["Beca", "2023"], ["corta"]]
    assert list(unfolded(table[0], table[1:])) == table
