# SPDX-License-Identifier: EUPL-1.2
"""Counting the SQL that does work: BEGIN, SAVEPOINT, RELEASE and COMMIT left out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

_FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


@contextmanager
def exactly(count: int) -> Iterator[None]:
    """Fail unless the block sends `count` statements."""
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(_FRAME)]
    assert len(sent) == count, "\n".join(sent)


@contextmanager
def at_most(count: int) -> Iterator[None]:
    """Fail if the block sends more than `count` statements."""
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(_FRAME)]
    assert len(sent) <= count, f"{len(sent)} statements\n" + "\n".join(text[:160] for text in sent)
