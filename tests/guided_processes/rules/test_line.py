# SPDX-License-Identifier: EUPL-1.2
"""Where a process stands, as tables and as properties: no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.processes.domain.guides import PhasePlan, keep_phases, read_phases
from siac.processes.domain.line import Ending, State, planned, running, states
from siac.processes.shipped.reading import shipped

STRICT = tuple(PhasePlan(code, code, code, days=5) for code in "ABC")
OPEN = (STRICT[0], PhasePlan("B", "B", "B", days=5, is_open_ended=True), STRICT[2])
D, S = Ending.DONE, Ending.SKIPPED


@pytest.mark.parametrize(
    ("phases", "ended", "blocked", "said"),
    [
        (STRICT, {}, set(), "current pending pending"),
        (STRICT, {"A": D}, set(), "done current pending"),
        (STRICT, {"A": D}, {"B"}, "done blocked pending"),
        (STRICT, {"A": D, "B": S}, set(), "done skipped current"),
        (STRICT, {"A": D, "B": D, "C": D}, set(), "done done done"),
        (STRICT, {"B": D}, set(), "current done pending"),  # opened again: what ended stays so
        (OPEN, {"A": D}, set(), "done open current"),
        (OPEN, {"A": D, "C": D}, set(), "done open done"),
    ],
)
def test_each_phase_stands_as_those_before_it_let_it(phases, ended, blocked, said):
    assert " ".join(states(phases, ended, blocked)) == said


PHASES = st.lists(st.booleans(), min_size=1, max_size=12).map(
    lambda flags: tuple(
        PhasePlan(f"p{at}", "x", "x", days=3, is_open_ended=flag) for at, flag in enumerate(flags)
    )
)


@given(PHASES, st.data())
def test_others_wait_for_one_phase_at_a_time(phases, data):
    codes = [phase.code for phase in phases]
    ended = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(list(Ending))))
    found = states(phases, ended, set())
    held = [at for at, state in enumerate(found) if state in (State.CURRENT, State.BLOCKED)]
    assert len(held) <= 1
    assert {codes[at] for at, state in enumerate(found) if state.value in ("done", "skipped")} == set(ended)
    assert all(found[at] is not State.PENDING or (held and held[0] < at) for at in range(len(found)))
    assert bool(running(found)) == (len(ended) < len(phases))


def add(day: date, days: int) -> date:
    return day + timedelta(days=days)


def test_phases_follow_one_another_by_their_usual_days_and_by_what_happened():
    start = date(2026, 9, 7)
    told = planned(STRICT, opened_on=start, ended_on={}, said={}, add=add)
    assert [each.last - start for each in told] == [timedelta(5), timedelta(10), timedelta(15)]
    ended, said = {"A": add(start, 9)}, {"B": add(start, 11)}
    late = planned(STRICT, opened_on=start, ended_on=ended, said=said, add=add)
    assert [(each.last - start).days for each in late] == [9, 11, 16]
    assert [(each.first - start).days for each in late] == [0, 9, 11]


def test_a_phase_that_goes_on_holds_nobody_up():
    start = date(2026, 9, 7)
    told = planned(OPEN, opened_on=start, ended_on={}, said={}, add=add)
    assert [(each.first - start).days for each in told] == [0, 5, 5]


def test_what_is_kept_comes_back():
    for guide in shipped().values():
        assert read_phases(keep_phases(guide.phases)) == guide.phases


def test_the_guides_that_come_with_the_product_are_whole():
    known = shipped()
    assert [phase.code for phase in known["mtpe-f1-f12"].phases] == [f"F{n}" for n in range(1, 13)]
    tasks = [task for phase in known["municipal-28"].phases for task in phase.tasks]
    assert len(tasks) == 28 and all(task.who for task in tasks)
    whole = {"mtpe-f1-f12", "municipal-28", "rd-951-2005", "carta-compromisos"}
    assert {code: guide.subject_kind for code, guide in known.items() if guide.source} == {
        **dict.fromkeys(whole, "charter"), "difusion-carta": "charter_edition",
        "pmg-calidad-servicio": "programme", "siac-seis-ambitos": "programme",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [{"code": "A", "short": "a", "name": "a"}] * 2,
        [{"code": "A", "short": "a", "name": "a", "tasks": [{"code": "t", "text": "x"}] * 2}],
    ],
)
def test_phases_and_tasks_have_codes_of_their_own(wrong):
    with pytest.raises(ValueError, match="codes of their own"):
        read_phases(wrong)
