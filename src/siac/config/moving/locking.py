# SPDX-License-Identifier: EUPL-1.2
"""One import of a body at a time: whoever gives the command again while the first run still works would put,
recognise and take away the same files.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection

from siac.config.moving.words import MovingError

WAIT = 10
"""Seconds for which a former run may still be ending."""
_SETTINGS = """
SELECT set_config('lock_timeout', %s, false), set_config('idle_session_timeout', '0', false),
  set_config('tcp_keepalives_idle', '60', false), set_config('tcp_keepalives_interval', '10', false),
  set_config('tcp_keepalives_count', '6', false)
"""
"""The server lets go within two minutes of a run whose machine is gone without a word."""
_LOCK = "SELECT pg_advisory_lock(hashtextextended('siac institution import', %s))"
_NOT_AVAILABLE = "55P03"


@contextmanager
def one_import(body: int) -> Iterator[Callable[[], bool]]:
    """Keep other imports of a body away until the end, by a connection of its own; give what says whether
    that still holds: a connection that broke kept nobody away (2 SQL, and 1 each time it is asked).

    Raises:
        MovingError: another run brings the body in.
    """
    line = connection.copy()
    try:
        with line.cursor() as cursor:
            cursor.execute(_SETTINGS, [f"{WAIT * 1000:.0f}ms"])
            try:
                cursor.execute(_LOCK, [body])
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) != _NOT_AVAILABLE:
                    raise
                raise MovingError(
                    "Otra orden está trayendo este organismo: espere a que termine y dé la misma orden de"
                    " nuevo. No se cambió nada."
                ) from None

        held = line.connection

        def holds() -> bool:
            try:
                held.execute("SELECT 1")
            except psycopg.Error:
                return False
            return True

        yield holds
    finally:
        line.close()
