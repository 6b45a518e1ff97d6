# SPDX-License-Identifier: EUPL-1.2
"""How processes take memory from the system and give it back, and when Python looks for what nobody needs."""

import gc
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

SETTINGS: Mapping[str, str] = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
"""What glibc is told: two pools for all threads, and pieces of 1 MB or more on their own, which go back once
freed. A sign-in takes 32 MB for a moment (scrypt): left to itself glibc learns to keep pieces of that size.
"""


def begin_again_with_settings() -> None:
    """Begin this program anew, in the same process, where glibc was not told `SETTINGS`; else do nothing.

    It listens only while a program begins, and the web's workers are forks of this one: setting the variables
    from inside would reach nobody. What the operator set stands. Only Linux; another libc ignores them.
    """
    missing = {name: value for name, value in SETTINGS.items() if name not in os.environ}
    if sys.platform == "linux" and missing:
        program = [sys.executable, *sys.orig_argv[1:]]
        os.execve(sys.executable, program, {**os.environ, **missing})  # noqa: S606 - the very same program


@contextmanager
def loading() -> Iterator[None]:
    """Look for nothing to throw away while the program is loaded, nor later among what was loaded: it stays.

    Python would look through 200,000 objects again and again, a fifth of the time of a short command.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def tidy_seldom() -> None:
    """Let Python look for objects that only point at each other after 10,000 new ones instead of 700: a page
    makes some thousand, and nearly all go by themselves.
    """
    gc.set_threshold(10_000, 20, 50)
