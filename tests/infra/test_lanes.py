# SPDX-License-Identifier: EUPL-1.2
"""No lane of the worker waits for another, and in none does somebody wait behind
all that others have to do.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.accounts.letters import SEND_LETTER
from siac.cases.bulk.commands import LINE as BULK
from siac.cases.imports.batches import LOAD
from siac.cases.lists.exporting import LINE as EXPORT
from siac.cases.protection.runs import LINE as ERASURES
from siac.infra.job_connection import WorkerConnector
from siac.infra.jobs import ASKED, LANES, LONG, OUTGOING, SHORT, WhileAway
from siac.notices.models import Notice
from siac.notices.public import NewNotice, queue_many
from siac.notices.tasks import send
from tests.factories import House, file, make_house
from tests.processes import database_url, start, wait_for

OURS = {name: task for name, task in app.tasks.items() if not name.startswith(("builtin", "procrastinate"))}
BY_THE_CLOCK = {each.task.name for each in app.periodic_registry.periodic_tasks.values()}


def test_every_job_has_a_lane_that_somebody_works():
    assert {name: task.queue for name, task in OURS.items() if task.queue not in LANES} == {}


def test_what_may_take_minutes_does_not_stand_among_the_short_jobs():
    """What somebody asked for may be of any size; short is only what comes round by the clock."""
    assert [name for name, task in OURS.items() if task.queue == SHORT and name not in BY_THE_CLOCK] == []


def many_notices(house: House, count: int) -> None:
    """Let `count` letters to one person wait, each with a job of its own."""
    case = file(house)
    now = timezone.now()
    for _ in range(count):
        told = NewNotice("cases.code_again", f"person:{case.person_id}", "email", "case", case.pk)
        queue_many(house.institution.pk, [told], now)


@contextmanager
def silent_mail_server() -> Iterator[int]:
    """A mail server that takes the call and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield server.getsockname()[1]


@pytest.mark.postgres
@pytest.mark.slow
def test_mail_and_terms_go_on_while_hundreds_of_notices_bulk_actions_and_imports_wait(real_commits):
    many_notices(make_house(), 300)

    def states(*jobs: int) -> list[str]:
        return list(ProcrastinateJob.objects.filter(pk__in=jobs).values_list("status", flat=True))

    heavy = [(BULK.job, {"bulk_id": 1}), (EXPORT.job, {"export_id": 1})] * 4
    heavy += [(LOAD.job, {"batch_id": 1}), (ERASURES.job, {"run_id": 1})]
    stuck = [app.configure_task(name).defer(**given) for name, given in heavy]
    tables = "cases_bulkaction, cases_caseexport, cases_importbatch, cases_erasurerun"
    with silent_mail_server() as port, psycopg.connect(database_url()) as blocker:
        blocker.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        worker = start("worker", SIAC_MAIL="smtp", SIAC_SMTP_URL=f"smtp://127.0.0.1:{port}")
        try:
            wait_for(lambda: states(*stuck).count("doing") == LANES[ASKED] + LANES[LONG])
            wait_for(lambda: Notice.objects.filter(state="sending").exists())
            quick = [
                app.configure_task(name, queueing_lock=f"{name} now").defer(timestamp=0)
                for name in ("clocks.announce_misses", "mailbox.sweep", "journal.consume")
            ]
            wait_for(lambda: states(*quick) == ["succeeded"] * 3, seconds=30)
            assert Notice.objects.filter(state="pending").count() > 250
            assert states(*stuck).count("doing") == LANES[ASKED] + LANES[LONG]
        finally:
            worker.kill()
            worker.wait()


@pytest.mark.postgres
def test_a_letter_about_an_account_goes_before_the_notices_that_wait(real_commits):
    many_notices(make_house(), 3)
    app.configure_task(SEND_LETTER).defer(letter="00")

    @async_to_sync
    async def next_job() -> str:
        with app.replace_connector(WorkerConnector()):
            async with app.open_async():
                worker = await app.job_manager.register_worker()
                job = await app.job_manager.fetch_job(queues=[OUTGOING], worker_id=worker)
                return job.task_name if job else ""

    assert next_job() == SEND_LETTER


@pytest.mark.django_db
def test_one_job_sends_some_notices_and_leaves_the_rest_another_turn():
    many_notices(make_house(), 45)
    ProcrastinateJob.objects.all().delete()
    sent = []
    while not sent or ProcrastinateJob.objects.exists():
        ProcrastinateJob.objects.all().delete()
        before = Notice.objects.filter(state="pending").count()
        send.func()
        sent.append(before - Notice.objects.filter(state="pending").count())
    assert sum(sent) == 46 and max(sent) == 20
    assert not Notice.objects.filter(state="pending").exists()


def test_what_comes_once_a_day_is_done_again_and_what_comes_soon_comes_by_itself():
    again = {
        each.task.name: each.task.retry_strategy for each in app.periodic_registry.periodic_tasks.values()
    }
    assert isinstance(again["charters.freeze"], WhileAway)
    assert isinstance(again["cases.raise_alerts"], WhileAway)
    assert again["journal.consume"] is None
    assert again["siac.prune_finished_jobs"] is None
