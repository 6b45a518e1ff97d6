# SPDX-License-Identifier: EUPL-1.2
"""Desks that call at the same moment: every one of them gets somebody else."""

import threading

import pytest
from django.db import connections

from siac.counter.commands.attending import call_next
from siac.counter.commands.tickets import take_ticket
from siac.counter.models import Stage, Visit
from tests.counter.conftest import later, make_room
from tests.factories import NOW, make_house

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def _at_once(work) -> list[Exception]:
    """Do pieces of work at once, each in a thread of its own; return what failed."""
    failed: list[Exception] = []
    gate = threading.Barrier(len(work))

    def run(piece) -> None:
        try:
            gate.wait()
            piece()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(piece,)) for piece in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_no_ticket_is_called_twice_and_no_number_given_twice(real_commits):
    room = make_room(make_house())

    def take() -> None:
        for _ in range(5):
            take_ticket(institution=room.institution, line_id=room.lines["A"], now=NOW)

    assert _at_once([take] * 4) == []
    assert sorted(Visit.objects.values_list("number", flat=True)) == list(range(1, 21))

    def calls(desk: int):
        return lambda: call_next(
            institution=room.institution, desk_id=room.desks[desk], actor=room.officers[desk], now=later(1)
        )

    assert _at_once([calls(0), calls(1)]) == []
    called = Stage.objects.filter(state="called").values_list("visit__number", flat=True)
    assert sorted(called) == [1, 2]
