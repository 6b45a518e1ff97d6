# SPDX-License-Identifier: EUPL-1.2
"""Children that are not told to end when the program that started them is.

Ctrl-C and a service that is stopped reach a whole group of processes. A worker then finishes what it has in
hand; its child, ended in the midst, would make a paper or a mail look as if it could not be made or read.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let what this thread starts meanwhile take no notice of SIGINT and SIGTERM, from its first
    moment on: a child inherits what is blocked. It can still be killed. Windows has nothing of this.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
