# SPDX-License-Identifier: EUPL-1.2
"""How far the days of a list are, in business days of the place that counts for each case."""

from datetime import date

from siac.cases.commands.planning import calendar_of
from siac.clocks.public import WorkingCalendar
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

NEAR = 5
"""Business days after today that are near."""


class DueDays:
    """The days of the cases of a body as seen from the local day `today`; no SQL when the calendars
    are warm.
    """

    def __init__(self, institution: Institution, today: date) -> None:
        self.institution, self.today = institution, today
        self._calendars: dict[int | None, WorkingCalendar | None] = {}
        self.near_until = self._near_until()

    def left(self, unit_id: int | None, due_on: date) -> int | None:
        """Return the business days until `due_on` at the place of a unit, negative
        once it passed; None out of its calendar.
        """
        calendar = self._calendar(unit_id)
        try:
            return None if calendar is None else calendar.business_between(self.today, due_on)
        except Refused:
            return None

    def is_near(self, due_on: date) -> bool:
        """Return whether `due_on` is at most `NEAR` business days of the body away, or has passed."""
        return due_on <= self.near_until

    def _near_until(self) -> date:
        calendar = self._calendar(None)
        try:
            return self.today if calendar is None else calendar.add_business(self.today, NEAR)
        except Refused:
            return self.today

    def _calendar(self, unit_id: int | None) -> WorkingCalendar | None:
        if unit_id not in self._calendars:
            try:
                self._calendars[unit_id] = calendar_of(self.institution, unit_id)
            except Refused:
                self._calendars[unit_id] = None
        return self._calendars[unit_id]
