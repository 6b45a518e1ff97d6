# SPDX-License-Identifier: EUPL-1.2
"""Which act leads a long work from which state to which."""

import pytest

from siac.kernel.work_states import Act, WorkState, after, is_moving

S = WorkState
LEADS = {
    Act.CLAIM: {S.WAITING: S.RUNNING, S.RUNNING: S.RUNNING},
    Act.FINISH: {S.RUNNING: S.DONE},
    Act.FAIL: {S.WAITING: S.FAILED, S.RUNNING: S.FAILED},
    Act.STOP: {S.WAITING: S.STOPPED, S.RUNNING: S.STOPPED},
    Act.TAKE_UP: {S.FAILED: S.WAITING, S.STOPPED: S.WAITING},
    Act.BEGIN: {},
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", S)
def test_an_act_leads_somewhere_only_at_its_moment(state, act):
    assert after(state.value, act) == LEADS[act].get(state)


@pytest.mark.parametrize("own", ["preview", "proposed", "expired"])
def test_a_state_of_its_own_can_only_be_begun(own):
    assert after(own, Act.BEGIN) == S.WAITING
    assert not any(after(own, act) for act in Act if act is not Act.BEGIN)


def test_what_is_done_never_goes_on():
    assert not any(after(S.DONE, act) for act in Act)


def test_only_what_waits_or_runs_is_moving():
    assert [state for state in S if is_moving(state)] == [S.WAITING, S.RUNNING]
