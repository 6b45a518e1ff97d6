# SPDX-License-Identifier: EUPL-1.2
"""Staffing of phones and counters: known values of Erlang-C and Erlang-A, a simulation, and the limits."""

import heapq
import random
from fractions import Fraction

import pytest

from siac.indicators.domain.queueing import Goal, Load, need, served

SIXTY_AN_HOUR = Load(30, Fraction(8))


def test_the_fewest_desks_that_reach_a_goal_and_the_people_that_takes():
    found = need(SIXTY_AN_HOUR, Goal(80, Fraction(10), 30))
    assert found is not None
    assert (found.served.desks, found.people) == (9, 13)
    assert (round(found.served.within, 4), round(found.served.waits, 4)) == (0.8128, 0.6533)


def test_without_enough_desks_the_line_never_ends():
    assert served(SIXTY_AN_HOUR, 8, Fraction(10)) is None


@pytest.mark.parametrize(
    ("desks", "waits", "leave", "wait"), [(9, 0.457, 0.071, 1.06), (8, 0.617, 0.118, 1.77)]
)
def test_people_without_patience_leave_and_the_line_ends(desks, waits, leave, wait):
    found = served(Load(30, Fraction(8), Fraction(15)), desks, Fraction(10))
    assert found is not None
    assert found.waits == pytest.approx(waits, abs=0.001)
    assert found.leave == pytest.approx(leave, abs=0.001)
    assert found.mean_wait == pytest.approx(wait, abs=0.01)


def simulated(load: Load, desks: int, within: float, people: int = 250_000) -> tuple[float, float]:
    """Return the shares served in time and gone, of people who come one by one."""
    chance, clock, in_time, left = random.Random(4), 0.0, 0, 0
    free = [0.0] * desks
    for _ in range(people):
        clock += chance.expovariate(load.arrivals / 30)
        wait = max(0.0, free[0] - clock)
        if wait > chance.expovariate(1 / float(load.patience)):
            left += 1
            continue
        in_time += wait <= within
        heapq.heapreplace(free, clock + wait + chance.expovariate(1 / float(load.minutes)))
    return in_time / people, left / people


@pytest.mark.parametrize(
    ("load", "desks", "within"),
    [
        (Load(30, Fraction(8), Fraction(15)), 9, 2),
        (Load(60, Fraction(5), Fraction(3)), 9, 1),
        (Load(10, Fraction(10), Fraction(30)), 4, 5),
    ],
)
def test_who_is_served_in_time_agrees_with_people_who_come_one_by_one(load, desks, within):
    found = served(load, desks, Fraction(within))
    in_time, left = simulated(load, desks, within)
    assert found is not None
    assert found.within == pytest.approx(in_time, abs=0.01)
    assert found.leave == pytest.approx(left, abs=0.01)


def test_nobody_needs_nobody():
    found = need(Load(0, Fraction(8)), Goal(80, Fraction(10), 30))
    assert found is not None and (found.served.desks, found.people) == (0, 0)


def test_what_five_hundred_desks_cannot_do_is_not_promised():
    assert need(Load(2000, Fraction(480)), Goal(80, Fraction(0))) is None


@pytest.mark.parametrize("patience", [0, 5])
def test_more_desks_never_serve_worse(patience):
    load = Load(40, Fraction(7), Fraction(patience))
    shares = [found.within for desks in range(10, 20) if (found := served(load, desks, Fraction(3)))]
    assert shares == sorted(shares)


@pytest.mark.parametrize("minutes", [480, 7])
def test_the_greatest_numbers_of_the_form_are_worked_out_or_refused_at_once(minutes):
    """2,000 arrivals with 480 minutes of patience made a line of thousands, each looked at 2,000 times."""
    found = need(Load(2000, Fraction(minutes), Fraction(480)), Goal(99, Fraction(480)))
    assert (found is None) is (minutes == 480)
