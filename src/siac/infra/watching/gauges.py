# SPDX-License-Identifier: EUPL-1.2
"""What is looked up when `/metrics` is read: how the parts are, what waits, how much room there is."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from siac.infra.environment import home
from siac.infra.readers import replica_age


@dataclass(frozen=True, slots=True)
class Gauge:
    """`read(now)` returns the value of each member, by its name in the code; of one without members by an
    empty name. `label`: what members are called. `asks`: whether it reads the database.
    """

    name: str
    help: str
    label: str
    read: Callable[[datetime], Mapping[str, int]]
    asks: bool = True


_GAUGES: dict[str, Gauge] = {}


def register_gauge(gauge: Gauge) -> None:
    """Make a gauge known; called from `AppConfig.ready`. ValueError where its name is taken.

    Anybody who operates the machines reads it: names of bodies or people have no place in it.
    """
    if gauge.name in _GAUGES:
        raise ValueError(f"gauge {gauge.name} is registered twice")
    _GAUGES[gauge.name] = gauge


def gauges() -> list[Gauge]:
    """Return all gauges, by name."""
    return [_GAUGES[name] for name in sorted(_GAUGES)]


_JOBS = """
SELECT queue_name, status::text, count(*) FROM procrastinate_jobs
WHERE status IN ('doing', 'failed') OR status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
GROUP BY queue_name, status
"""
_OLDEST = """
SELECT j.queue_name, floor(extract(epoch FROM %s - min(coalesce(j.scheduled_at, e.at))))::integer
FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= %s)
GROUP BY j.queue_name
"""


def _jobs(now: datetime) -> Mapping[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, [now])
        return {f"{lane}:{state}": count for lane, state, count in cursor.fetchall()}


def _oldest(now: datetime) -> Mapping[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [now, now])
        return {lane: max(0, seconds or 0) for lane, seconds in cursor.fetchall()}


def _room(now: datetime) -> Mapping[str, int]:
    return {"": shutil.disk_usage(home()).free}


def _replica(now: datetime) -> Mapping[str, int]:
    age = replica_age(now)
    return {} if age is None else {"": age}


register_gauge(Gauge("siac_jobs", "Jobs that could run, run or failed, by lane and state.", "jobs", _jobs))
register_gauge(
    Gauge("siac_oldest_job_seconds", "How long the oldest job waits that could run.", "lane", _oldest)
)
register_gauge(Gauge("siac_disk_free_bytes", "Room on the disk of SIAC_HOME.", "", _room, asks=False))
register_gauge(
    Gauge("siac_replica_age_seconds", "How old the data of the replica is.", "", _replica, asks=False)
)
