# SPDX-License-Identifier: EUPL-1.2
"""Figures of satisfaction against worked examples, published results and properties that must always hold."""

import csv
import math
import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.kernel.errors import Refused
from siac.surveys.domain.bonus import LEY_20342, Step, bonus, check_steps
from siac.surveys.domain.satisfaction import (
    CONVENTIONS,
    Tally,
    effective_n,
    growth,
    interval,
    mean,
    percent,
    told_net,
    top_two,
    wilson,
)

COUNTS = st.integers(0, 3000)
TALLIES = st.tuples(COUNTS, COUNTS, COUNTS).filter(any).map(lambda each: Tally(*map(Fraction, each)))
DATA = Path(os.environ.get("SIAC_SAMPLE_DATA") or "/nowhere") / "chile_esu_2021_resultados.csv"


def tally(good: int, neutral: int, bad: int) -> Tally:
    return Tally(Fraction(good), Fraction(neutral), Fraction(bad))


def test_marks_are_good_neutral_or_bad_as_the_convention_says():
    marks = {1: 1, 4: 2, 5: 3, 6: 4, 7: 10}
    assert CONVENTIONS[7].tally(marks) == tally(14, 3, 3)
    assert percent(CONVENTIONS[7].tally(marks).net) == Decimal("55.0")
    assert (mean(marks), top_two(marks, 7)) == (Decimal("5.9"), Decimal("70.0"))
    assert CONVENTIONS[5].tally({1: 1, 2: 1, 3: 5, 4: 2, 5: 1}) == tally(3, 5, 2)
    assert CONVENTIONS[10].tally({0: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 5}) == tally(6, 2, 2)


def test_nobody_answered_is_no_figure():
    assert (tally(0, 0, 0).net, told_net(tally(0, 0, 0)), mean({}), top_two({}, 7)) == (None,) * 4
    assert percent(None) is None
    for fails in (lambda: interval(tally(0, 0, 0)), lambda: growth(tally(1, 0, 0), tally(0, 0, 0)),
                  lambda: wilson(0, 0), lambda: effective_n([])):  # fmt: skip
        with pytest.raises(ValueError):
            fails()


def test_the_interval_is_that_of_counts_with_half_a_person_more_of_each_sort():
    """By hand: 60.5, 20.5, 20.5 of 101.5; p - q = 0.39409, variance 0.64272, margin 1.96 x 0.079575."""
    found = interval(tally(60, 20, 20))
    assert (found.low, found.high, found.margin) == (Decimal("23.8"), Decimal("55.0"), Decimal("15.6"))


def test_who_asked_everybody_has_no_margin():
    found = interval(tally(60, 20, 20), population=100)
    assert (found.low, found.high, found.margin) == (Decimal("40.0"), Decimal("40.0"), Decimal("0.0"))
    assert interval(tally(60, 20, 20), population=200).margin < interval(tally(60, 20, 20)).margin


def test_one_answer_says_nearly_nothing():
    found = interval(tally(1, 0, 0))
    assert found.high == 100 and found.low < 0


@pytest.mark.parametrize(
    ("met", "n", "low", "high"),
    [(0, 10, "0.0", "27.8"), (5, 10, "23.7", "76.3"), (10, 10, "72.2", "100.0"), (81, 263, "25.5", "36.6")],
)
def test_a_share_has_the_interval_of_wilson(met, n, low, high):
    assert wilson(met, n) == (Decimal(low), Decimal(high))


def test_weights_make_answers_worth_less():
    assert effective_n([Fraction(1)] * 50) == 50
    assert effective_n([Fraction(3), Fraction(1)]) == Fraction(16, 10)
    with pytest.raises(ValueError):
        effective_n([Fraction(-1), Fraction(3)])


def test_a_growth_is_significant_where_it_exceeds_its_margin():
    small = growth(tally(62, 20, 18), tally(66, 20, 14))
    assert (small.points, small.is_significant) == (Decimal("8.0"), False)
    large = growth(tally(6200, 2000, 1800), tally(6600, 2000, 1400))
    assert (large.points, large.is_significant) == (Decimal("8.0"), True)


