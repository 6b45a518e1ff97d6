# SPDX-License-Identifier: EUPL-1.2
"""Whether a node of the database still speaks, while somebody reads from it what may take minutes.

A work sets no limit to its statements, and a node that froze keeps its connections alive: nothing would ever
end that wait. So the node is asked for another connection now and then; one that gives none in time has its
reader broken off, who takes that for a connection that was lost.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from siac.infra.limits import break_off

EVERY = 10.0
"""Seconds between two looks."""
SILENT_AFTER = 20
"""Seconds in which a node must take a connection; twice in a row it may fail to."""


@contextlib.contextmanager
def watched(line: Any, speaks: Callable[[Any], bool] | None = None) -> Iterator[None]:
    """Break off the connection `line` (Django's) where its node falls silent meanwhile. No SQL."""
    over, asks = threading.Event(), speaks or node_speaks
    told = (line, line.connection, over, asks)
    threading.Thread(target=_look, args=told, name="pulse", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _look(line: Any, raw: Any, over: threading.Event, speaks: Callable[[Any], bool]) -> None:
    silent = 0
    while not over.wait(EVERY):
        silent = 0 if speaks(line) else silent + 1
        if silent > 1 and not over.is_set():
            break_off(raw)
            return


def node_speaks(line: Any) -> bool:
    """Return whether the node of a connection takes another one in `SILENT_AFTER` seconds; one that refuses
    it speaks.
    """
    asked = {**line.get_connection_params(), "connect_timeout": SILENT_AFTER}
    known = {name: asked[name] for name in asked if name not in _NOT_OF_LIBPQ}
    try:
        psycopg.connect(**known).close()
    except psycopg.errors.ConnectionTimeout:
        return False
    except psycopg.Error:
        return True
    return True


_NOT_OF_LIBPQ = frozenset({"cursor_factory", "context", "prepare_threshold"})
