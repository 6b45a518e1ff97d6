# SPDX-License-Identifier: EUPL-1.2
"""What only reads can be read from a replica of the database: `DATABASE_REPLICA_URL`.

Pages: only what is public and nobody's own: registers of charters, open data, indexes. A person's case and
what an officer just did are read where they were written. A replica that is away, or whose data is older than
`SIAC_REPLICA_SECONDS`, is left out; then the page reads as if there were none.

What staff have made for them (exports, reports: `longwork.Line.reads_apart`) is theirs: the replica is waited
for until it has everything that was written before the reading begins, and left out where that takes long.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now as current_time

from siac.infra.environment import whole
from siac.infra.limits import limited
from siac.infra.pulse import watched
from siac.infra.retrying import AWAY

log = logging.getLogger(__name__)
REPLICA = "replica"
LEFT_OUT = 30.0
"""Seconds for which a replica that was away or too old is not asked again, by this process."""
HEADER = "X-Data-Time"
CATCHES_UP, CATCHES_UP_SOON = 10.0, 1.0
"""Seconds the replica is waited for until it has everything: by a job, and by whoever waits for a page."""
_EVERY = 0.05
_AT_HOME = "siac_at_home"
P = ParamSpec("P")
T = TypeVar("T")
_home = threading.local()
"""The connection of this thread to the database itself, while it reads apart."""
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


@contextlib.contextmanager
def reading_all_apart(patience: float | None = None, *, goes_on: bool = False) -> Iterator[bool]:
    """Let this thread read from the replica once that one has all that was written until now, and yield
    whether it does (1 SQL here; there one each time it is asked for that, and one behind).

    Changes nothing where there is no replica, a transaction is open, it is away, or it has not everything
    after `patience` seconds (`CATCHES_UP`). One that is lost while it is read, or breaks off what is read
    because of what it follows, raises what it raises and is left out: all is to be read again. Where a
    reading only `goes_on`, a second is waited, and one that is late is not left out: often nothing comes.

    While it lasts, what is written is written `at_home`.
    """
    usual = CATCHES_UP_SOON if goes_on else CATCHES_UP
    with _whole_replica(usual if patience is None else patience, leaves_out=not goes_on) as there:
        if there is None:
            yield False
            return
        with _lent(there):
            yield True


@contextlib.contextmanager
def _whole_replica(patience: float, *, leaves_out: bool) -> Iterator[Any]:
    """Yield the connection to the replica if that one has all that was written until now, without the limit
    that statements of pages have; else None.
    """
    own = connections["default"]
    there = connections[REPLICA] if REPLICA in connections.settings else None
    if there is None or own.in_atomic_block or time.monotonic() < _not_before[REPLICA]:
        yield None
        return
    try:
        is_whole = _has_all(_position(own), there, patience)
        if not is_whole and leaves_out:
            _leave_out()
        yield there if is_whole else None
    finally:
        _limit_again(there)


@contextlib.contextmanager
def _lent(there: Any) -> Iterator[None]:
    own = connections["default"]
    connections["default"], _home.own = there, own
    try:
        with watched(there):
            yield
    except (OperationalError, InterfaceError) as error:  # and not a storage of files that is away
        if not getattr(error, _AT_HOME, False):
            _leave_out()
        raise
    finally:
        connections["default"], _home.own = own, None


@contextlib.contextmanager
def at_home() -> Iterator[None]:
    """Let this thread write, and read what it wrote, for a moment while it reads apart. No SQL."""
    own = getattr(_home, "own", None)
    if own is None:
        yield
        return
    there, _home.own = connections["default"], None
    connections["default"] = own
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        setattr(error, _AT_HOME, True)  # it is no fault of the replica's
        raise
    finally:
        connections["default"], _home.own = there, own


def read_whole(read: Callable[[], T]) -> T:
    """Return what `read()` returns, read as `reading_all_apart` (SQL as there) while a page waits: the
    replica is waited for a second. Where it is lost meanwhile, all is read once more where everything is.
    """
    is_apart = False
    try:
        with reading_all_apart(CATCHES_UP_SOON) as is_apart:
            return read()
    except AWAY:
        if not is_apart:
            raise
    return read()


def _position(own: Any) -> tuple[str, int]:
    """Return how far the log of the database has come, and on which timeline (1 SQL). Not only what is on its
    disk: where commits do not wait for that, they count as well.
    """
    with own.cursor() as cursor:
        cursor.execute(_POSITION)
        position, timeline = cursor.fetchone()
        return str(position), int(timeline)


_POSITION = """
SELECT (at - CASE WHEN past <= 40 THEN past ELSE 0 END)::text,
  ('x' || substr(pg_walfile_name(at), 1, 8))::bit(32)::int
FROM (SELECT at, mod(at - '0/0', 8192) AS past FROM (SELECT pg_current_wal_insert_lsn() AS at) w) p
"""
"""Behind the head of a page (24 bytes, of a file 40) nothing is written yet: what follows ends before it."""
_HAS = """
SELECT at >= %s::pg_lsn AND %s = timeline, set_config('statement_timeout', '0', false)
FROM (SELECT CASE WHEN f THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END AS at, CASE WHEN f
  THEN (SELECT greatest(c.timeline_id, r.min_recovery_end_timeline)
        FROM pg_control_checkpoint() c, pg_control_recovery() r)
  ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int END AS timeline
  FROM (SELECT pg_is_in_recovery() AS f) s) w
"""
"""A node that led, and does not know yet that another one does, or is back and does not follow yet, may have
written further than who leads now: its log is another one, on the timeline of before.
"""


def _has_all(position: tuple[str, int], there: Any, patience: float) -> bool:
    """Return whether the replica has everything until `position`, waiting for it (1 SQL there for each look).
    It sets no limit to statements meanwhile: what takes minutes is asked by jobs.
    """
    until = time.monotonic() + patience
    try:
        with limited(patience + CATCHES_UP):  # one that is silent is no reason to wait for ever
            while not _has(position, there):
                if time.monotonic() >= until:
                    return False
                time.sleep(_EVERY)
    except AWAY:
        return False
    return True


def _has(position: tuple[str, int], there: Any) -> bool:
    with there.cursor() as cursor:
        cursor.execute(_HAS, position)
        return bool(cursor.fetchone()[0])


def _limit_again(there: Any) -> None:
    """Give statements at the replica the limit again that pages have; one that cannot take it is closed."""
    try:
        if there.connection is not None:
            with there.cursor() as cursor:
                cursor.execute("RESET statement_timeout")
    except (DatabaseError, InterfaceError):
        there.close()


def _leave_out() -> None:
    log.warning("the replica is away or too old: what only reads is read from the database itself")
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
