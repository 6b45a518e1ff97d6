# SPDX-License-Identifier: EUPL-1.2
"""Which day is day 0: the shift of what arrives outside office hours or on a non-business day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.refusals import Code
from siac.kernel.errors import Refused

OFFICIAL = "oficio"
"""Channel of what nobody filed: a procedure that the body begins itself."""
ANSWER = "respuesta"
"""Channel of what a person hands in while a term waits for it."""
CHANNELS = ("web", "desk", "libro", "mesa", OFFICIAL)
DEFAULT_CLOSING = time(16, 30)
"""Office closing where the body has not set its own."""


class Shift(StrEnum):
    REAL_DATE = "real_date"
    NEXT_BUSINESS = "next_business"
    OFFICE_HOURS = "office_hours"


@dataclass(frozen=True, slots=True)
class ShiftStep:
    """A shift in force between two dates (None: open), with the law behind it."""

    shift: Shift
    valid_from: date | None
    valid_to: date | None
    why: str


StartPolicy = Mapping[str, Sequence[ShiftStep]]
"""Channel -> the shifts that have been in force for it."""


@dataclass(frozen=True, slots=True)
class Start:
    """Day 0 of a term, and why it is not the day of the event (empty when it is)."""

    day0: date
    why: str = ""


def start_of(
    policy: StartPolicy,
    calendar: WorkingCalendar,
    *,
    on: date,
    at: time | None,
    channel: str,
    closes_at: time | None,
) -> Start:
    """Return day 0 for something that arrived by `channel` on the local date `on` at the local time `at`.

    Raises:
        Refused: UNKNOWN_CHANNEL, OUTSIDE_COVERAGE.
    """
    if channel not in (*CHANNELS, ANSWER):
        raise Refused(Code.UNKNOWN_CHANNEL, channel=channel)
    for step in policy.get(channel, ()):
        if (step.valid_from or date.min) <= on <= (step.valid_to or date.max):
            day0 = _shifted(step.shift, calendar, on, at, closes_at or DEFAULT_CLOSING)
            return Start(day0, step.why if day0 != on else "")
    return Start(on)


def answer_of(policy: StartPolicy, calendar: WorkingCalendar, on: date) -> Start:
    """Return the day from which an answer that came on the local date `on` lets
    a term run on, and why it is another.

    In Chile what is handed in on a non-business day counts as received on the next (art. 25 Ley 19.880).

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    return start_of(policy, calendar, on=on, at=None, channel=ANSWER, closes_at=None)


def _shifted(shift: Shift, calendar: WorkingCalendar, on: date, at: time | None, closes_at: time) -> date:
    if shift is Shift.REAL_DATE:
        return on
    late = shift is Shift.OFFICE_HOURS and at is not None and at > closes_at
    if late and calendar.is_business(on):
        return calendar.add_business(on, 1)
    return calendar.next_business(on)
