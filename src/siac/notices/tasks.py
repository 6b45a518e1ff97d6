# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone
from procrastinate.contrib.django import app

from siac.notices.commands.queueing import SEND_TASK
from siac.notices.commands.sending import send_due, settle_broken_off


@app.task(name=SEND_TASK)
def send() -> None:
    """Send what is due; deferred with every notice."""
    while send_due(timezone.now):
        continue


@app.periodic(cron="* * * * *")
@app.task(name="notices.sweep", queueing_lock="notices.sweep")
def sweep(timestamp: int = 0) -> None:
    """Every minute: settle attempts whose worker died, and try again what is due again."""
    settle_broken_off(timezone.now())
    while send_due(timezone.now):
        continue
