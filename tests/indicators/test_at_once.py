# SPDX-License-Identifier: EUPL-1.2
"""Cells equal a recount when several file, move, answer and mark cases at once, while the journal is followed
and all is counted from the beginning beside it.
"""

import random
import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from siac.accounts.public import Role
from siac.cases.models import Case, CaseFact
from siac.cases.public import rate_answer, refer_case
from siac.indicators.figures.cube import rebuild
from siac.indicators.models import Cell
from siac.infra.metrics import source
from siac.infra.retrying import tried_again
from siac.journal.public import run_consumers
from siac.kernel.errors import Refused
from tests.factories import NOW, answer, file, make_house
from tests.indicators.recount import differences

pytestmark = [pytest.mark.postgres]
WRITERS, DEEDS = 3, 14


def _write(house, seed: int, done: list[str]) -> None:
    chance, now = random.Random(seed), NOW - timedelta(days=seed)
    mine: list[int] = []
    try:
        for _ in range(DEEDS):
            now += timedelta(hours=chance.randint(1, 30))
            deed = chance.choice([_file, _file, _answer, _rate, _refer]) if mine else _file
            try:
                tried_again(partial(deed, house, chance, now, mine))
                done.append(deed.__name__)
            except Refused:
                continue  # answered or marked already
    finally:
        connection.close()


def _file(house, chance: random.Random, now, mine: list[int]) -> None:
    unit = chance.choice(list(house.units.values()))
    mine.append(file(house, chance.choice(["consulta", "reclamo"]), unit_id=unit, now=now).pk)


def _answer(house, chance: random.Random, now, mine: list[int]) -> None:
    answer(house, Case.objects.get(pk=chance.choice(mine)), now=now)


def _rate(house, chance: random.Random, now, mine: list[int]) -> None:
    rate_answer(
        institution=house.institution, case_id=chance.choice(mine), rating=chance.randint(1, 5), now=now
    )


def _refer(house, chance: random.Random, now, mine: list[int]) -> None:
    refer_case(
        institution=house.institution, case_id=chance.choice(mine), version=None,
        unit_id=chance.choice(list(house.units.values())), reason="Les toca.",
        actor=house.user(Role.FRONT_DESK), now=now,
    )  # fmt: skip


def _repeat(over: threading.Event, work) -> None:
    try:
        while not over.is_set():
            work()
    finally:
        connection.close()


def test_cells_equal_a_recount_under_concurrent_commits(real_commits):
    house = make_house()
    run_consumers()  # from now on the journal is followed
    over, done = threading.Event(), []
    writers = [threading.Thread(target=_write, args=(house, seed, done)) for seed in range(WRITERS)]
    beside = [
        threading.Thread(target=_repeat, args=(over, lambda: run_consumers(7))),
        threading.Thread(target=_repeat, args=(over, lambda: run_consumers(3))),
        threading.Thread(
            target=_repeat, args=(over, lambda: list(rebuild(house.institution, source("cases"), now=NOW)))
        ),
    ]
    for thread in (*writers, *beside):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    for thread in beside:
        thread.join()
    while run_consumers():
        continue
    assert {"_file", "_answer", "_refer"} <= set(done)
    assert CaseFact.objects.filter(institution=house.institution).count() == done.count("_file")
    assert Cell.objects.filter(institution=house.institution).exists()
    assert differences(house.institution) == []
