# SPDX-License-Identifier: EUPL-1.2
from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from siac.infra.jobs import INTAKE, job
from siac.integrations.mailbox.commands.settling import settle_due
from siac.integrations.mailbox.commands.setup import PROBE_TASK
from siac.integrations.mailbox.commands.tidying import erase_old
from siac.integrations.mailbox.fetching import fetch_mailbox, probe_mailbox
from siac.integrations.mailbox.queries import due_mailboxes

FETCH_TASK = "mailbox.fetch"


@job(FETCH_TASK, queue=INTAKE, once=True)
def fetch(mailbox_id: int) -> None:
    """Fetch one mailbox and settle what came; one job per mailbox at a time."""
    fetch_mailbox(mailbox_id, timezone.now)
    while settle_due(timezone.now):
        continue


@job(PROBE_TASK, queue=INTAKE)
def probe(mailbox_id: int) -> None:
    """Test the connection of one mailbox for somebody who looks at its page."""
    probe_mailbox(mailbox_id, timezone.now)


@job("mailbox.sweep", cron="* * * * *", queue=INTAKE)
def sweep(timestamp: int = 0) -> None:
    """Every minute: settle what a killed worker left, and ask every mailbox that is due."""
    while settle_due(timezone.now):
        continue
    for mailbox_id in due_mailboxes(timezone.now()):
        name = f"mailbox.fetch:{mailbox_id}"
        with suppress(AlreadyEnqueued):
            app.configure_task(FETCH_TASK, lock=name, queueing_lock=name).defer(mailbox_id=mailbox_id)


@job("mailbox.tidy", cron="23 3 * * *")
def tidy(timestamp: int = 0) -> None:
    """Every night: erase originals past their retention."""
    erase_old(timezone.now())
