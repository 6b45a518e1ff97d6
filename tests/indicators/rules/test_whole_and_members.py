# SPDX-License-Identifier: EUPL-1.2
"""What is told of all surveys together, less what is told of each, leaves nobody's answers."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest

from siac.indicators.figures.guarding import untold_together
from siac.kernel.whole_periods import month, periods, quarter, untold, year

TODAY = date(2026, 2, 1)
LEAST = 5
Cell = tuple[str, date]


def told_sums(sizes: dict[str, dict[date, int]]) -> list[set[Cell]]:
    """Return of which answers a sum is told, for everything that is."""
    hidden = {member: untold(of, today=TODAY, least=LEAST) for member, of in sizes.items()}
    found = []
    for member, of in sizes.items():
        for period in periods(of, today=TODAY):
            if period.code not in hidden[member]:
                chains = {first: (month(first), quarter(first), year(first)) for first in of}
                found.append({(member, first) for first in of if period in chains[first]})
    together = untold_together(sizes, hidden, today=TODAY, least=LEAST)
    for period in periods({first for of in sizes.values() for first in of}, today=TODAY):
        if period.code not in together:
            found.append(
                {
                    (member, first)
                    for member, of in sizes.items()
                    for first in of
                    if period in (month(first), quarter(first), year(first))
                }
            )
    return found


def reduced(rows: Sequence[set[Cell]], cells: Sequence[Cell]) -> list[list[Fraction]]:
    """Return the reduced echelon form of sums."""
    matrix = [[Fraction(int(cell in row)) for cell in cells] for row in rows]
    done: list[list[Fraction]] = []
    for column in range(len(cells)):
        at = next((row for row in matrix if row[column]), None)
        if at is None:
            continue
        matrix.remove(at)
        at = [value / at[column] for value in at]
        matrix, done = (
            [[v - row[column] * a for v, a in zip(row, at, strict=True)] for row in some]
            for some in (matrix, done)
        )
        done.append(at)
    return done


def follows(some: Sequence[Cell], basis: Sequence[Sequence[Fraction]], cells: Sequence[Cell]) -> bool:
    """Return whether the sum of some answers follows from sums that are told."""
    wanted = [Fraction(int(cell in some)) for cell in cells]
    for row in basis:
        lead = next(place for place, value in enumerate(row) if value)
        if factor := wanted[lead]:
            wanted = [v - factor * a for v, a in zip(wanted, row, strict=True)]
    return not any(wanted)


@pytest.mark.parametrize("seed", range(30))
def test_no_few_answers_follow_from_the_whole_and_its_members(seed):
    of = {
        name: {date(2025, n, 1): (seed * step + n * n * (step + 2) + n) % 8 for n in range(1, 7)}
        for name, step in (("mesón", 3), ("teléfono", 5), ("web", 4))
    }
    sizes = {name: {first: n for first, n in each.items() if n} for name, each in of.items()}
    cells = [(name, first) for name, each in sizes.items() for first in each]
    basis = reduced(told_sums(sizes), cells)
    for count in (1, 2):
        for some in combinations(cells, count):
            if sum(sizes[name][first] for name, first in some) < LEAST:
                assert not follows(some, basis, cells), (some, sizes)


def test_a_month_of_few_in_one_survey_silences_the_whole_only_where_it_would_tell():
    ten = {date(2025, n, 1): 10 for n in (7, 8, 9)}
    sizes = {"web": ten, "mesón": {**ten, date(2025, 8, 1): 2}}
    hidden = {member: untold(of, today=TODAY, least=LEAST) for member, of in sizes.items()}
    assert hidden == {"web": set(), "mesón": {"2025-08", "2025-09"}}
    assert untold_together(sizes, hidden, today=TODAY, least=LEAST) == {"2025-08", "2025-09"}
    few = {f"punto {n}": {date(2025, 7, 1): 2} for n in range(4)}
    hidden = {member: untold(of, today=TODAY, least=LEAST) for member, of in few.items()}
    assert untold_together(few, hidden, today=TODAY, least=LEAST) == set(), "eight whom nothing tells apart"
