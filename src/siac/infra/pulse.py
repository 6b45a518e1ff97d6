# SPDX-License-Identifier: EUPL-1.2
"""Whether a node of the database still speaks, while somebody reads from it what may take minutes.

A work sets no limit to its statements, and a node that froze keeps its connections alive: nothing would ever
end that wait. So the node is asked for another connection now and then; one that gives none in time has its
reader broken off, who takes that for a connection that was lost.
"""

import contextlib
import socket
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
    with line.wrap_database_errors:
        told = (node_of(line), line.connection, over, asks)
    threading.Thread(target=_look, args=told, name="pulse", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _look(node: Any, raw: Any, over: threading.Event, speaks: Callable[[Any], bool]) -> None:
    silent = 0
    while not over.wait(EVERY):
        silent = 0 if speaks(node) else silent + 1
        if silent > 1 and not over.is_set():
            break_off(raw)
            return


def node_of(line: Any) -> dict[str, Any]:
    """Return how the very node is reached that a connection (Django's) is made to, of all that its address
    names: another one that answers says nothing of that one. No SQL.
    """
    info, known = line.connection.info, line.get_connection_params()
    node = {name: known[name] for name in known if name not in _NOT_OF_NODE}
    node |= {"host": info.host, "port": info.port}
    # A name may stand for several machines; a socket in a folder has no address.
    return node | {"hostaddr": info.hostaddr} if info.hostaddr else node


def node_speaks(node: dict[str, Any]) -> bool:
    """Return whether a node (`node_of`) takes another connection in `SILENT_AFTER` seconds; one that refuses
    it speaks, and one that cannot be reached does not.
    """
    try:
        psycopg.connect(**{**node, "connect_timeout": SILENT_AFTER}).close()
    except psycopg.errors.ConnectionTimeout:
        return False
    except psycopg.Error:
        return _is_reached(node)
    return True


def _is_reached(node: dict[str, Any]) -> bool:
    """Return whether the machine of a node answers at all: the library tells a connection that was refused
    and one that got nowhere in the same way.
    """
    if "hostaddr" not in node:
        return True
    try:
        socket.create_connection((node["hostaddr"], node["port"]), timeout=SILENT_AFTER).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return True


_NOT_OF_NODE = frozenset(
    {
        "cursor_factory",
        "context",
        "prepare_threshold",
        "target_session_attrs",
        "load_balance_hosts",
        "hostaddr",
    }
)
"""What is not the library's of PostgreSQL, and what is for choosing one of several nodes."""
