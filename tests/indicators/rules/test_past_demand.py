# SPDX-License-Identifier: EUPL-1.2
"""A sheet of past demand as people write it, with all that is wrong told at once."""

from datetime import date

import pytest

from siac.indicators.domain.past_demand import HEADS, Past, Problem, read_past

TODAY = date(2026, 9, 1)
NAMES = {
    "kind": {"7": "Reclamo"},
    "channel": {"web": "Formulario web"},
    "point": {"3": "Oficina central", "0": "Sin punto de atención"},
}


def read(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS):
    return read_past([(1, heads), *enumerate(rows, start=2)], NAMES, today=TODAY)


@pytest.mark.parametrize(
    ("said", "day", "is_month"),
    [
        ("27-03-2024", date(2024, 3, 27), False),
        ("7/3/2024", date(2024, 3, 7), False),
        ("2024-03-27", date(2024, 3, 27), False),
        ("2024-03-27 00:00:00", date(2024, 3, 27), False),
        ("03-2024", date(2024, 3, 1), True),
        ("2024-03", date(2024, 3, 1), True),
    ],
)
def test_days_and_months_are_read_as_people_write_them(said, day, is_month):
    found = read((said, "RECLAMO", "formulario web", "", "12"))
    assert found.problems == []
    assert found.rows == [Past(2, day, is_month, 12, kind="7", channel="web")]


def test_nothing_that_came_is_not_the_same_as_nothing_known():
    found = read(("01-03-2024", "", "", "", "0"), ("02-03-2024", "", "", "", ""), ("", "", "", "", ""))
    assert found.rows == [Past(2, date(2024, 3, 1), False, 0)]


def test_all_that_is_wrong_is_told_with_its_row():
    found = read(
        ("31-02-2024", "Otro", "Paloma", "Luna", "muchas"),
        ("01-09-2026", "", "", "", "1"),
        ("01-03-0024", "", "", "", "1"),
        ("01-03-2024", "", "", "", "-4"),
        ("01-03-2024", "", "", "", "99999999999999999999"),
        ("01-03-2024", "", "", "", "٣"),
    )
    assert found.rows == []
    assert found.problems == [
        Problem(2, "past_day", "31-02-2024"), Problem(2, "past_count", "muchas"),
        Problem(2, "past_kind", "Otro"), Problem(2, "past_channel", "Paloma"),
        Problem(2, "past_point", "Luna"), Problem(3, "past_future", "01-09-2026"),
        Problem(4, "past_day", "01-03-0024"), Problem(5, "past_count", "-4"),
        Problem(6, "past_count", "99999999999999999999"), Problem(7, "past_count", "٣"),
    ]  # fmt: skip


def test_columns_are_found_by_their_names_in_any_order():
    found = read(("4", "03-2024"), heads=("Solicitudes", "Mes"))
    assert found.rows == [Past(2, date(2024, 3, 1), True, 4)]


@pytest.mark.parametrize("heads", [("Día o mes",), ("Cantidad",), ("x", "y"), ()])
def test_without_days_or_counts_it_is_no_such_sheet(heads):
    assert read(("1", "2"), heads=heads) is None
    assert read_past([], NAMES, today=TODAY) is None
