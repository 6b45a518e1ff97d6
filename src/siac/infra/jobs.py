# SPDX-License-Identifier: EUPL-1.2
"""Jobs: how they are declared, which lane they run in, and the housekeeping of their queue."""

import contextlib
import json
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial, wraps
from typing import Any

from django.db import connection, connections
from django.db.backends.signals import connection_created
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from siac.infra.limits import break_off
from siac.infra.ready import Part
from siac.infra.retrying import AWAY, Busy, is_away, is_lost, tried_again
from siac.infra.standby import is_standby
from siac.infra.watching.instruments import counted_job
from siac.infra.watching.request_ids import named

log = logging.getLogger(__name__)
STALLED_AFTER = 30  # seconds without a sign of life of its worker; one is given every 10
KEEP_HOURS = 72
_LINES: set[Any] = set()
"""The connections of the jobs that run now."""
SHORT, ASKED, INTAKE, OUTGOING, LONG = "default", "asked", "intake", "outgoing", "long"
PROGRAMS, SIGNING = "programs", "signing"
LANES: dict[str, int] = {SHORT: 2, ASKED: 2, INTAKE: 1, OUTGOING: 1, PROGRAMS: 1, SIGNING: 1, LONG: 1}
"""Queues and how many jobs of each run at once in one worker: none waits for the jobs of another.

What the house does by the clock is short (`SHORT`); what somebody asked for and waits for may take minutes
(`ASKED`: an export, a case file, a bulk action). Letters of people go out by `OUTGOING`; programs of others,
of which some are always slow, are told by `PROGRAMS`; those that sign or stamp are asked by `SIGNING`.
"""
FIRST = 10
"""Priority of what goes before all else that waits in its lane."""
LONGEST_WAIT = 300  # seconds


_OWN = threading.local()
"""The connections (the library's) that the job of each thread had: Django forgets one that broke."""


def note_connection(connection: Any, **_: Any) -> None:
    """Note a connection that was made anew under a job."""
    raws = getattr(_OWN, "raws", None)
    if raws is not None:
        raws.append(connection.connection)


connection_created.connect(note_connection, dispatch_uid="siac.infra.jobs")


def _held() -> set[Any]:
    """Note the connections of this thread as those of a job, and return them."""
    lines = {connections[alias] for alias in connections}
    _LINES.update(lines)
    return lines


@contextlib.contextmanager
def in_job(periodic: str = "") -> Iterator[None]:
    """Let `break_off_all` reach the connections of this thread while a job runs in it; one by which the
    database was away is not used again: what is at its other end may follow another node now.

    A `periodic` job (its name) that lost the database ends in peace: it comes again by itself.
    """
    lines = _held()
    before, _OWN.raws = getattr(_OWN, "raws", None), [line.connection for line in lines]
    try:
        yield
    except AWAY as error:
        lost = is_lost(error, [*_OWN.raws, *(line.connection for line in lines)]) or is_standby(error)
        if not connection.in_atomic_block:
            connection.close()
        if not (periodic and lost):
            raise
        log.warning("%s lost the database; its next turn does what is left", periodic)
    finally:
        _OWN.raws = before
        _LINES.difference_update(lines)


def break_off_all() -> None:
    """End every wait of a job for the database: it is silent."""
    for line in list(_LINES):
        break_off(line.connection)


class WhileAway(BaseRetryStrategy):
    """A job that ended because the database was away, kept colliding, or another worker still had
    its work is done again, at most five minutes later.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again; None for every other fault."""
        if not is_passing(exception):
            return None
        return RetryDecision(retry_in={"seconds": min(2 ** (job.attempts + 1), LONGEST_WAIT)})


def is_passing(error: BaseException) -> bool:
    """Return whether a fault passes by itself: then the job is done again, and
    what it works on has not failed.

    A statement that PostgreSQL ended for what it asked (`is_too_much`) asks the same again: the job fails,
    and is seen among the failed ones.
    """
    return isinstance(error, Busy) or is_away(error)


def job(name: str, *, cron: str = "", queue: str = SHORT, once: bool = False) -> Callable[[Any], Any]:
    """Declare a job.

    What it runs must bear being run again: it is, after a collision, a fault of
    the database or a killed worker.

    `cron`: a periodic one, never queued twice; its next turn is its second try, also where the database was
    lost under it, which is no failure. One whose next turn is hours away is done again as others are. `once`:
    its caller queues it under a lock of its own and again later, so it is not put back into the queue.
    """
    comes_soon = bool(cron) and all(part.startswith("*") for part in cron.split()[1:])

    def declare(work: Callable[..., None]) -> Any:
        @wraps(work)
        def run(*args: Any, **kwargs: Any) -> None:
            with named(f"job:{name}"), counted_job(name), in_job(name if comes_soon else ""):
                tried_again(partial(work, *args, **kwargs))

        house: Any = app
        options: dict[str, Any] = {"name": name, "queue": queue}
        if cron:
            again = False if comes_soon else WhileAway()
            return house.periodic(cron=cron)(house.task(**options, queueing_lock=name, retry=again)(run))
        return house.task(**options, retry=False if once else WhileAway())(run)

    return declare


_DEFER = """
SELECT procrastinate_defer_jobs_v1(ARRAY[
  ROW(%s, %s, %s::integer, %s, NULL, %s::jsonb, %s::timestamptz)::procrastinate_job_to_defer_v1]) AS job
"""


def deferred(name: str, at: datetime | None = None) -> Part:
    """Return the part of a statement that queues job `name`, to run from `at` on (None: at once).

    For what is written together with other rows, as procrastinate's own `defer` does alone. Not for one that
    is queued once (`queueing_lock`).
    """
    job = app.configure_task(name, schedule_at=at).job
    return Part(
        _DEFER,
        [job.queue, job.task_name, job.priority, job.lock, json.dumps(job.task_kwargs), job.scheduled_at],
    )


async def retry_stalled() -> int:
    """Queue again every job whose worker died; return how many.

    One whose successor waits in the queue already (a periodic one) is ended: the successor does the work.
    """
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        try:
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        except ConnectorException as error:
            if (
                getattr(error.__cause__, "sqlstate", None) != "23505"
                and type(error).__name__ != "UniqueViolation"
            ):
                raise
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=False)
            continue
        count += 1
    await app.job_manager.prune_stalled_workers(STALLED_AFTER)
    return count


_OLD = """
DELETE FROM procrastinate_jobs WHERE id IN (
  SELECT j.id FROM procrastinate_jobs j WHERE j.status IN ('succeeded', 'cancelled', 'aborted')
    AND (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) < %s ORDER BY j.id LIMIT %s)
"""
_SLICE = 2000


def prune_finished(now: datetime) -> int:
    """Delete jobs that finished three days ago, some thousand at a time (1 SQL each); return how many. Failed
    ones stay to be seen.

    By the connection of the job: the worker's own has the limit of one that is silent.
    """
    gone, more = 0, True
    while more:
        with connection.cursor() as cursor:
            cursor.execute(_OLD, [now - timedelta(hours=KEEP_HOURS), _SLICE])
            gone, more = gone + cursor.rowcount, cursor.rowcount == _SLICE
    return gone
