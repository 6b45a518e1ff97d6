# SPDX-License-Identifier: EUPL-1.2
"""Transactions that PostgreSQL broke off in favour of another one are done again; nothing of them was
kept.
"""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)
DEADLOCK, SERIALIZATION = "40P01", "40001"
MOST_TRIES = 5
_ENDED = ("08", "57P")
"""Codes of a connection that failed, and of a server that is stopped or begins."""
Result = TypeVar("Result")


class StoreAway(OSError):
    """The storage of files does not answer, or refuses for now; nothing was stored that counts."""


AWAY = (OperationalError, InterfaceError, StoreAway)
"""What is raised when the database chose a transaction to break off, or it or the storage of files does
not answer: it passes by itself, and what was asked is done again."""


def is_lost(error: BaseException | None) -> bool:
    """Return whether an error says that the connection itself ended, by whomever: what the server answers has
    a code, and what the library says of a connection that broke has none.

    The connection of Django tells less: where a transaction ends with such an error it is made anew at once,
    to whichever node leads now.
    """
    while error is not None:
        code = getattr(error, "sqlstate", "") if isinstance(error, psycopg.Error) else ""
        if code is None or code.startswith(_ENDED):
            return True
        error = error.__cause__
    return False


class Busy(Exception):
    """Another worker has what a job would work on; it passes by itself."""


class Ended(Exception):
    """A work is not this worker's any more: it is done, was stopped, or another worker has it."""


def is_collision(error: BaseException | None) -> bool:
    """Return whether a transaction was broken off because of another one: a
    deadlock or a serialization failure.
    """
    while error is not None:
        if getattr(error, "sqlstate", None) in (DEADLOCK, SERIALIZATION):
            return True
        error = error.__cause__ or error.__context__
    return False


def tried_again(work: Callable[[], Result]) -> Result:
    """Return what `work()` returns; where it collides with another transaction
    do it again, up to five times in all.

    Inside somebody else's transaction it is done once: that one was broken off as
    a whole, and begins again where it began.

    Raises:
        OperationalError: it collided every time; and whatever `work` raises.
    """
    for attempt in range(1, MOST_TRIES):
        try:
            return work()
        except OperationalError as error:
            if connection.in_atomic_block or not is_collision(error):
                raise
            log.warning("a transaction collided with another one and is done again (try %s)", attempt + 1)
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - only to get out of step
    return work()
