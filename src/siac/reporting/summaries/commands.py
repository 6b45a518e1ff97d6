# SPDX-License-Identifier: EUPL-1.2
"""Asking for a summary, and saying how often one is made."""

from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.indicators.public import Length, containing
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration
from siac.reporting.frozen.commands import ask_for_frozen
from siac.reporting.models import FrozenReport, SummarySchedule

LENGTHS = (Length.MONTH, Length.QUARTER, Length.YEAR)


def ask_for_summary(
    *, institution: Institution, length: Length, first: date, actor: User | None, now: datetime
) -> FrozenReport:
    """Have the summary of a period made by a job: the month, quarter or year that has the local day `first`.
    As `ask_for_frozen`, of which it costs the same.

    Raises:
        Refused: the period has not begun (summary_period), or as `ask_for_frozen`.
    """
    today = institution.local_date(now)
    if length not in LENGTHS or first > today:
        raise Refused("summary_period")
    window = containing(length, first, today=today)
    return ask_for_frozen(institution=institution, report=None, window=window, actor=actor, now=now)


@transaction.atomic
def save_schedule(
    *, institution: Institution, every: str, actor: User | None, now: datetime
) -> SummarySchedule:
    """Say how often a summary is made by itself, for periods that end from now on (3 SQL)."""
    today = institution.local_date(now)
    row, _ = SummarySchedule.objects.update_or_create(
        institution=institution, defaults={"every": every}, create_defaults={"every": every, "since": today}
    )
    note_configuration(
        institution.pk, "reporting.schedule_saved", actor=actor, now=now, data={"every": every}
    )
    return row
