# SPDX-License-Identifier: EUPL-1.2
"""The watch over child processes ends when it is asked to."""

import signal
import sys
import threading

import pytest

from siac.config.demo import _end_politely
from siac.infra.supervisor import Child, stop_all, watch


@pytest.fixture
def asked():
    kept = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    yield _end_politely()
    for name, handler in kept.items():
        signal.signal(name, handler)


class Lost:
    """Something that is tidied up just as the signal comes: Python drops what is raised there."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_whose_exception_is_lost_ends_it_too(asked):
    watch([], print, heal=lambda: Lost() and None, until=asked.is_set, pause=0)
    assert asked.is_set()


def test_a_signal_interrupts_it_at_once(asked):
    with pytest.raises(KeyboardInterrupt):
        watch([], print, heal=lambda: signal.raise_signal(signal.SIGINT), until=asked.is_set, pause=0)


def test_who_dies_is_started_again_and_all_end_with_it():
    done, said = threading.Event(), []
    child = Child("El trabajador", [sys.executable, "-c", "import sys; sys.exit(3)"])
    child.start()

    def restarted() -> bool:
        if said:
            done.set()
        return done.is_set()

    watch([child], said.append, until=restarted, pause=0.05)
    assert said == ["El trabajador terminó (código 3); se arranca de nuevo."]
    stop_all([child])
    assert child.died() is not None
