# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import OUTGOING, job
from siac.notices.commands.queueing import SEND_TASK
from siac.notices.commands.sending import send_due, settle_broken_off


@job(SEND_TASK, queue=OUTGOING)
def send() -> None:
    """Send what is due; deferred with every notice."""
    while send_due(timezone.now):
        continue


@job("notices.sweep", cron="* * * * *", queue=OUTGOING)
def sweep(timestamp: int = 0) -> None:
    """Every minute: settle attempts whose worker died, and try again what is due again."""
    settle_broken_off(timezone.now())
    while send_due(timezone.now):
        continue
