# SPDX-License-Identifier: EUPL-1.2
"""A worker killed in the middle of a job: the job is done by another one."""

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.processes import database_url, start, wait_for, worker_killed_when, worker_until

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def prune(turn: int) -> int:
    """Put the job in the queue, beside the one the worker puts there by its own clock."""
    job = app.configure_task("siac.accounts.prune_expired_sessions", queueing_lock=f"test {turn}")
    return job.defer(timestamp=turn)


def test_the_job_of_a_killed_worker_is_done_by_the_next():
    job = prune(0)

    def state() -> str:
        return ProcrastinateJob.objects.values_list("status", flat=True).get(pk=job)

    with psycopg.connect(database_url()) as blocker:
        blocker.execute("LOCK TABLE accounts_session")  # the job hangs here
        worker_killed_when(lambda: state() == "doing")
    assert state() == "doing"
    worker_until(lambda: state() == "succeeded")


def test_a_worker_whose_connections_break_comes_back_and_goes_on():
    """As when the database is started again: every connection of the worker ends at once."""

    def done(job: int) -> bool:
        return ProcrastinateJob.objects.values_list("status", flat=True).get(pk=job) == "succeeded"

    worker = start("worker")
    try:
        first = prune(0)
        wait_for(lambda: done(first))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchone()[0] > 0
        second = prune(1)
        wait_for(lambda: done(second))
        assert worker.poll() is None
    finally:
        worker.terminate()
        assert worker.wait(90) == 0
