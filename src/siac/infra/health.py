# SPDX-License-Identifier: EUPL-1.2
"""Is it well? For load balancers and people on call: GET /salud, and `siac
health` with the numbers behind it.

Each part is asked with a limit of its own, so that the one that is ill can be named while it is silent.
"""

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg.errors import ConnectionTimeout

from siac.infra.environment import home, whole
from siac.infra.jobs import STALLED_AFTER
from siac.infra.limits import limited
from siac.infra.models import LongWork
from siac.infra.turns import faults_check

Check = Callable[[datetime], str | None]
Detail = Callable[[datetime], list[str]]
_CHECKS: dict[str, Check] = {}
_DETAILS: dict[str, Detail] = {}
_APART: set[str] = set()
DATABASE_SECONDS = 5
"""How long the database may keep silent before it is said to be ill."""
WORKER_SILENCE = 60  # seconds
LONGEST_STEP = timedelta(minutes=10)
"""A long work without a sign for longer is told of as stalled; the last step of a register takes minutes."""
LONGEST_QUEUE = 600  # seconds that a job that could run may wait
CLOCK_SECONDS = 10
"""How far the clock of this machine may be from that of the database; more than reaching it may take."""
_JOBS = """
SELECT count(*) FILTER (WHERE j.status = 'todo' AND coalesce(j.scheduled_at,
  d.at) < %(now)s - %(late)s * interval '1 s'),
  count(*) FILTER (WHERE j.status = 'doing' AND coalesce(w.last_heartbeat,
    '-infinity') < %(now)s - %(stalled)s * interval '1 s'),
  count(*) FILTER (WHERE j.status = 'failed' AND f.at >= %(now)s - interval '1 day')
FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events e WHERE e.job_id = j.id
  AND e.type = 'deferred') d ON j.status = 'todo'
LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events e WHERE e.job_id = j.id) f
  ON j.status = 'failed'
WHERE j.status IN ('todo', 'doing', 'failed')
"""
_WORKS = """
SELECT '{label}', count(*) FILTER (WHERE state = 'failed' AND ended_at >= %(day)s),
  count(*) FILTER (WHERE state = 'running' AND coalesce(leased_until, begun_at, '-infinity') < %(late)s
    OR state = 'waiting' AND coalesce(begun_at, '-infinity') < %(hour)s)
FROM {table} WHERE state IN ('failed', 'running', 'waiting')
"""
_QUEUES = """
SELECT queue_name, status::text, count(*), min(scheduled_at) FROM procrastinate_jobs
  WHERE status IN ('todo', 'doing', 'failed')
GROUP BY queue_name, status ORDER BY queue_name, status
"""
_FAILED = """
SELECT j.task_name, count(*), max(e.at) FROM procrastinate_jobs j JOIN procrastinate_events e
  ON e.job_id = j.id AND e.type = 'failed'
WHERE j.status = 'failed' GROUP BY j.task_name ORDER BY max(e.at) DESC LIMIT 20
"""


def register_check(name: str, check: Check, detail: Detail | None = None, *, apart: bool = False) -> None:
    """Add a check: given the time now, it returns None when all is well, else what is wrong.

    What it says is read by anybody: numbers and codes, no person, no address.
    `detail` gives lines for `siac health` alone. `apart`: it needs no database, and is
    asked also while that is away.
    """
    _CHECKS[name] = check
    if apart:
        _APART.add(name)
    if detail is not None:
        _DETAILS[name] = detail


def findings(now: datetime) -> dict[str, str | None]:
    """Return what each check says.

    Raises:
        DatabaseError: the database does not answer.
    """
    return {name: check(now) for name, check in _CHECKS.items()}


def _asked_of(names: Iterable[str], now: datetime) -> dict[str, str | None]:
    return {name: check(now) for name, check in _CHECKS.items() if name in names}


def database_trouble(ask: Callable[[], object]) -> str | None:
    """Do `ask`, which reads the database; return what is wrong with that, None where nothing is (1 SQL more).

    `holds`: it took the question and was silent; `refuses`: nobody takes questions; `read only`: a node that
    follows another, where nothing can be filed.
    """
    with limited(DATABASE_SECONDS) as limit:
        try:
            ((follows,),) = _asked("SELECT pg_is_in_recovery()")
            if follows:
                connection.close()  # the next one looks for the node that can write
                return "read only"
            ask()
        except DatabaseError as error:
            connection.close()
            if limit.broken or isinstance(error.__cause__, ConnectionTimeout):
                return f"holds: no answer within {DATABASE_SECONDS} s"
            return "refuses" if isinstance(error, OperationalError) else "does not answer"
    return None


