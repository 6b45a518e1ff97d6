# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.clocks.commands.changes import MOVE, fail_change, move_batch
from siac.clocks.commands.ending import settle_overdue
from siac.infra.jobs import LONG, is_passing, job
from siac.infra.retrying import tried_again

_BATCH = 200
"""Clocks announced at once: whoever works on one of their cases waits less than a second."""


@job("clocks.announce_misses", cron="*/5 * * * *")
def announce_misses(timestamp: int = 0) -> None:
    """Every five minutes: tell whoever asked about terms that have just ended without an answer."""
    while tried_again(lambda: settle_overdue(timezone.now(), limit=_BATCH)) == _BATCH:
        continue


@job(MOVE, queue=LONG)
def follow_calendar(change_id: int) -> None:
    """Move the running clocks of a change of calendar; begun again by the next worker if this one dies."""
    try:
        while tried_again(lambda: move_batch(change_id=change_id, now=timezone.now())):
            continue
    except Exception as error:
        if not is_passing(error):
            fail_change(change_id)
        raise
