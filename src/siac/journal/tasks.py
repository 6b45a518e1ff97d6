# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone
from procrastinate.contrib.django import app

from siac.journal.commands.consuming import run_consumers
from siac.journal.commands.sealing import make_checkpoints

_BATCH = 500


@app.periodic(cron="* * * * *")
@app.task(name="journal.consume", queueing_lock="journal.consume")
def consume(timestamp: int = 0) -> None:
    """Every minute, and whenever deferred: let the readers of the journal catch up."""
    while run_consumers(_BATCH):
        continue


@app.periodic(cron="20 3 * * *")
@app.task(name="journal.seal", queueing_lock="journal.seal")
def seal_daily(timestamp: int = 0) -> None:
    """Once a day: seal what changed."""
    make_checkpoints(timezone.now())
