# SPDX-License-Identifier: EUPL-1.2
"""How far a plan is, exact, and where its steps lead."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.improvement.domain.progress import weighted, whole
from siac.improvement.domain.states import CHANGEABLE, PlanState, PlanStep, after


@pytest.mark.parametrize(
    ("parts", "percent", "said"),
    [
        ([], None, 0),
        ([(1, 0)], Fraction(0), 0),
        ([(1, 100)], Fraction(100), 100),
        ([(1, 50), (3, 100)], Fraction(350, 4), 88),
        ([(1, 1), (100, 0)], Fraction(1, 101), 1),
        ([(1, 99), (100, 100)], Fraction(10_099, 101), 99),
        ([(2, 33), (1, 34)], Fraction(100, 3), 33),
        ([(1, 25), (1, 26)], Fraction(51, 2), 26),
    ],
)
def test_progress_is_weighted_exactly_and_only_what_is_done_is_a_hundred(parts, percent, said):
    assert (weighted(parts), whole(weighted(parts))) == (percent, said)


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=40))
def test_progress_lies_between_the_least_and_the_most_and_forgets_no_order(parts):
    found = weighted(parts)
    assert min(done for _, done in parts) <= found <= max(done for _, done in parts)
    assert weighted(reversed(parts)) == found
    assert (whole(found) == 100) is all(done == 100 for _, done in parts)
    assert (whole(found) == 0) is all(done == 0 for _, done in parts)


@pytest.mark.parametrize(
    ("state", "step", "leads"),
    [
        (PlanState.DRAFT, PlanStep.PROPOSE, PlanState.PROPOSED),
        (PlanState.PROPOSED, PlanStep.REJECT, PlanState.DRAFT),
        (PlanState.PROPOSED, PlanStep.APPROVE, PlanState.APPROVED),
        (PlanState.DRAFT, PlanStep.APPROVE, None),
        (PlanState.APPROVED, PlanStep.PROPOSE, None),
        (PlanState.RUNNING, PlanStep.CLOSE, None),
        (PlanState.CLOSED, PlanStep.EVALUATE, None),
    ],
)
def test_where_steps_lead(state, step, leads):
    assert after(state, step) == leads


def test_nothing_before_a_body_or_over_is_changed():
    assert set(PlanState) - set(CHANGEABLE) == {PlanState.PROPOSED, PlanState.EVALUATED, PlanState.CLOSED}
