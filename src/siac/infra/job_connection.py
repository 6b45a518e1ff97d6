# SPDX-License-Identifier: EUPL-1.2
"""How jobs reach the database: a worker fetches and finishes them on connections
of its own, and what a job queues is written on the connection of that job.

Procrastinate's own worker queues on its connections, too: outside the transaction of the job that asks. What
is queued so may start before the rows it is about are committed and find nothing to do, and stays when they
never are.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from weakref import WeakSet

from procrastinate import App, PsycopgConnector
from procrastinate.connector import BaseAsyncConnector, BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from siac.infra.jobs import break_off_all
from siac.infra.limits import break_off

SILENT_AFTER = 30.0
"""Seconds after which a database that took a question is taken for lost."""


class WorkerConnector(PsycopgConnector):
    """The connections of a worker, `most` at once.

    What is queued by code that does not await, as all of ours, goes by Django's connection of its thread, and
    so within its transaction.
    """

    def __init__(self, most: int = 4) -> None:
        self._lines: WeakSet[Any] = WeakSet()
        super().__init__(kwargs=connector_params(), min_size=1, max_size=most, configure=self._noted)
        self._of_jobs = DjangoConnector(alias="default")

    async def _noted(self, line: Any) -> None:
        self._lines.add(line)

    @contextlib.asynccontextmanager
    async def _answered(self) -> AsyncIterator[None]:
        """Wait no longer than `SILENT_AFTER` seconds: what is asked here takes a moment, or the database is
        silent. Then nobody else goes on waiting either: neither the jobs, nor who listens.
        """
        try:
            async with asyncio.timeout(SILENT_AFTER):
                yield
        except TimeoutError as error:
            break_off_all()
            for line in list(self._lines):
                break_off(line)
            raise ConnectorException("the database is silent") from error

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        """Do `query`.

        Raises:
            ConnectorException: the database is away, or silent.
        """
        async with self._answered():
            await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        """Return the row of `query`.

        Raises:
            ConnectorException: the database is away, or silent.
        """
        async with self._answered():
            row: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
        return row

    async def execute_query_all_async(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        """Return the rows of `query`.

        Raises:
            ConnectorException: the database is away, or silent.
        """
        async with self._answered():
            rows: list[dict[str, Any]] = await super().execute_query_all_async(query, **arguments)
        return rows

    def get_sync_connector(self) -> BaseConnector:
        """Return the connector of whoever does not await."""
        return self._of_jobs


class _Connector(DjangoConnector):
    def get_worker_connector(self) -> BaseAsyncConnector:
        return WorkerConnector()


def connect(app: App) -> None:
    """Give procrastinate's app our connectors: `siac worker` with arguments asks it for one."""
    app.connector = app.job_manager.connector = _Connector(alias="default")
