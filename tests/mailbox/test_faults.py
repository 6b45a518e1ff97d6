# SPDX-License-Identifier: EUPL-1.2
"""Killed at every awkward moment, run twice at once: each mail is one request, none is lost."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from siac.cases.public import Case
from siac.integrations.mailbox.models import IncomingMail
from tests.factories import NOW, make_house
from tests.mailbox.conftest import connect, take_in
from tests.mailbox.mails import mail
from tests.processes import database_url, wait_for

pytestmark = [pytest.mark.slow]
ROOT = Path(__file__).parents[2]
JOB = """
import os, sys
import django; django.setup()
from datetime import datetime
from siac.integrations.mailbox import fetching, server
from siac.integrations.mailbox.commands import filing, receiving, settling
def die(*a, **k): os._exit(9)
point = sys.argv[2]
if point == "before the row is committed": receiving.note_read = fetching.note_read = die
if point == "before the server is told": server.Folder.put_aside = die
if point == "before the request is committed": settling.conclude = die
now = lambda: datetime.fromisoformat(sys.argv[3])
fetching.fetch_mailbox(int(sys.argv[1]), now)
settling.settle_due(now)
"""


def job(box, point: str = "", *, media: Path) -> subprocess.Popen[bytes]:
    """Start the job in a process of its own, to die at `point`."""
    env = os.environ | {
        "DATABASE_URL": database_url(), "SIAC_TEST": "1", "DJANGO_SETTINGS_MODULE": "siac.config.settings",
        "SIAC_HOME": str(media.parent), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip
    return subprocess.Popen([sys.executable, "-c", JOB, str(box.pk), point, NOW.isoformat()], env=env)


@pytest.mark.parametrize(
    "point", ["before the row is committed", "before the server is told", "before the request is committed"]
)
def test_a_job_killed_at_an_awkward_moment_is_made_good_by_the_next(real_commits, imap, store, point):
    box = connect(make_house(), imap.port)
    imap.deliver(*(mail(f"número {n}") for n in range(3)))
    assert job(box, point, media=store).wait(60) == 9
    assert Case.objects.count() < 3
    take_in(box)
    assert Case.objects.count() == 3
    assert {row.state for row in IncomingMail.objects.all()} == {"filed"}


def test_a_job_killed_in_the_middle_of_many(real_commits, imap, store):
    box = connect(make_house(), imap.port)
    imap.deliver(*(mail(f"número {n}", sender=f"p{n}@ejemplo.org") for n in range(60)))
    for wanted in (5, 25):
        running = job(box, media=store)
        wait_for(lambda wanted=wanted: IncomingMail.objects.count() >= wanted)
        running.kill()
        running.wait()
    assert Case.objects.count() < 60
    take_in(box)
    assert sorted(Case.objects.values_list("text__body", flat=True)) == sorted(
        f"número {n}" for n in range(60)
    )
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 61))


def test_two_jobs_at_once_on_one_mailbox(real_commits, imap, store):
    box = connect(make_house(), imap.port)
    imap.deliver(*(mail(f"número {n}", sender=f"p{n}@ejemplo.org") for n in range(20)))
    together = threading.Barrier(2)

    def run() -> None:
        together.wait()
        try:
            take_in(box)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Case.objects.count() == IncomingMail.objects.count() == 20


def test_the_periodic_job_fetches_what_is_due(real_commits, imap, monkeypatch):
    from siac.integrations.mailbox import tasks

    box = connect(make_house(), imap.port)
    imap.deliver(mail())
    tasks.sweep(0)
    tasks.sweep(0)  # the first one's job is still waiting
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'mailbox_id' FROM procrastinate_jobs WHERE task_name = 'mailbox.fetch'")
        assert cursor.fetchall() == [(str(box.pk),)]
    tasks.fetch(box.pk)
    assert Case.objects.count() == 1
    started = time.time()
    box.refresh_from_db()
    assert abs(box.last_success_at.timestamp() - started) < 60
