# SPDX-License-Identifier: EUPL-1.2
"""What a citizen is told of the day of the answer, on every page, paper and notice alike: one promise,
the first day that binds the body, and its outer limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from siac.cases.domain.clock_kinds import COMMITMENT, DELAY, LEGAL, REVIEW, STANDARD
from siac.cases.models import Case
from siac.cases.pages import ClockLine, clock_lines
from siac.clocks.public import Clock, rule_of
from siac.ui.languages.speaking import long_date_said, said

ANSWER_CLOCKS = (LEGAL, STANDARD, COMMITMENT, REVIEW, DELAY)
"""Kinds of clock that an answer to the person ends."""
_LIVE = (Clock.State.RUNNING, Clock.State.MISSED)


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """The day by which the answer is due, local to the body, and the clock that says why."""

    line: ClockLine
    is_late: bool
    """That day has passed without an answer."""
    outer: date | None
    """The last day of all, where it is a later one and has not passed."""
    outer_is_law: bool
    """It comes from an article of law, not from a standard of the body."""
    broken: date | None
    """The last day before it that was promised too and was not kept, while this one is still to come."""

    @property
    def by(self) -> date:
        return self.line.clock.due_on

    @property
    def sentences(self) -> list[str]:
        """The promise as a notice tells it."""
        if self.is_late:
            late = _("Debimos responderle el %(day)s. Seguimos obligados a hacerlo.")
            return [late % {"day": long_date_said(self.by)}]
        told = _("Le responderemos a más tardar el %(day)s.") % {"day": long_date_said(self.by)}
        if not self.outer:
            return [told]
        outer = {"limit": said(self.limit), "outer": long_date_said(self.outer)}
        return [f"{told} {_('%(limit)s el %(outer)s.') % outer}"]

    @property
    def limit(self) -> str:
        """What the last day of all is called, before its date."""
        return "La ley nos da hasta" if self.outer_is_law else "Nuestro plazo máximo es"


def promised_day(case: Case, *, today: date) -> AnswerDay | None:
    """Return `answer_day` of a case whose clocks were not read yet (1 SQL when calendars are warm)."""
    return answer_day(case, clock_lines(case), today=today)


def promise_told(case: Case, *, today: date) -> list[str]:
    """Return the sentences that a notice says about the day of the answer; none while none is due (as
    `promised_day`).
    """
    promise = promised_day(case, today=today)
    return promise.sentences if promise else []


def answer_day(case: Case, lines: Sequence[ClockLine], *, today: date) -> AnswerDay | None:
    """Return the promise of an open case by its running clocks; None while none
    runs (the person is asked to complete it).

    The first day to come binds; when all have passed, the last of them is the one that was not kept. No SQL.
    """
    running = [
        line
        for line in lines
        if line.clock.kind in ANSWER_CLOCKS and line.clock.ended_at is None and line.clock.state in _LIVE
    ]
    if not case.is_open or not running:
        return None
    running.sort(key=lambda line: line.clock.due_on)
    first = next((line for line in running if line.clock.due_on >= today), running[-1])
    last = running[-1]
    outer = last.clock.due_on if last.clock.due_on > first.clock.due_on else None
    missed = [line.clock.due_on for line in running if line.clock.due_on < today and line is not first]
    broken = max(missed, default=None) if first.clock.due_on >= today else None
    return AnswerDay(first, first.clock.due_on < today, outer, _is_law(last.clock), broken)


def _is_law(clock: Clock) -> bool:
    """Return whether the day comes from an article of law: a body's own rule or a bare amount does not."""
    rule = rule_of(clock)
    return rule is not None and rule.has_article
