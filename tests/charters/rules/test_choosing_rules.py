# SPDX-License-Identifier: EUPL-1.2
"""The order in which services need a charter, as a table: no database."""

from decimal import Decimal

import pytest

from siac.charters.choosing.reading import reasons_words
from siac.charters.domain.choosing import Candidate, Standing, ranked

NONE, WRITING, IN_FORCE = Standing


def of(name: str, demand: int | None, share: str | None, reach: int | None, standing=NONE) -> Candidate:
    return Candidate(ord(name), name, standing, demand, None if share is None else Decimal(share), reach)


@pytest.mark.parametrize(
    ("candidates", "order"),
    [
        ([], []),
        ([of("a", None, None, None)], [("a", 0)]),
        # More in every respect comes first: one point for each other, in each respect.
        ([of("a", 1, "1", 1), of("b", 2, "2", 2), of("c", 3, "3", 3)], [("c", 6), ("b", 3), ("a", 0)]),
        # No respect weighs more: b is first in two of three.
        ([of("a", 900, "1", 10), of("b", 100, "20", 20)], [("b", 2), ("a", 1)]),
        # Equal values win nothing of one another; then demand decides, then the name.
        ([of("b", 5, "10", None), of("a", 5, "10", None)], [("a", 0), ("b", 0)]),
        ([of("a", 5, "10", None), of("b", 6, "5", None)], [("b", 1), ("a", 1)]),
        # What is known comes before what is not, but nothing comes before nobody.
        ([of("a", None, None, None), of("b", 4, None, None)], [("b", 1), ("a", 0)]),
        ([of("b", 0, "0", 0), of("a", None, None, None)], [("a", 0), ("b", 0)]),
        # A charter that is there, or comes, puts a service last whatever it wins.
        (
            [of("a", 9, "9", 9, IN_FORCE), of("b", 5, "5", 5, WRITING), of("c", 1, "1", 1)],
            [("c", 0), ("b", 3), ("a", 6)],
        ),
    ],
)
def test_the_order_is_told_by_points_in_three_respects(candidates, order):
    assert [(each.candidate.name, each.points) for each in ranked(candidates)] == order


def test_the_order_does_not_hang_on_the_order_of_what_is_given():
    rows = [of("a", 3, "1", None), of("b", 3, "2", 8), of("c", None, "2", 9), of("d", 1, None, 9, WRITING)]
    assert ranked(rows) == ranked(rows[::-1])


def test_each_service_says_its_place_in_each_respect():
    first, second = ranked([of("a", 30, None, 5), of("b", 10, "50", 5)])
    assert reasons_words(first.reasons) == "1.º de 2 en demanda; sin dato en reclamos; 1.º de 2 en alcance"
    assert reasons_words(second.reasons) == "2.º de 2 en demanda; 1.º de 1 en reclamos; 1.º de 2 en alcance"
