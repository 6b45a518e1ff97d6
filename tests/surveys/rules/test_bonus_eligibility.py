# SPDX-License-Identifier: EUPL-1.2
"""To whom the bonus of Ley 20.342 is due: six months on end in the year, and in service when it is paid."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.kernel.errors import Refused
from siac.surveys.bonus.domain import Spell, Why, instalment, left_out, months_later, read_rows, runs

PAID = date(2026, 3, 31)


def spell(first: str, last: str = "") -> Spell:
    return Spell(date.fromisoformat(first), date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("spells", "why"),
    [
        ([spell("2010-01-01")], []),
        ([spell("2025-01-01", "2025-06-30"), spell("2026-01-01")], []),
        ([spell("2025-01-01", "2025-06-29"), spell("2026-01-01")], [Why.SHORT]),
        ([spell("2025-07-01")], []),  # the last six months, to the day
        ([spell("2025-07-02")], [Why.SHORT]),
        # two spells that touch are one; a day between them makes two
        ([spell("2025-02-01", "2025-04-30"), spell("2025-05-01", "2025-07-31"), spell("2026-01-01")], []),
        (
            [spell("2025-02-01", "2025-04-30"), spell("2025-05-02", "2025-07-31"), spell("2026-01-01")],
            [Why.SHORT],
        ),
        # months of the year before do not count
        ([spell("2024-06-01", "2025-05-31"), spell("2026-03-31")], [Why.SHORT]),
        ([spell("2025-01-01", "2026-03-30")], [Why.GONE]),
        ([spell("2025-01-01", "2026-03-31")], []),
        ([spell("2025-01-01"), spell("2025-03-01", "2025-04-01")], []),
        ([spell("2026-01-01")], [Why.SHORT]),
        ([spell("2024-01-01", "2024-12-31")], [Why.SHORT, Why.GONE]),
        ([], [Why.SHORT, Why.GONE]),
    ],
)
def test_six_months_on_end_in_the_year_and_in_service_when_it_is_paid(spells, why):
    assert left_out(spells, 2025, PAID) == why


@pytest.mark.parametrize(
    ("day", "later"),
    [("2025-01-01", "2025-07-01"), ("2025-03-31", "2025-10-01"), ("2024-08-30", "2025-03-01"),
     ("2025-12-31", "2026-07-01")],
)  # fmt: skip
def test_months_are_counted_from_date_to_date(day, later):
    assert months_later(date.fromisoformat(day), 6) == date.fromisoformat(later)


DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_stretches_lie_apart_within_the_year_and_cover_the_days_served(pairs):
    spells = [Spell(min(pair), max(pair)) for pair in pairs]
    found = runs(spells, date(2025, 1, 1), date(2025, 12, 31))
    assert all(before[1] < after[0] for before, after in pairwise(found))
    for ordinal in range(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal(), 7):
        day = date.fromordinal(ordinal)
        assert any(each.covers(day) for each in spells) == any(a <= day <= b for a, b in found)


@pytest.mark.parametrize(
    ("percent", "then", "now", "pesos"),
    [("100", "23000", "23000", 131_250), ("85", "23000", "23000", 111_563), ("0", "23000", "39000", 0),
     ("100", "20000", "40000", 262_500)],
)  # fmt: skip
def test_an_instalment_is_an_eighth_in_whole_pesos(percent, then, now, pesos):
    assert instalment(Decimal(percent), Decimal(then), Decimal(now)) == pesos


def test_rows_of_one_code_are_one_person_with_its_spells():
    rows = [
        (2, ["7-1", "Ana", "1-1-2025", "2025-02-01 00:00:00"]),
        (3, ["7-1", "", "1/3/2025"]),
        (4, ["", "", "", ""]),
    ]
    (found,) = read_rows(["RUT", "Nombre", "Desde", "Hasta"], rows)
    assert (found.code, found.name) == ("7-1", "Ana")
    assert found.spells == (spell("2025-01-01", "2025-02-01"), spell("2025-03-01"))


@pytest.mark.parametrize(
    ("heads", "row", "code"),
    [
        (["codigo", "nombre", "desde"], ["1", "a", "1-1-2025"], "roll_no_column"),
        (["codigo", "nombre", "desde", "hasta"], ["", "a", "1-1-2025", ""], "roll_no_code"),
        (["codigo", "nombre", "desde", "hasta"], ["1", "a", "", ""], "roll_bad_day"),
        (["codigo", "nombre", "desde", "hasta"], ["1", "a", "²-1-2025", ""], "roll_bad_day"),
        (["codigo", "nombre", "desde", "hasta"], ["1", "a", "1-1-0001", ""], "roll_bad_day"),
        (["codigo", "nombre", "desde", "hasta"], ["1", "a", "1-1-9999", ""], "roll_bad_day"),
        (["codigo", "nombre", "desde", "hasta"], ["1", "a", "31-2-2025", ""], "roll_bad_day"),
        (["codigo", "nombre", "desde", "hasta"], ["1", "a", "1-3-2025", "x"], "roll_bad_day"),
        (["codigo", "nombre", "desde", "hasta"], ["1", "a", "1-3-2025", "1-2-2025"], "roll_days"),
    ],
)
def test_a_row_that_is_wrong_is_named_by_its_line(heads, row, code):
    with pytest.raises(Refused, match=code) as refused:
        read_rows(heads, [(2, row)])
    assert code == "roll_no_column" or refused.value.context["line"] == 2
