# SPDX-License-Identifier: EUPL-1.2
"""A name for each request and each job, that every line of the log in it carries."""

import contextlib
import re
import secrets
from collections.abc import Iterator
from contextvars import ContextVar

from siac.infra.environment import whole

HEADER = "X-Request-ID"
_NAMED = re.compile(r"[A-Za-z0-9-]{8,64}")
_CURRENT: ContextVar[str] = ContextVar("siac_request", default="")


def current_id() -> str:
    """Return the name of the request or job that this thread works on; empty outside of both."""
    return _CURRENT.get()


def id_of(asked: str) -> str:
    """Return the name for a request: the one its trusted proxy gave (`asked`), else a new one of 16 letters.

    Without a proxy (`SIAC_PROXIES` is 0) nobody but us names anything.
    """
    if whole("SIAC_PROXIES", "0") and _NAMED.fullmatch(asked):
        return asked
    return secrets.token_hex(8)


@contextlib.contextmanager
def named(name: str) -> Iterator[str]:
    """Let what this thread logs meanwhile carry `name`, and yield it."""
    token = _CURRENT.set(name)
    try:
        yield name
    finally:
        _CURRENT.reset(token)
