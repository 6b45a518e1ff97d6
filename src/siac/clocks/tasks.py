# SPDX-License-Identifier: EUPL-1.2
import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils import timezone

from siac.clocks.commands.changes import LINE, following
from siac.clocks.commands.ending import Overdue, announce_overdue, overdue
from siac.clocks.commands.move_lists import MOVE_LISTS
from siac.clocks.commands.previews import LINE as PREVIEWS
from siac.clocks.commands.previews import previewing
from siac.documents.public import prepared_job
from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.infra.retrying import is_away, tried_again
from siac.infra.turns import bodies_at_fault, each_in_turn

log = logging.getLogger(__name__)
_BATCH = 200
"""Clocks announced at once: whoever works on one of their cases waits less than a second."""
_MISSES = "clocks.announce_misses"


@job(_MISSES, cron="*/5 * * * *")
def announce_misses(timestamp: int = 0) -> None:
    """Every five minutes: tell whoever asked about terms that have just ended without an answer. Of a batch
    in which one fails each subject is then done alone: one that cannot be told of ends no other.
    """
    now = timezone.now()
    left: list[Overdue] = []
    while ahead := overdue(now, limit=_BATCH, besides=[clock.pk for clock in left]):
        try:
            tried_again(partial(announce_overdue, ahead, now=now))
        except Exception as error:
            if is_away(error):
                raise
            log.exception("%s: a batch failed, its subjects are told of one by one", _MISSES)
            left += ahead
    _each_alone(left, now)


def _each_alone(left: Sequence[Overdue], now: datetime) -> None:
    """Announce what ended, subject by subject; what fails is noted, and what failed before and is well now is
    forgotten.
    """
    by_body: dict[int, dict[str, list[Overdue]]] = {pk: {} for pk in bodies_at_fault(_MISSES)}
    for clock in left:
        subjects = by_body.setdefault(clock.institution_id, {})
        subjects.setdefault(f"{clock.subject_type}:{clock.subject_id}", []).append(clock)
    for institution_id, subjects in by_body.items():
        steps = [(name, partial(announce_overdue, own, now=now)) for name, own in subjects.items()]
        each_in_turn(_MISSES, institution_id, steps, now=now)


follow_calendar = declare_long_job(LINE, following)
preview_change = declare_long_job(PREVIEWS, previewing)
list_moves = prepared_job(MOVE_LISTS)
