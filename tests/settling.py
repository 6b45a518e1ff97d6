# SPDX-License-Identifier: EUPL-1.2
"""Sealing the journal while other tests run on the same server.

What may be sealed is judged by transaction numbers, and those are the server's, not the database's: an open
transaction of another test process holds back what this one has committed. In operation that costs a minute's
delay; in a test it would be a wrong result. So a statement that asks what is settled first waits for the
other databases. (On the embedded server each test process has one of its own and nothing to wait for; a
server named by DATABASE_URL is shared.) Readers of the journal wait for nobody, and so do their tests.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

PATIENCE = 60  # seconds: a sweep of all addresses is one long transaction
_OLDER = """
SELECT datname, usename, application_name, state, xact_start, left(query, 200) FROM pg_stat_activity
WHERE datname <> current_database() AND backend_xid IS NOT NULL AND backend_xid::text::bigint < %s
"""


def _await_others(cursor: Any) -> None:
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    (bound,) = cursor.fetchone()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        cursor.execute(_OLDER, [bound])
        others = cursor.fetchall()
        if not others:
            return
        time.sleep(0.02)
    raise AssertionError(f"Open transactions of others for {PATIENCE} s: {others}")


def _wrapper(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if "pg_snapshot_xmin" in str(sql):
        with connection.connection.cursor() as cursor:
            _await_others(cursor)
    return execute(sql, params, many, context)


@contextmanager
def settled() -> Iterator[None]:
    """Make every statement that asks what is settled wait for the transactions of other databases."""
    with connection.execute_wrapper(_wrapper):
        yield
