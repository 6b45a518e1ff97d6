# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.clocks.commands.changes import LINE, following
from siac.clocks.commands.ending import settle_overdue
from siac.clocks.commands.move_lists import MOVE_LISTS
from siac.clocks.commands.previews import LINE as PREVIEWS
from siac.clocks.commands.previews import previewing
from siac.documents.public import prepared_job
from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.infra.retrying import tried_again

_BATCH = 200
"""Clocks announced at once: whoever works on one of their cases waits less than a second."""


@job("clocks.announce_misses", cron="*/5 * * * *")
def announce_misses(timestamp: int = 0) -> None:
    """Every five minutes: tell whoever asked about terms that have just ended without an answer."""
    while tried_again(lambda: settle_overdue(timezone.now(), limit=_BATCH)) == _BATCH:
        continue


follow_calendar = declare_long_job(LINE, following)
preview_change = declare_long_job(PREVIEWS, previewing)
list_moves = prepared_job(MOVE_LISTS)
