# SPDX-License-Identifier: EUPL-1.2
"""What a job queues is part of its transaction: there once that is committed, and never if it is not."""

from threading import Thread

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection, transaction
from procrastinate.connector import BaseAsyncConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.accounts.letters import SEND_LETTER
from siac.accounts.public import post_letter
from siac.infra.job_connection import WorkerConnector

pytestmark = [pytest.mark.postgres]


def of_the_app() -> BaseAsyncConnector:
    """Return the connector that `siac worker --queues long` gets."""
    assert isinstance(app.connector, DjangoConnector)
    return app.connector.get_worker_connector()


@pytest.mark.parametrize("connector", [WorkerConnector, of_the_app])
@pytest.mark.parametrize("ends_well", [True, False])
def test_a_job_is_queued_with_what_it_is_about(real_commits, connector, ends_well):
    seen_by_others: list[int] = []

    def letters() -> int:
        return ProcrastinateJob.objects.filter(task_name=SEND_LETTER).count()

    def another() -> None:
        seen_by_others.append(letters())
        connection.close()

    def a_job() -> None:
        with transaction.atomic():
            post_letter("ana@casa.cl", "Asunto", "Texto")
            thread = Thread(target=another)
            thread.start()
            thread.join()
            transaction.set_rollback(not ends_well)
        connection.close()

    @async_to_sync
    async def worker() -> None:
        with app.replace_connector(connector()):
            async with app.open_async():
                await sync_to_async(a_job, thread_sensitive=False)()

    worker()
    assert seen_by_others == [0]
    assert letters() == (1 if ends_well else 0)
