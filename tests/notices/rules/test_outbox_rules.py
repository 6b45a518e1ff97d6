# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.notices.domain.outbox import Code, Outcome, State, next_try
from siac.notices.texts import OUTCOMES, REFUSALS, STATES

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (99, 360)])
def test_waits_double_up_to_six_hours(attempts, minutes) -> None:
    assert next_try(NOW, attempts, NOW) == NOW + timedelta(minutes=minutes)


@given(st.integers(0, 100), st.integers(0, 5 * 24 * 60))
def test_it_goes_on_for_three_days(attempts, minutes) -> None:
    again = next_try(NOW, attempts, NOW + timedelta(minutes=minutes))
    assert (again is None) == (minutes >= 3 * 24 * 60)


def test_every_code_has_words() -> None:
    assert set(REFUSALS) == set(Code)
    assert set(STATES) == set(State)
    assert set(OUTCOMES) == {*Outcome, ""}
