# SPDX-License-Identifier: EUPL-1.2
"""Transactions that PostgreSQL broke off in favour of another one are done again; nothing of them was
kept.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)
DEADLOCK, SERIALIZATION = "40P01", "40001"
TOO_MUCH = ("57014", "54", "55000")
"""A statement over its time or cancelled by somebody, a limit of the program, an object not in the state that
is needed (appendix A of PostgreSQL's manual); the library tells them by the same class as a lost connection.
"""
MOST_TRIES = 5
Result = TypeVar("Result")


class StoreAway(OSError):
    """The storage of files does not answer, or refuses for now; nothing was stored that counts."""


AWAY = (OperationalError, InterfaceError, StoreAway)
"""What is raised when the database chose a transaction to break off, or it or the storage of files does
not answer: it passes by itself, and what was asked is done again."""


def is_lost(error: BaseException | None, raws: Iterable[Any]) -> bool:
    """Return whether one of the connections `raws` (the library's) broke, by whomever, or `error` says that
    none could be made. No SQL.

    The error alone does not tell: what the library says of a connection that broke has no code, nor has what
    it says of a cursor that the program closed. The connection of Django tells less still: where a
    transaction ends with such an error it is made anew at once, to whichever node leads now.
    """
    if any(raw is not None and raw.broken for raw in raws):
        return True
    while error is not None:
        if isinstance(error, psycopg.errors.ConnectionTimeout):
            return True
        if isinstance(error, psycopg.Error) and error.pgconn is not None:  # only of one that is being made
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


def is_too_much(error: BaseException) -> bool:
    """Return whether PostgreSQL, well and reached, ended a statement for what it asked: more time than it
    has, a value no index takes, something that is not ready. The same statement ends so again.
    """
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return state.startswith(TOO_MUCH)


def is_away(error: BaseException) -> bool:
    """Return whether the database or the storage of files is away, or another transaction was chosen: it
    passes by itself. Not where the statement was too much, which no second try makes less.
    """
    return isinstance(error, AWAY) and not is_too_much(error)


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
