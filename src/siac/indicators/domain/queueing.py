# SPDX-License-Identifier: EUPL-1.2
"""How many people a phone or a counter needs, by the formulas of Erlang.

Assumed, and said on the page: people arrive by chance at an even rate within the half hour, a conversation
lasts as long as chance makes it around its mean, the first who came is served first. With *patience* those
who wait too long leave (Erlang-A); without, everybody stays (Erlang-C), and fewer desks than arrivals need
never catch up. Rates and times are estimates and therefore floats; desks and people are whole.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp

MOST_DESKS = 500
HALF_HOUR = 30
_TOO_SELDOM = 1e-7
_LONGEST_LINE = 2 * MOST_DESKS
"""People that are there at most; whoever comes then turns away."""


@dataclass(frozen=True, slots=True)
class Load:
    """What comes in half an hour: how many people, how many minutes each takes, and after how many minutes of
    waiting one leaves (0: never).
    """

    arrivals: int
    minutes: Fraction
    patience: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Goal:
    """How well they are to be served: so many in a hundred within so many minutes; `shrinkage`: of a hundred
    paid hours so many are breaks, training and leave.
    """

    percent: int
    within: Fraction
    shrinkage: int = 0


@dataclass(frozen=True, slots=True)
class Served:
    """What `desks` make of a load: the share of those served (or answered) within the goal's minutes, of
    those who wait at all, of those who leave, and the mean wait in minutes. None where the line grows
    without end.
    """

    desks: int
    within: float
    waits: float
    leave: float
    mean_wait: float


@dataclass(frozen=True, slots=True)
class Need:
    """The fewest desks that reach a goal, and the people that takes with those who are away."""

    served: Served
    people: int


def need(load: Load, goal: Goal) -> Need | None:
    """Return the fewest desks that reach a goal in a half hour; None where 500 would not."""
    if not load.arrivals:
        return Need(Served(0, 1.0, 0.0, 0.0, 0.0), 0)
    if load.arrivals * load.minutes > MOST_DESKS * HALF_HOUR:
        return None
    least, most = 1, MOST_DESKS + 1
    best: Served | None = None
    while least < most:  # more desks never serve worse
        desks = (least + most) // 2
        found = served(load, desks, goal.within)
        if found is not None and found.within * 100 >= goal.percent:
            best, most = found, desks
        else:
            least = desks + 1
    return Need(best, ceil(Fraction(best.desks * 100, 100 - goal.shrinkage))) if best else None


def served(load: Load, desks: int, within: Fraction) -> Served | None:
    """Return what so many desks make of a load; None where the line would grow without end."""
    offered = float(load.arrivals * load.minutes) / HALF_HOUR
    if load.patience:
        return _with_patience(load, desks, offered, float(within))
    if desks <= offered:
        return None
    waits = _erlang_c(desks, offered)
    leaving = (desks - offered) / float(load.minutes)
    return Served(desks, 1 - waits * exp(-leaving * float(within)), waits, 0.0, waits / leaving)


def _erlang_c(desks: int, offered: float) -> float:
    """Return the share of those who wait, by the recursion of Erlang-B, which never leaves 0 to 1."""
    blocked = 1.0
    for n in range(1, desks + 1):
        blocked = offered * blocked / (n + offered * blocked)
    return desks * blocked / (desks - offered * (1 - blocked))


def _with_patience(load: Load, desks: int, offered: float, within: float) -> Served:
    """Return what the chain of how many are there says, each who waits leaving after `patience` on average.

    Who leaves is not served within anything.
    """
    service, patience = 1 / float(load.minutes), 1 / float(load.patience)
    arrival = load.arrivals / HALF_HOUR
    weights, n, most = [1.0], 0, 1.0
    while n < _LONGEST_LINE:
        n += 1
        weights.append(weights[-1] * arrival / (min(n, desks) * service + max(0, n - desks) * patience))
        most = max(most, weights[-1])
        if n > desks and weights[-1] < 1e-12 * most:
            break
        if most > 1e200:
            weights, most = [each / 1e200 for each in weights], most / 1e200
    whole = sum(weights)
    share = [each / whole for each in weights]
    waiting = sum((place - desks) * each for place, each in enumerate(share) if place > desks)
    waits = sum(each for place, each in enumerate(share) if place >= desks)
    line = share[desks:]
    while len(line) > 1 and line[-1] < _TOO_SELDOM:
        line.pop()
    chances = _served_within(len(line) - 1, desks * service, patience, within)
    in_time = sum(share[:desks]) + sum(p * chance for p, chance in zip(line, chances, strict=True))
    return Served(desks, min(1.0, in_time), waits, waiting * patience / arrival, waiting / arrival)


_LEAST_STEPS, _MOST_STEPS = 100, 500


def _served_within(most: int, ending: float, leaving: float, within: float) -> list[float]:
    """Return, by how many others stand before one (0 to `most`), the chance to be served within a time and
    not to leave before.

    The line before one only shrinks: a desk ends (`ending`) or one of those before leaves. Solved in steps so
    short that at most about one of both happens in each.
    """
    chances = [0.0] * (most + 1)
    if within <= 0:
        return chances
    rates = [ending + place * leaving for place in range(most + 1)]
    steps = min(_MOST_STEPS, max(_LEAST_STEPS, ceil(4 * (rates[-1] + leaving) * within)))
    stays = [exp(-(rate + leaving) * within / steps) for rate in rates]
    moves = [(1 - stay) * rate / (rate + leaving) for stay, rate in zip(stays, rates, strict=True)]
    for _ in range(steps):
        nearer = 1.0
        for place, chance in enumerate(chances):
            chances[place] = chance * stays[place] + moves[place] * nearer
            nearer = chance
    return chances
