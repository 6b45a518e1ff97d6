# SPDX-License-Identifier: EUPL-1.2
"""Which transactions had finished: arithmetic on numbers."""

import pytest

from siac.journal.domain.finished import FIRST, Finished


@pytest.mark.parametrize("text", ["10:20:12,15", "7:7:", "-5:3:-5,1"])
def test_it_is_read_and_written_as_postgresql_does(text) -> None:
    assert str(Finished.read(text)) == text


def test_nothing_is_finished_at_first() -> None:
    assert Finished.read("") == Finished(FIRST, FIRST)


@pytest.mark.parametrize(
    ("own", "expected"),
    [(12, "10:20:12,15"), (20, "10:20:15"), (25, "10:20:15"), (15, "10:20:15"), (8, "8:20:8,15")],
)
def test_the_readers_own_transaction_is_running(own, expected) -> None:
    assert str(Finished.read("10:20:15").without(own)) == expected


def test_it_moves_as_a_whole() -> None:
    assert str(Finished.read("10:20:12,15").moved(20)) == "-10:0:-8,-5"
