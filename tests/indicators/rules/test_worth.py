# SPDX-License-Identifier: EUPL-1.2
"""What a result says can be worked out again from its rows, and what changed is told row by row."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.indicators.domain.results import (
    Counted,
    Frequency,
    Standing,
    Worth,
    changes,
    digest,
    packed,
    period_at,
    periods_over,
    standing,
    unpacked,
    worth,
)
from siac.infra.metrics import Statistic

DAY = date(2026, 9, 7)


def row(subject: int, value: int | None = None, *, met: bool = False) -> Counted:
    return Counted(subject, DAY, (("channel", "web"), ("unit", "3")), value, met)


ROWS = [row(1, 3), row(2, 5), row(3, 14), row(4, 9)]


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        (Statistic.COUNT, (Decimal(4), 4)),
        (Statistic.STOCK, (Decimal(4), 4)),
        (Statistic.WITHIN, (Decimal("50.0"), 4)),
        (Statistic.MEAN, (Decimal("7.8"), 4)),
        (Statistic.MEDIAN, (Decimal(5), 4)),
        (Statistic.P90, (Decimal(14), 4)),
        (Statistic.MAXIMUM, (Decimal(14), 4)),
        (Statistic.MINIMUM, (Decimal(3), 4)),
        (Statistic.BEYOND, (Decimal("50.0"), 4)),
    ],
)
def test_rows_are_worth_what_is_worked_out(statistic, expected):
    found = worth(ROWS, statistic, within=5)
    assert (found.value, found.total) == expected


def test_a_share_is_of_all_rows():
    found = worth([row(1, met=True), row(2), row(3)], Statistic.RATE)
    assert (found.value, found.met, found.total) == (Decimal("33.3"), 1, 3)


@pytest.mark.parametrize("statistic", list(Statistic))
def test_nothing_is_worth_nothing_or_zero(statistic):
    counts = statistic in (Statistic.COUNT, Statistic.STOCK)
    assert worth([], statistic).value == (Decimal(0) if counts else None)


codes = st.text(alphabet='añ0,|"\\\n\x1c\u2028', max_size=5)
"""Codes with what could break a line of JSON, or what reads it by lines."""
counted = st.builds(
    Counted,
    st.integers(1, 10**9),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.lists(st.tuples(codes, codes), max_size=3).map(tuple),
    st.none() | st.integers(0, 30_000),
    st.booleans(),
)


@given(st.lists(counted, unique_by=lambda each: each.subject, max_size=20))
def test_what_is_kept_comes_back_and_its_digest_knows_no_order(rows):
    assert unpacked(packed(rows)) == sorted(rows, key=lambda each: each.subject)
    assert digest(rows) == digest(reversed(rows))
    assert not changes(rows, unpacked(packed(rows)))


@given(st.lists(counted, unique_by=lambda each: each.subject, min_size=1, max_size=20), st.data())
def test_any_single_change_changes_the_digest_and_is_named(rows, data):
    one = data.draw(st.sampled_from(rows))
    rest = [each for each in rows if each is not one]
    assert digest(rest) != digest(rows)
    assert changes(rows, rest).removed == (one.subject,)
    assert changes(rest, rows).added == (one.subject,)
    moved = Counted(one.subject, one.day + timedelta(days=1), one.codes, one.value, one.is_met)
    assert digest([*rest, moved]) != digest(rows)
    assert changes(rows, [*rest, moved]).altered == (one.subject,)


@pytest.mark.parametrize(
    ("frequency", "day", "expected"),
    [
        (Frequency.MONTH, date(2028, 2, 10), (date(2028, 2, 1), date(2028, 2, 29))),
        (Frequency.QUARTER, date(2026, 12, 31), (date(2026, 10, 1), date(2026, 12, 31))),
        (Frequency.HALF, date(2026, 7, 1), (date(2026, 7, 1), date(2026, 12, 31))),
        (Frequency.YEAR, date(2026, 7, 1), (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_a_period_is_whole(frequency, day, expected):
    assert period_at(frequency, day) == expected


def test_periods_are_over_the_day_after_their_last_and_none_begins_before_the_indicator():
    since = date(2026, 1, 2)
    assert periods_over(Frequency.QUARTER, since=since, today=date(2026, 9, 30)) == [
        (date(2026, 4, 1), date(2026, 6, 30))
    ]
    assert len(periods_over(Frequency.QUARTER, since=since, today=date(2026, 10, 1))) == 2
    assert periods_over(Frequency.YEAR, since=since, today=date(2026, 12, 31)) == []


@pytest.mark.parametrize(
    ("value", "lower", "expected"),
    [
        ("90", False, Standing.REACHED), ("85", False, Standing.NEAR), ("79.9", False, Standing.MISSED),
        ("90", True, Standing.MISSED), ("80", True, Standing.REACHED),
    ],
)  # fmt: skip
def test_it_stands_against_its_target_and_the_band_before_it(value, lower, expected):
    target, near = (Decimal(80), Decimal(85)) if lower else (Decimal(90), Decimal(80))
    assert standing(Decimal(value), target=target, near=near, lower_is_better=lower) == expected
    assert standing(None, target=target, near=near, lower_is_better=lower) == Standing.UNKNOWN


def test_of_too_few_rows_only_how_many_is_told():
    few = [row(1, 7), row(2, 7)]
    assert worth(few, Statistic.MEAN, least=3) == Worth(None, 2, 0)
    assert worth(few, Statistic.MEAN, least=2).value == Decimal(7)
    assert worth(few, Statistic.COUNT, least=3).value == Decimal(2)
