# SPDX-License-Identifier: EUPL-1.2
"""Asking for a frozen report, and having one go on that broke off."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from siac.accounts.public import User
from siac.indicators.public import Window
from siac.infra.longwork import begin
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution
from siac.reporting.frozen.making import LINE
from siac.reporting.models import FrozenReport, OwnReport

MOST_A_DAY = 20
"""So many may people of a body ask for on one local day: each is kept for good, with its paper."""
AT_ONCE = timedelta(minutes=1)
"""One of the same period that was asked for so shortly before is what a second press means."""
MOVING = (WorkState.WAITING, WorkState.RUNNING)


@transaction.atomic
def ask_for_frozen(
    *, institution: Institution, report: OwnReport | None, window: Window, actor: User | None, now: datetime
) -> FrozenReport:
    """Have a report frozen by a job: the executive summary (`report` None) or one of the body's own. One of
    the same period that is on its way, or was asked for just before, is given back instead (5 SQL).

    Raises:
        Refused: people asked for so many today that this one has to wait until tomorrow (frozen_many).
    """
    _one_at_a_time(institution)
    asked = FrozenReport.objects.filter(institution=institution)
    same = asked.filter(report=report, letter=None, length=window.length.value, first=window.first)
    just_now = Q(state=WorkState.DONE, asked_at__gt=now - AT_ONCE, asked_by=actor)
    found = same.filter(Q(state__in=MOVING) | just_now).defer("paper", "content").order_by("-pk").first()
    if found is not None:
        return found
    today = institution.local_date(now)
    begins, _ = institution.day_bounds(today, today)
    if actor is not None and asked.filter(asked_by__isnull=False, asked_at__gte=begins).count() >= MOST_A_DAY:
        raise Refused("frozen_many", limit=MOST_A_DAY)
    row = FrozenReport(
        institution=institution, report=report, length=window.length.value, first=window.first,
        last=window.end, asked_by=actor, asked_at=now,
    )  # fmt: skip
    return begin(LINE, row, now=now, refusal="frozen_moving")


def _one_at_a_time(institution: Institution) -> None:
    """Wait for whoever asks for a frozen report of the same body just now (1 SQL)."""
    with connection.cursor() as cursor:
        lock = "SELECT pg_advisory_xact_lock(hashtextextended('reporting.summary', %s))"
        cursor.execute(lock, [institution.pk])


@transaction.atomic
def go_on_with_frozen(*, institution: Institution, frozen_id: int, now: datetime) -> FrozenReport:
    """Have a frozen report made that broke off (3 SQL).

    Raises:
        Refused: there is none (frozen_unknown), or it did not break off (frozen_moving).
    """
    row = LINE.locked(frozen_id, institution=institution)
    if row is None:
        raise Refused("frozen_unknown")
    return begin(LINE, row, now=now, refusal="frozen_moving")
