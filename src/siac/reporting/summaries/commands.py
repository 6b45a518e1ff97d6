# SPDX-License-Identifier: EUPL-1.2
"""Asking for a summary, and saying how often one is made."""

from datetime import date, datetime

from django.db import connection, transaction

from siac.accounts.public import User
from siac.indicators.public import Length, Window, containing
from siac.infra.longwork import begin
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution, note_configuration
from siac.reporting.models import Summary, SummarySchedule
from siac.reporting.summaries.making import LINE

MOST_A_DAY = 20
"""So many summaries may people of a body ask for on one local day: each is kept for good, with its paper."""
MOVING = (WorkState.WAITING, WorkState.RUNNING)
LENGTHS = (Length.MONTH, Length.QUARTER, Length.YEAR)


@transaction.atomic
def ask_for_summary(
    *, institution: Institution, length: Length, first: date, actor: User | None, now: datetime
) -> Summary:
    """Have the summary of a period made by a job: the month, quarter or year that has the local day `first`.
    One of the same period that is on its way is given back instead (5 SQL).

    Raises:
        Refused: the period has not begun (summary_period), or people asked for so many today that this one
            has to wait until tomorrow (summary_many).
    """
    today = institution.local_date(now)
    if length not in LENGTHS or first > today:
        raise Refused("summary_period")
    window = containing(length, first, today=today)
    _one_at_a_time(institution)
    asked = Summary.objects.filter(institution=institution)
    same = asked.filter(length=length.value, first=window.first, state__in=MOVING).defer("paper").first()
    if same is not None:
        return same
    begins, _ = institution.day_bounds(today, today)
    if actor is not None and asked.filter(asked_by__isnull=False, asked_at__gte=begins).count() >= MOST_A_DAY:
        raise Refused("summary_many", limit=MOST_A_DAY)
    row = Summary(
        institution=institution, length=length.value, first=window.first, last=window.end, asked_by=actor,
        asked_at=now,
    )  # fmt: skip
    return begin(LINE, row, now=now, refusal="summary_moving")


def _one_at_a_time(institution: Institution) -> None:
    """Wait for whoever asks for a summary of the same body just now (1 SQL)."""
    with connection.cursor() as cursor:
        lock = "SELECT pg_advisory_xact_lock(hashtextextended('reporting.summary', %s))"
        cursor.execute(lock, [institution.pk])


@transaction.atomic
def go_on_with_summary(*, institution: Institution, summary_id: int, now: datetime) -> Summary:
    """Have a summary made that broke off (3 SQL).

    Raises:
        Refused: there is none (summary_unknown), or it did not break off (summary_moving).
    """
    row = LINE.locked(summary_id, institution=institution)
    if row is None:
        raise Refused("summary_unknown")
    return begin(LINE, row, now=now, refusal="summary_moving")


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


def periods_due(schedule: SummarySchedule, *, today: date, settles: int) -> list[Window]:
    """Return the period whose summary is to be made on `today`: the last one that is over since so many days,
    if it ended since the schedule is kept. No SQL.
    """
    if not schedule.every:
        return []
    length = Length(schedule.every)
    over = containing(length, today, today=today).moved(-1, today=today)
    settled = (today - over.end).days > settles
    return [over] if settled and over.end >= schedule.since else []
