# SPDX-License-Identifier: EUPL-1.2
"""No page of results, held against the others, tells of a few."""

from datetime import date
from itertools import product

import pytest

from siac.kernel.whole_periods import Period, month, periods, quarter, untold, year
from siac.surveys.domain.told import POINT, WAY, Size, Told

TODAY = date(2026, 11, 28)


def at(number: int, of: int = 2026) -> date:
    return date(of, number, 1)


def test_periods_have_their_first_and_last_day():
    assert month(date(2024, 2, 9)) == Period("2024-02", date(2024, 2, 1), date(2024, 2, 29))
    assert quarter(date(2026, 12, 31)) == Period("2026-T4", date(2026, 10, 1), date(2026, 12, 31))
    assert year(date(2026, 5, 5)) == Period("2026", date(2026, 1, 1), date(2026, 12, 31))


def test_only_what_is_over_is_offered_the_newest_first():
    found = periods([at(12, 2025), at(8), at(10), at(11)], today=TODAY)
    assert [each.code for each in found] == [
        "2025", "2026-T3", "2025-T4", "2026-10", "2026-08", "2025-12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({7: 9, 8: 9, 9: 9}, set()),
        ({7: 4, 8: 9, 9: 8}, {"2026-07", "2026-09"}),
        ({7: 4, 8: 4, 9: 8}, {"2026-07", "2026-08"}),
        ({7: 2, 8: 1}, {"2026-07", "2026-08", "2026-T3"}),
        ({10: 4, 11: 9}, {"2026-10"}),
        ({8: 3}, {"2026-08", "2026-T3"}),
    ],
)
def test_a_small_month_goes_with_the_smallest_beside_it(sizes, expected):
    by_month = {at(number): n for number, n in sizes.items()}
    assert untold(by_month, today=TODAY, least=5) == expected


def told_of(cells: dict[tuple[int, str, str], int]) -> Told:
    sizes = [Size("q", at(number), way, point, n) for (number, way, point), n in cells.items()]
    return Told.of(sizes, today=TODAY, least=5)


def test_a_group_is_told_of_a_quarter_only():
    told = told_of({(8, "link", "0"): 9, (9, "kiosk", "3"): 9})
    assert told.is_told("q", quarter(at(8)), WAY, "link")
    assert told.is_told("q", quarter(at(8)), POINT, "3")
    assert not told.is_told("q", month(at(8)), WAY, "link")
    assert not told.is_told("q", quarter(at(8)), WAY, "paper"), "nobody"
    assert not told.is_told("other", quarter(at(8)))


@pytest.mark.parametrize("seed", range(40))
def test_no_sum_of_what_is_told_leaves_fewer_than_the_least(seed):
    """Whatever pages are added and taken from one another: of the months hidden in a period that is told
    there are two at least, who are five together."""
    numbers = [(seed * 7 + 3 * n * n + n) % 11 for n in range(12)]
    by_month = {date(2025, n + 1, 1): size for n, size in enumerate(numbers)}
    gone = untold(by_month, today=TODAY, least=5)
    for whole in (year(at(1, 2025)), *(quarter(date(2025, m, 1)) for m in (1, 4, 7, 10))):
        inside = [(first, n) for first, n in by_month.items() if whole.first <= first <= whole.last and n]
        if whole.code in gone or not inside:
            continue
        shown = {quarter(first).code for first, _ in inside} - gone if whole.is_year else set()
        left = [n for first, n in inside if month(first).code in gone and quarter(first).code not in shown]
        assert not left or (len(left) >= 2 and sum(left) >= 5), (numbers, whole.code)


@pytest.mark.parametrize("seed", range(40))
def test_what_was_told_of_a_month_before_its_quarter_ended_gives_away_nobody_later(seed):
    """Results of months are frozen and printed, and whoever read them does not forget them."""
    numbers = [(seed * 5 + 3 * n * n + 2 * n) % 9 for n in range(12)]
    by_month = {date(2025, n + 1, 1): size for n, size in enumerate(numbers) if size}
    once: set[str] = set()
    for today in [date(2025, n, 1) for n in range(2, 13)] + [date(2026, 1, 1)]:
        over = {each.code for each in periods(by_month, today=today)}
        once |= over - untold(by_month, today=today, least=5)
    assert once.isdisjoint(untold(by_month, today=TODAY, least=5)), "said no and yes"
    for whole in periods(by_month, today=TODAY):
        if whole.code in once:
            inside = [(first, n) for first, n in by_month.items() if whole.first <= first <= whole.last]
            shorter = {month(at).code: quarter(at).code for at, _ in inside}
            left = [
                n
                for first, n in inside
                if not {month(first).code, shorter[month(first).code]} & (once - {whole.code})
            ]
            assert whole.code in shorter or not left or sum(left) >= 5, (numbers, whole.code)


def test_every_hidden_group_has_another_beside_it():
    for link, kiosk, phone in product((0, 1, 4, 6), repeat=3):
        told = told_of({(8, "link", "0"): link, (8, "kiosk", "0"): kiosk, (9, "phone", "0"): phone})
        if told.is_told("q", quarter(at(8))):
            gone = [n for way, n in (("link", link), ("kiosk", kiosk), ("phone", phone))
                    if n and not told.is_told("q", quarter(at(8)), WAY, way)]  # fmt: skip
            assert not gone or (len(gone) >= 2 and sum(gone) >= 5)
