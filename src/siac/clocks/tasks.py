# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone
from procrastinate.contrib.django import app

from siac.clocks.commands.changes import MOVE, fail_change, move_batch
from siac.clocks.commands.ending import settle_overdue

_BATCH = 200
"""Clocks announced at once: whoever works on one of their cases waits less than a second."""


@app.periodic(cron="*/5 * * * *")
@app.task(name="clocks.announce_misses", queueing_lock="clocks.announce_misses")
def announce_misses(timestamp: int = 0) -> None:
    """Every five minutes: tell whoever asked about terms that have just ended without an answer."""
    while settle_overdue(timezone.now(), limit=_BATCH) == _BATCH:
        continue


@app.task(name=MOVE)
def follow_calendar(change_id: int) -> None:
    """Move the running clocks of a change of calendar; begun again by the next worker if this one dies."""
    try:
        while move_batch(change_id=change_id, now=timezone.now()):
            continue
    except Exception:
        fail_change(change_id)
        raise
