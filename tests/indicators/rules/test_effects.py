# SPDX-License-Identifier: EUPL-1.2
"""What can be said of the same figure before and after: against an oracle where there is one, never more than
the numbers carry.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.indicators.domain.effects import Effect, compare, of_counts
from siac.indicators.domain.results import Counted, worth
from siac.infra.metrics import Better, Statistic

DAY = date(2026, 1, 5)


def rows(values, met=()):
    return [Counted(place, DAY, (), value, place in met) for place, value in enumerate(values)]


def share(met: int, n: int):
    return rows([None] * n, met=range(met))


def said(before, after, statistic, *, better=Better.HIGHER, within=0, days=(30, 30)):
    worths = (worth(before, statistic, within), worth(after, statistic, within))
    return compare(before, after, worths, days, statistic, better=better)


@pytest.mark.parametrize(
    ("before", "after", "better", "effect"),
    [
        ((20, 60), (50, 60), Better.HIGHER, Effect.BETTER),
        ((20, 60), (50, 60), Better.LOWER, Effect.WORSE),
        ((50, 60), (20, 60), Better.HIGHER, Effect.WORSE),
        ((30, 60), (33, 60), Better.HIGHER, Effect.NONE_SEEN),
        ((30, 60), (30, 60), Better.HIGHER, Effect.NONE_SEEN),
        ((0, 9), (60, 60), Better.HIGHER, Effect.TOO_FEW),
        ((0, 60), (9, 9), Better.HIGHER, Effect.TOO_FEW),
        ((0, 0), (60, 60), Better.HIGHER, Effect.TOO_FEW),
        ((60, 60), (60, 60), Better.HIGHER, Effect.NONE_SEEN),
    ],
)
def test_shares(before, after, better, effect):
    found = said(share(*before), share(*after), Statistic.RATE, better=better)
    assert found.effect is effect
    assert (found.difference is None) is (effect is Effect.TOO_FEW)
    assert (found.before.total, found.after.total) == (before[1], after[1])


def test_a_share_has_its_interval_in_points():
    found = said(share(20, 60), share(50, 60), Statistic.RATE).difference
    assert found.by == Decimal("50.0") and Decimal("32") < found.low < found.by < found.high < Decimal("64")


@pytest.mark.parametrize("statistic", [Statistic.MEDIAN, Statistic.P90, Statistic.MEAN])
def test_values_are_compared_by_their_ranks(statistic):
    slow, quick = [20, 22, 25, 30, 31, 33, 40, 41, 44, 50], [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert said(rows(slow), rows(quick), statistic, better=Better.LOWER).effect is Effect.BETTER
    assert said(rows(quick), rows(slow), statistic, better=Better.LOWER).effect is Effect.WORSE
    assert said(rows(slow), rows(slow), statistic, better=Better.LOWER).effect is Effect.NONE_SEEN
    assert said(rows(slow[:9]), rows(quick), statistic, better=Better.LOWER).effect is Effect.TOO_FEW


@pytest.mark.parametrize(
    ("statistic", "before", "after", "effect"),
    [
        (Statistic.MEAN, [10] * 40, [8] * 36 + [90] * 4, Effect.NONE_SEEN),  # 10 days, then 16.2
        (Statistic.P90, [10] * 30 + [60] * 10, [3] * 30 + [60] * 10, Effect.NONE_SEEN),  # 60, then 60
        (Statistic.MEDIAN, [5] * 15 + [9] * 25, [1] * 15 + [5] * 25, Effect.BETTER),
        (Statistic.MEAN, [10] * 40, [8] * 40, Effect.BETTER),
    ],
)
def test_a_figure_is_not_said_to_move_where_only_its_ranks_did(statistic, before, after, effect):
    assert said(rows(before), rows(after), statistic, better=Better.LOWER).effect is effect


@pytest.mark.parametrize("statistic", [Statistic.MAXIMUM, Statistic.MINIMUM, Statistic.STOCK])
def test_what_nothing_tells_from_chance_is_not_compared(statistic):
    assert said(rows(range(50)), rows(range(90, 140)), statistic).effect is Effect.TOO_FEW


@pytest.mark.parametrize(
    ("before", "after", "days", "effect"),
    [
        (40, 12, (30, 30), Effect.BETTER),
        (40, 12, (100, 30), Effect.NONE_SEEN),  # as many a day
        (12, 40, (30, 30), Effect.WORSE),
        (5, 4, (30, 30), Effect.TOO_FEW),
        (0, 40, (30, 30), Effect.TOO_FEW),  # no per cent of nothing
        (40, 0, (30, 30), Effect.BETTER),
    ],
)
def test_how_many_is_compared_a_day(before, after, days, effect):
    found = said(rows([None] * before), rows([None] * after), Statistic.COUNT, better=Better.LOWER, days=days)
    assert found.effect is effect


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 90), st.integers(1, 90))
def test_the_chance_of_counts_is_that_of_exact_fractions(was, now, days, days_after):
    found, total, share_ = (
        of_counts((was, days), (now, days_after)),
        was + now,
        Fraction(days_after, days + days_after),
    )
    if total < 10:
        assert found is None
        return
    odds = [comb(total, k) * share_**k * (1 - share_) ** (total - k) for k in range(total + 1)]
    exact = sum(each for each in odds if each <= odds[now])
    assert float(exact) - 1e-6 <= found.chance <= float(exact) + 1e-6 or any(
        abs(float(each / odds[now]) - 1) < 1e-6 for each in odds if each > odds[now]
    )


@given(st.integers(10, 80), st.integers(10, 80), st.data())
def test_turning_the_windows_round_turns_the_word_round(n, m, data):
    met, later = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    one = said(share(met, n), share(later, m), Statistic.RATE).effect
    other = said(share(later, m), share(met, n), Statistic.RATE).effect
    turned = {Effect.BETTER: Effect.WORSE, Effect.WORSE: Effect.BETTER}
    assert other is turned.get(one, one)
