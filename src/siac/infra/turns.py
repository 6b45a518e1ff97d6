# SPDX-License-Identifier: EUPL-1.2
"""Work of a job on many things, so that one that fails ends no other: it is
noted, shown in `/salud` and tried next time.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from siac.infra.models import JobFault
from siac.infra.retrying import Ended, is_away, tried_again

log = logging.getLogger(__name__)
Step = tuple[str, Callable[[], int]]
"""What it is about (`case:12`; empty: the body as a whole) and the work, which
returns how many things it did.
"""
_SHOWN = 20


def each_in_turn(job: str, institution_id: int, steps: Iterable[Step], *, now: datetime) -> int:
    """Do the steps of one body one after another, each alone; return how many things were done.

    A step that fails is noted with the class of its error and the next one is done; what was noted in an
    earlier turn and is well now is forgotten (1 SQL, and 1 per failure). That the next step cannot be told
    (`steps` is often a generator that reads) is a failure of the body as a whole, and ends its turn.

    Raises:
        OperationalError, InterfaceError: the database is away.
        Ended: the long work that this is a part of was stopped, or another worker has it.
    """
    done, failed, left = 0, [], iter(steps)
    while True:
        subject = ""
        try:
            step = next(left, None)
            if step is None:
                break
            subject, work = step
            if connection.in_atomic_block:
                with transaction.atomic():
                    done += work()
            else:
                done += tried_again(work)
        except Exception as error:
            if isinstance(error, Ended) or is_away(error):
                raise
            log.exception("%s: body %s, %s", job, institution_id, subject or "as a whole")
            failed.append(_note(job, institution_id, subject, type(error).__name__, now))
    JobFault.objects.filter(job=job, institution_id=institution_id).exclude(pk__in=failed).delete()
    return done


def bodies_at_fault(job: str) -> list[int]:
    """Return the bodies in which a job could not do something at its last turn (1 SQL): a job that works on
    many at once goes through them again by `each_in_turn`, which forgets what is well now.
    """
    rows = JobFault.objects.filter(job=job).order_by("institution_id")
    return list(rows.values_list("institution_id", flat=True).distinct())


def each_alone(*works: Callable[[], object]) -> None:
    """Do several things of one job, each whether or not one before it failed.

    Raises:
        Exception: the first fault, once all were tried; the job then shows as failed.
    """
    faults: list[Exception] = []
    for work in works:
        try:
            work()
        except Exception as error:
            log.exception("a part of a job failed; the others go on")
            faults.append(error)
    if faults:
        raise faults[0]


def _note(job: str, institution_id: int, subject: str, error: str, now: datetime) -> int:
    row, is_new = JobFault.objects.get_or_create(
        job=job,
        institution_id=institution_id,
        subject=subject,
        defaults={"error": error[:100], "since": now, "last_at": now},
    )
    if not is_new:
        JobFault.objects.filter(pk=row.pk).update(error=error[:100], failures=F("failures") + 1, last_at=now)
    return row.pk


def faults_check(now: datetime) -> str | None:
    """Complain of what jobs could not do at their last turn."""
    rows = list(JobFault.objects.select_related("institution").order_by("since", "pk")[: _SHOWN + 1])
    told = [
        f"{row.job} ({row.institution.slug}{f', {row.subject}' if row.subject else ''}): {row.error},"
        f" {row.failures} since {row.since:%Y-%m-%d %H:%M}Z"
        for row in rows[:_SHOWN]
    ]
    return "; ".join([*told, "and more"] if len(rows) > _SHOWN else told) or None
