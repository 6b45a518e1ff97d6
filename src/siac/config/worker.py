# SPDX-License-Identifier: EUPL-1.2
"""`siac worker`: jobs in the background, on procrastinate, in lanes of which none waits for another."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
import time
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from procrastinate.contrib.django import app

from siac.infra.job_connection import WorkerConnector
from siac.infra.jobs import LANES
from siac.infra.watching.instruments import count_as

log = logging.getLogger(__name__)
LONGEST_WAIT = 15  # seconds between two tries to reach the database
ASKED_EVERY = 10  # seconds
FURTHEST = 60
"""Seconds that the clock of this machine may be from that of the database: what people are held to ends by
the clock of whoever does the job.
"""
_WATCH = """
SELECT pg_is_in_recovery() AS follows, extract(epoch FROM clock_timestamp())::float8 AS moment
"""


class WrongClock(Exception):
    """This machine and the database tell different times; a job would end what has not ended."""


def run(arguments: list[str]) -> int:
    """Work until SIGTERM or Ctrl-C; jobs under way are finished first.

    Comes back by itself when the database was away.

    With arguments (`--queues long --concurrency 4`, say) it is one worker of
    procrastinate, for who spreads lanes over machines.
    """
    count_as("worker")
    if arguments:
        _wait_for_the_right_time()
        threading.Thread(target=_end_at_a_wrong_clock, name="clock", daemon=True).start()
        call_command("procrastinate", "worker", *arguments)
        return 0
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    asyncio.run(_until_stopped())
    return 0


async def _until_stopped() -> None:
    stop, wait = asyncio.Event(), 1
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C cancels the whole
            loop.add_signal_handler(number, stop.set)
    while not stop.is_set():
        started = loop.time()
        try:
            await _lanes(stop)
        except WrongClock as error:
            log.error("%s", error)
        except Exception as error:
            log.error("the worker lost the database and comes back: %s", type(error).__name__)
        wait = 1 if loop.time() - started > 2 * LONGEST_WAIT else min(2 * wait, LONGEST_WAIT)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait)


async def _lanes(stop: asyncio.Event) -> None:
    """Run every lane until `stop`, or until one of them fails; then the others end too."""
    # Each lane listens on a connection of its own besides those that its jobs are fetched and finished with.
    connector = WorkerConnector(most=2 * len(LANES) + 3)
    with app.replace_connector(connector):
        async with app.open_async():
            await _look(connector)
            workers = [asyncio.create_task(_lane(name, count)) for name, count in LANES.items()]
            workers.append(asyncio.create_task(_watch(connector)))
            ended = asyncio.create_task(stop.wait())
            await asyncio.wait([*workers, ended], return_when=asyncio.FIRST_COMPLETED)
            ended.cancel()
            for worker in workers:
                worker.cancel()  # it finishes its jobs first
            results = await asyncio.gather(*workers, return_exceptions=True)
            failures = [found for found in results if isinstance(found, Exception)]
            if failures:
                raise failures[0]


async def _watch(connector: WorkerConnector) -> None:
    """Look again and again whether jobs may be done here (`_look`); return never."""
    while True:
        await asyncio.sleep(ASKED_EVERY)
        await _look(connector)


def _wait_for_the_right_time() -> None:
    """Wait until this machine tells the time of the database."""
    while True:
        try:
            _ask_the_time()
        except WrongClock as error:
            log.error("%s", error)
            sleep(LONGEST_WAIT)
        else:
            return


def _end_at_a_wrong_clock() -> None:
    """Ask the time again and again, and end the process politely where it is wrong: whoever starts it anew
    lets it wait (`_wait_for_the_right_time`). A database that is away is no matter of ours.
    """
    while True:
        sleep(ASKED_EVERY)
        try:
            _ask_the_time()
        except WrongClock as error:
            log.error("%s", error)
            os.kill(os.getpid(), signal.SIGTERM)
            return
        except DatabaseError:
            connection.close()


def _ask_the_time() -> None:
    before = time.time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        (moment,) = cursor.fetchone()
    _compare(before, moment)


def _compare(before: float, moment: float) -> None:
    """Hold what the database said, asked `before`, against what this machine says (both in seconds).

    Raises:
        WrongClock: they are more than a minute apart.
    """
    off = max(before - moment, moment - time.time())
    if off > FURTHEST:
        side = "ahead of" if before > moment else "behind"
        raise WrongClock(
            f"the clock here is {off:.0f} s {side} the database: no job is done until it is right"
        )


async def _look(connector: WorkerConnector) -> None:
    """Ask the database whether it can be written to, and what time it is.

    Raises:
        ConnectionError: it follows another node now: the next connection looks for the one that can write.
        WrongClock: it is more than a minute from what this machine says.
    """
    before = time.time()
    said = await connector.execute_query_one_async(_WATCH)
    if said["follows"]:
        raise ConnectionError("the database follows another node")
    _compare(before, said["moment"])


async def _lane(name: str, count: int) -> None:
    options: dict[str, Any] = {**settings.PROCRASTINATE_WORKER_DEFAULTS, "concurrency": count}
    await app.run_worker_async(queues=[name], name=name, install_signal_handlers=False, **options)
