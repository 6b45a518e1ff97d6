# SPDX-License-Identifier: EUPL-1.2
"""How jobs reach the database: a worker fetches and finishes them on connections
of its own, and what a job queues is written on the connection of that job.

Procrastinate's own worker queues on its connections, too: outside the transaction of the job that asks. What
is queued so may start before the rows it is about are committed and find nothing to do, and stays when they
never are.
"""

from procrastinate import App, PsycopgConnector
from procrastinate.connector import BaseAsyncConnector, BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params


class WorkerConnector(PsycopgConnector):
    """The connections of a worker, `most` at once.

    What is queued by code that does not await, as all of ours, goes by Django's connection of its thread, and
    so within its transaction.
    """

    def __init__(self, most: int = 4) -> None:
        super().__init__(kwargs=connector_params(), min_size=1, max_size=most)
        self._of_jobs = DjangoConnector(alias="default")

    def get_sync_connector(self) -> BaseConnector:
        """Return the connector of whoever does not await."""
        return self._of_jobs


class _Connector(DjangoConnector):
    def get_worker_connector(self) -> BaseAsyncConnector:
        return WorkerConnector()


def connect(app: App) -> None:
    """Give procrastinate's app our connectors: `siac worker` with arguments asks it for one."""
    app.connector = app.job_manager.connector = _Connector(alias="default")
