# SPDX-License-Identifier: EUPL-1.2
"""`siac worker`: jobs in the background, on procrastinate, in lanes of which none waits for another."""

import asyncio
import contextlib
import logging
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from procrastinate.contrib.django import app

from siac.infra.job_connection import WorkerConnector
from siac.infra.jobs import LANES
from siac.infra.watching.instruments import count_as

log = logging.getLogger(__name__)
LONGEST_WAIT = 15  # seconds between two tries to reach the database
ASKED_EVERY = 10  # seconds


def run(arguments: list[str]) -> int:
    """Work until SIGTERM or Ctrl-C; jobs under way are finished first.

    Comes back by itself when the database was away.

    With arguments (`--queues long --concurrency 4`, say) it is one worker of
    procrastinate, for who spreads lanes over machines.
    """
    count_as("worker")
    if arguments:
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
    """Ask the database again and again whether it can be written to; return never.

    Raises:
        ConnectionError: it follows another node now: the next connection looks for the one that can write.
    """
    while True:
        said = await connector.execute_query_one_async("SELECT pg_is_in_recovery() AS follows")
        if said["follows"]:
            raise ConnectionError("the database follows another node")
        await asyncio.sleep(ASKED_EVERY)


async def _lane(name: str, count: int) -> None:
    options: dict[str, Any] = {**settings.PROCRASTINATE_WORKER_DEFAULTS, "concurrency": count}
    await app.run_worker_async(queues=[name], name=name, install_signal_handlers=False, **options)