def details(name: str, now: datetime) -> list[str]:
    """Return the numbers behind a check, for who runs the installation."""
    detail = _DETAILS.get(name)
    return detail(now) if detail else []


def clock_check(now: datetime) -> str | None:
    """Complain when the clock of this machine is not that of the database (1 SQL).

    Moments that matter to people (when something was filed) are read from the clock of the machine that took
    it, on every machine for itself.
    """
    ((theirs,),) = _asked("SELECT clock_timestamp()")
    off = round((now - theirs).total_seconds())
    if abs(off) <= CLOCK_SECONDS:
        return None
    return f"{abs(off)} s {'ahead of' if off > 0 else 'behind'} the database"


def worker_check(now: datetime) -> str | None:
    """Complain when no job worker gave a sign of life within a minute."""
    ((last,),) = _asked("SELECT max(last_heartbeat) FROM procrastinate_workers")
    if last is None:
        return "no worker runs"
    silence = int((now - last).total_seconds())
    return f"no sign of life for {silence} s" if silence > WORKER_SILENCE else None


def queue_check(now: datetime) -> str | None:
    """Complain of jobs that wait for more than ten minutes, whose worker died, or that failed within
    a day.
    """
    values = {"now": now, "late": LONGEST_QUEUE, "stalled": 4 * STALLED_AFTER}
    ((waiting, stalled, failed),) = _asked(_JOBS, values)
    told = {f"{waiting} wait for more than {LONGEST_QUEUE // 60} min": waiting, f"{stalled} stalled": stalled,
            f"{failed} failed within a day": failed}  # fmt: skip
    return ", ".join(words for words, count in told.items() if count) or None


def queue_detail(now: datetime) -> list[str]:
    """Return how many jobs each lane has, and which ones failed last."""
    lanes = [f"{queue}: {count} {status}" for queue, status, count, _ in _asked(_QUEUES)]
    return [
        *lanes,
        *(f"failed: {task} ({count}, last {at:%Y-%m-%d %H:%M}Z)" for task, count, at in _asked(_FAILED)),
    ]


def works_check(now: datetime) -> str | None:
    """Complain of long works that failed within a day, or that nobody carries on (1 SQL for all kinds)."""
    kinds = [model._meta for model in apps.get_models() if issubclass(model, LongWork)]
    asked = " UNION ALL ".join(_WORKS.format(label=kind.label, table=kind.db_table) for kind in kinds)
    values = {"day": now - timedelta(days=1), "late": now - LONGEST_STEP, "hour": now - timedelta(hours=1)}
    rows = [(label, failed, still) for label, failed, still in _asked(asked, values) if failed or still]
    return "; ".join(f"{label}: {failed} failed, {still} stalled" for label, failed, still in rows) or None


def disk_check(now: datetime) -> str | None:
    """Complain when the disk of `SIAC_HOME` has less room than `SIAC_DISK_FREE` megabytes."""
    wanted = whole("SIAC_DISK_FREE", "2000")
    free = shutil.disk_usage(home()).free // 1_000_000
    return f"{free} MB free, less than {wanted}" if free < wanted else None


def disk_detail(now: datetime) -> list[str]:
    """Return how much room there is."""
    usage = shutil.disk_usage(home())
    return [f"{home()}: {usage.free // 1_000_000} MB free of {usage.total // 1_000_000}"]


def _asked(query: str, values: Any = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


register_check("clock", clock_check)  # the first: what is asked before it would count as behind
register_check("worker", worker_check)
register_check("jobs", faults_check)
register_check("works", works_check)
register_check("queue", queue_check, queue_detail)
register_check("disk", disk_check, disk_detail, apart=True)


def examined(now: datetime) -> tuple[str | None, dict[str, str | None]]:
    """Return what is wrong with the database, and what each part says that could be asked; None: well."""
    found: dict[str, str | None] = {}
    database = database_trouble(lambda: found.update(_asked_of(_CHECKS.keys() - _APART, now)))
    found |= _asked_of(_APART, now)
    return database, {name: found[name] for name in _CHECKS if name in found}


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503; troubles of other parts are listed, not fatal."""
    database, found = examined(datetime.now(UTC))
    parts = {name: said or "well" for name, said in found.items()}
    if database:
        return JsonResponse({"status": "down", "database": database, **parts}, status=503)
    return JsonResponse({"status": "troubled" if any(found.values()) else "well", **parts})
