# SPDX-License-Identifier: EUPL-1.2
"""The job queue heals itself after a killed worker."""

from datetime import UTC, datetime

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.infra.jobs import prune_finished, retry_stalled

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def add_job(status: str, heartbeat: str | None) -> int:
    """Return a job as a worker left it; `heartbeat` is how long ago that worker lived."""
    with connection.cursor() as cursor:
        worker = None
        if heartbeat:
            cursor.execute(
                (
                    "INSERT INTO procrastinate_workers (last_heartbeat) "
                    "VALUES (now() - %s::interval) RETURNING id"
                ),
                [heartbeat],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id) "
            "VALUES ('default', 'siac.accounts.prune_expired_sessions', "
            "'{\"timestamp\": 0}', %s, %s) RETURNING id",
            [status, worker],
        )
        return cursor.fetchone()[0]


def test_jobs_of_a_killed_worker_run_again_and_those_of_a_living_one_stay():
    dead, alive = add_job("doing", "5 minutes"), add_job("doing", "1 second")
    assert async_to_sync(retry_stalled)() == 1
    states = dict(ProcrastinateJob.objects.values_list("pk", "status"))
    assert states == {dead: "todo", alive: "doing"}


def test_finished_jobs_go_after_three_days_and_failed_ones_stay():
    kept, old, failed = add_job("succeeded", None), add_job("succeeded", None), add_job("failed", None)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) "
            "SELECT id, 'succeeded', now() - (CASE WHEN id = %s THEN '1 hour' ELSE '9 days' END)::interval "
            "FROM procrastinate_jobs",
            [kept],
        )
    assert prune_finished(datetime.now(UTC)) == 1
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == {kept, failed}
    assert old not in {kept, failed}


def test_the_jobs_of_the_house_are_registered_and_periodic():
    names = {"siac.retry_stalled_jobs", "siac.prune_finished_jobs", "siac.accounts.prune_expired_sessions"}
    assert names <= set(app.tasks)
    assert names <= {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
