# SPDX-License-Identifier: EUPL-1.2
"""Asking the scanner about files that wait for it."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from django.db.models import Count, F, Q

from siac.documents.domain.files import ScanState
from siac.documents.models import Attachment
from siac.documents.scanning import scan
from siac.documents.storage import files as file_store
from siac.infra.retrying import StoreAway
from siac.infra.turns import Step, bodies_at_fault, each_in_turn

log = logging.getLogger(__name__)
_RESCAN = "documents.rescan"
TURN = 60.0
"""Seconds of a turn of the job, which comes every two minutes: it takes half of one place of its lane, and
ends before a worker that is stopped is ended."""
_MOST_IN_TURN = 20_000
_LOST_AGAIN = timedelta(days=1)


def rescan_pending(now: datetime, *, seconds: float = TURN, clock: Callable[[], float] = monotonic) -> int:
    """Ask the scanner about files that wait for it, for `seconds` in all; return how many have an answer now.

    Each body has its share of the time, and what one does not need goes to those in which more waits. In a
    body the latest come first; those that were asked about in vain come behind all others. What cannot be
    read ends no other: one that is gone from the store is asked about again a day later (`siac verify` tells
    which are), any other fault is noted.

    2 SQL, 2 for each body and 1 for each file.
    """
    waiting = Attachment.objects.filter(scan_state=ScanState.PENDING, erased_at=None)
    counts = dict(waiting.values_list("institution_id").annotate(Count("pk")).order_by())
    bodies = sorted({*counts, *bodies_at_fault(_RESCAN)}, key=lambda body: (counts.get(body, 0), body))
    ends, done = clock() + seconds, 0
    for place, body in enumerate(bodies):
        begun = clock()
        if begun >= ends:
            break
        until = begun + (ends - begun) / (len(bodies) - place)
        done += each_in_turn(_RESCAN, body, _scans(body, now, lambda until=until: clock() < until), now=now)  # type: ignore[misc]
    return done


def _scans(body: int, now: datetime, has_time: Callable[[], bool]) -> Iterator[Step]:
    """Yield a step per file until time is over or the scanner gives no answer, which may be for that file
    alone: it comes behind the others then."""
    due = Q(scan_after=None) | Q(scan_after__lte=now)
    rows = Attachment.objects.filter(due, institution_id=body, scan_state=ScanState.PENDING, erased_at=None)
    order = (F("scan_after").asc(nulls_first=True), F("pk").desc())
    states: list[ScanState] = []
    for pk, key in rows.order_by(*order).values_list("pk", "storage_key")[:_MOST_IN_TURN]:
        if ScanState.PENDING in states or not has_time():
            return
        yield f"file:{pk}", partial(_rescan, pk, key, states, now)


def _rescan(pk: int, key: str, states: list[ScanState], now: datetime) -> int:
    row = Attachment.objects.filter(pk=pk)
    try:
        with file_store().open(key) as stored:
            state = scan(stored.file)  # type: ignore[arg-type]
    except StoreAway:
        raise
    except FileNotFoundError:
        log.warning("file:%s is not in the store and cannot be scanned", pk)
        row.update(scan_after=now + _LOST_AGAIN)
        return 0
    except OSError:
        row.update(scan_after=now)
        raise
    states.append(state)
    if state == ScanState.PENDING:
        row.update(scan_after=now)
        return 0
    return row.update(scan_state=state, scan_after=None)