@given(TALLIES)
def test_the_index_stays_between_its_ends_and_in_its_interval_or_near(one):
    net = percent(one.net)
    found = interval(one)
    assert -100 <= found.low <= found.high <= 100
    assert -100 <= net <= 100
    assert found.low - 1 <= net <= found.high + 1 or one.n < 30


@given(TALLIES)
def test_turning_good_into_bad_turns_the_index_round(one):
    other = Tally(one.bad, one.neutral, one.good)
    assert other.net == -one.net
    assert interval(other).margin == interval(one).margin
    assert growth(one, one).points == 0 and not growth(one, one).is_significant


@given(TALLIES)
def test_the_margin_is_that_of_plain_floating_arithmetic(one):
    n = float(one.n) + 1.5
    p, q = (float(one.good) + 0.5) / n, (float(one.bad) + 0.5) / n
    expected = 100 * 1.959964 * math.sqrt((p + q - (p - q) ** 2) / n)
    assert abs(float(interval(one).margin) - expected) <= 0.0501


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval(share):
    met, n = share
    low, high = wilson(met, n)
    assert low <= percent(Fraction(met, n)) <= high


@pytest.mark.parametrize(
    ("before", "after", "demanded", "reached", "paid"),
    [
        ("62.0", "63.3", "1.5", "86.7", "85"),
        ("62.0", "63.5", "1.5", "100.0", "100"),
        ("62.0", "63.35", "1.5", "90.0", "100"),
        ("62.0", "63.05", "1.5", "70.0", "70"),
        ("62.0", "63.0499", "1.5", "70.0", "0"),
        ("62.0", "60.0", "1.5", "-133.3", "0"),
        ("39.9", "42.9", "3", "100.0", "100"),
        ("-5.0", "-2.6", "3", "80.0", "85"),
        ("40.0", "41.6", "2", "80.0", "85"),
        ("65.0", "65.5", "0.5", "100.0", "100"),
        ("70.0", "70.0", "0", None, "100"),
        ("92.9", "92.8", "0", None, "0"),
    ],
)
def test_the_growth_gives_the_bonus_of_the_law(before, after, demanded, reached, paid):
    found = bonus(Decimal(before), Decimal(after))
    expected = None if reached is None else Decimal(reached)
    assert (found.demanded, found.reached, found.paid) == (Decimal(demanded), expected, Decimal(paid))


def test_the_steps_of_a_table_must_rise():
    check_steps(LEY_20342.demanded), check_steps(LEY_20342.paid)
    for wrong in ((), (Step(Decimal(1), Decimal(1)), Step(Decimal(1), Decimal(2)))):
        with pytest.raises(Refused, match="bonus_steps"):
            check_steps(wrong)


@pytest.mark.skipif(not DATA.exists(), reason="SIAC_SAMPLE_DATA does not name the folder of sample data")
def test_the_published_results_of_chile_follow_from_their_counts():
    """ESU 2021: each institution's net satisfaction, as it was published, from its weighted counts."""
    seen = 0
    for row in csv.DictReader(DATA.read_text().splitlines()):
        for name in ("experiencia", "eval_inst"):
            if not row[f"{name}_neta"]:
                continue
            good, bad, total = (
                Fraction(Decimal(row[f"{name}_{each}"])) for each in ("positivo", "negativo", "total")
            )
            assert told_net(Tally(good, total - good - bad, bad)) == Decimal(row[f"{name}_neta"]), row
            seen += 1
    assert seen > 60


@pytest.mark.parametrize(
    ("before", "after", "paid"),
    [
        (Fraction(1, 12), Fraction(331, 3000), 100),  # exactly 2.7 of 3 points
        (Fraction(1, 12), Fraction(331, 3000) - Fraction(1, 10**9), 85),
    ],
)
def test_exactly_ninety_in_a_hundred_is_ninety(before, after, paid):
    found = bonus(100 * before, 100 * after)
    assert (str(found.reached), found.paid) == ("90.0", paid)
