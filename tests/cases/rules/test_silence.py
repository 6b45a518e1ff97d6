# SPDX-License-Identifier: EUPL-1.2
"""What a term without an answer means, as a table."""

from datetime import date

import pytest

from siac.cases.domain.silence import Stage, silence_of

DUE, AFTER, LAST = date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 13)


@pytest.mark.parametrize(
    ("effect", "today", "needs_report", "last_term", "stage"),
    [
        ("negative", DUE, False, None, Stage.RUNNING),  # the last day still belongs to the body
        ("negative", AFTER, False, None, Stage.REFUSED),
        ("opens_appeal", AFTER, False, None, Stage.EXPIRED),
        ("none", AFTER, False, None, Stage.EXPIRED),
        ("positive", AFTER, False, None, Stage.GRANTED),
        ("positive", AFTER, True, None, Stage.REPORTABLE),
        ("positive", LAST, True, LAST, Stage.REPORTED),
        ("positive", date(2026, 10, 14), True, LAST, Stage.GRANTED),
    ],
)
def test_stage_by_effect_and_day(effect, today, needs_report, last_term, stage):
    found = silence_of(effect, today=today, due_on=DUE, needs_report=needs_report, last_term=last_term)
    assert found.stage is stage


def test_a_stopped_term_is_never_silent():
    assert silence_of("negative", today=AFTER, due_on=None).stage is Stage.RUNNING


def test_it_says_since_when():
    assert silence_of("negative", today=AFTER, due_on=DUE).since == DUE
    assert (
        silence_of("positive", today=date(2026, 11, 1), due_on=DUE, needs_report=True, last_term=LAST).since
        == LAST
    )
