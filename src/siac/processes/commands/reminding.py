# SPDX-License-Identifier: EUPL-1.2
"""Reminding people of the tasks of processes that they have: three days before, and once they are late."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution
from siac.processes.models import TaskRecord
from siac.processes.queries import undone

NOTICE = "processes.task"
BEFORE = timedelta(days=3)
"""How long before its day somebody is reminded of a task."""
AT_ONCE = 500


@transaction.atomic
def remind(institution: Institution, *, now: datetime) -> int:
    """Remind those who have a task that falls due within three days, and those whose task fell late, each of
    these once; return how many (4 SQL). Whoever does not work here any more is not reminded.
    """
    today = institution.local_date(now)
    waiting = undone().select_for_update(of=("self",), skip_locked=True).filter(
        Q(reminded_on=None) | Q(reminded_on__lte=F("due_on"), due_on__lt=today),
        institution=institution, responsible__is_active=True, due_on__lte=today + BEFORE,
    )  # fmt: skip
    rows = list(waiting.order_by("pk")[:AT_ONCE])
    if not rows:
        return 0
    TaskRecord.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today)
    new = [NewNotice(NOTICE, f"user:{row.responsible_id}", "email", "process_task", row.pk) for row in rows]
    queue_many(institution.pk, new, now)
    return len(rows)
