# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone
from procrastinate.contrib.django import app

from siac.infra.jobs import OUTGOING, job
from siac.notices.commands.queueing import SEND_TASK
from siac.notices.commands.sending import send_due, settle_broken_off

_AT_ONCE = 20


@job(SEND_TASK, queue=OUTGOING)
def send() -> None:
    """Send what is due; deferred with every notice."""
    _send_some()


@job("notices.sweep", cron="* * * * *", queue=OUTGOING)
def sweep(timestamp: int = 0) -> None:
    """Every minute: settle attempts whose worker died, and try again what is due again."""
    settle_broken_off(timezone.now())
    _send_some()


def _send_some() -> None:
    """Send some of what is due; the rest waits for another turn of the lane,
    behind what goes before it (a letter about an account).
    """
    if send_due(timezone.now, _AT_ONCE) == _AT_ONCE:
        app.configure_task(SEND_TASK).defer()
