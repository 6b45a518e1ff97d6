# SPDX-License-Identifier: EUPL-1.2
"""Pages that everybody reads can be read from a replica of the database: `DATABASE_REPLICA_URL`.

Only what is public and nobody's own: registers of charters, open data, indexes. A person's case and what
an officer just did are read where they were written. A replica that is away, or whose data is older than
`SIAC_REPLICA_SECONDS`, is left out; then the page reads as if there were none.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now as current_time

from siac.infra.environment import whole
from siac.infra.retrying import AWAY

log = logging.getLogger(__name__)
REPLICA = "replica"
LEFT_OUT = 30.0
"""Seconds for which a replica that was away or too old is not asked again, by this process."""
HEADER = "X-Data-Time"
P = ParamSpec("P")
_not_before = {REPLICA: float("-inf")}


def data_time() -> datetime | None:
    """Return until when the database that this thread reads has everything; None where nobody knows (1 SQL).

    Workers give a sign of life every ten seconds: the last one that arrived says so.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        found: datetime | None = cursor.fetchone()[0]
    return found


def replica_age(now: datetime) -> int | None:
    """Return by how many seconds the data of the replica is older than `now`; None where there is none, or it
    is away (1 SQL, there). Signs of life come every ten seconds: so much is no lag.
    """
    if REPLICA not in connections.settings:
        return None
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
            at: datetime | None = cursor.fetchone()[0]
    except AWAY:
        connections[REPLICA].close()
        return None
    return None if at is None else max(0, int((now - at).total_seconds()))


@contextlib.contextmanager
def reading_apart(now: datetime) -> Iterator[datetime | None]:
    """Let this thread read from the replica, and yield until when that one has everything (1 SQL, there).

    Yields None, and changes nothing, where there is no replica, it is away or too old, or a transaction is
    open: what was just written must be seen.
    """
    own = connections["default"]
    if REPLICA not in connections.settings or own.in_atomic_block or time.monotonic() < _not_before[REPLICA]:
        yield None
        return
    connections["default"] = connections[REPLICA]
    try:
        at = _fresh(now)
        if at is None:
            _leave_out()
            connections["default"] = own
        yield at
    finally:
        connections["default"] = own


def _fresh(now: datetime) -> datetime | None:
    """Return the time of the replica's data if it is young enough."""
    try:
        at = data_time()
    except AWAY:
        return None
    oldest = now - timedelta(seconds=whole("SIAC_REPLICA_SECONDS", "60"))
    return at if at is not None and at >= oldest else None


def _leave_out() -> None:
    log.warning("the replica is away or too old: pages are read from the database itself")
    _not_before[REPLICA] = time.monotonic() + LEFT_OUT
    connections[REPLICA].close()


def read_apart(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Make a public page that only reads be read from the replica, if there is one.

    The page says its data time (`request.data_time`, shown at its foot, and the header `X-Data-Time`). One
    during which the replica is lost is read again where everything is.
    """

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            with reading_apart(current_time()) as at:
                request.data_time = at  # type: ignore[attr-defined]
                response = view(request, *args, **kwargs)
        except AWAY:
            if getattr(request, "data_time", None) is None:
                raise
            _leave_out()
            request.data_time = None  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)
        if at is not None:
            response.headers[HEADER] = at.isoformat(timespec="seconds")
        return response

    return shown
