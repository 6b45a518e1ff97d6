# SPDX-License-Identifier: EUPL-1.2
"""The database takes what a worker asks and says nothing more: it comes back by itself."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.faults.proxy import proxy
from tests.processes import keys, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HASTY = """
import sys
from siac.config import cli
load = cli._late
def hasty(name):
    if name == "worker":
        from siac.infra import job_connection
        job_connection.SILENT_AFTER = 1.5
    return load(name)
cli._late = hasty
sys.argv = ["siac", "worker"]
cli.main()
"""


def test_a_worker_leaves_connections_that_are_silent():
    def done(job: int) -> bool:
        return ProcrastinateJob.objects.values_list("status", flat=True).get(pk=job) == "succeeded"

    def prune(turn: int) -> int:
        job = app.configure_task("siac.accounts.prune_expired_sessions", queueing_lock=f"test {turn}")
        return job.defer(timestamp=turn)

    known = connection.settings_dict
    with proxy(known["HOST"] or "127.0.0.1", int(known["PORT"] or 5432)) as between:
        url = f"postgresql://{known['USER']}@127.0.0.1:{between.port}/{known['NAME']}"
        env = os.environ | keys() | {"DATABASE_URL": url, "SIAC_TEST": "1"}
        worker = subprocess.Popen([sys.executable, "-c", HASTY], env=env, stdout=subprocess.DEVNULL)
        try:
            first = prune(0)
            wait_for(lambda: done(first), seconds=180)
            between.become("hold old")
            second = prune(1)
            wait_for(lambda: done(second), seconds=120)
            assert worker.poll() is None
        finally:
            worker.terminate()
            assert worker.wait(90) == 0
