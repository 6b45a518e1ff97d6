# SPDX-License-Identifier: EUPL-1.2
"""Counters: twenty desks that call at once where five hundred wait, and what screens and phones ask."""

import secrets
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now as current_time

from siac.accounts.public import Role, User
from siac.counter.public import Visit, call_next, miss, open_desk, save_desk, save_line, take_ticket
from siac.organizations.public import Institution, grant_role, unit_tree
from siac.servicepoints.public import save_service_point

DESKS, WAITING, DISPLAYS, PHONES = 20, 500, 200, 2000
DISPLAY_EVERY, PHONE_EVERY, SECONDS, CLIENTS = 3, 10, 10, 4


def counter_speed(institution: Institution) -> Iterable[str]:
    """Yield how calls fare that twenty desks make at once, and how many pages a second one room gives."""
    code, line, desks = _room(institution)
    tickets = [take_ticket(institution=institution, line_id=line, now=current_time()) for _ in range(WAITING)]
    yield from _screens(institution, code, tickets)
    called: list[int] = []
    took: list[float] = []
    work = [_desk(institution, desk, officer, called, took) for desk, officer in desks]
    begun = time.perf_counter()
    _at_once(work)
    seconds = time.perf_counter() - begun
    twice = len(called) - len(set(called))
    yield (
        f"- {DESKS} desks at once call all of {WAITING} who wait: {len(called)} calls, {twice} twice,"
        f" {len(called) / seconds:.0f} a second with what follows; a call p50"
        f" {statistics.median(took):.0f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.0f} ms"
    )


def _room(institution: Institution) -> tuple[str, int, list[tuple[int, User]]]:
    """Make a point with a line and twenty open desks; return its code, the line, desks and who sits there."""
    moment, unit = current_time(), next(iter(unit_tree(institution).nodes))
    common: dict[str, Any] = {"institution": institution, "actor": None, "now": moment}
    name = f"Banco {secrets.token_hex(4)}"
    code = name.lower().replace(" ", "-")
    point = save_service_point(**common, code=code, name=name, kind="office")
    institution.refresh_from_db()
    line = save_line(**common, point_id=point.pk, unit_id=unit, prefix="A", name="Banco")
    institution.refresh_from_db()
    desks = [
        save_desk(**common, point_id=point.pk, name=f"Módulo {number}", line_ids=[line.pk])
        for number in range(DESKS)
    ]
    institution.refresh_from_db()
    found = []
    for desk in desks:
        email = f"{secrets.token_hex(6)}@banco.invalid"
        given = grant_role(**common, email=email, name="Banco", role=Role.FRONT_DESK, unit_id=None)
        open_desk(institution=institution, desk_id=desk.pk, actor=given.user, now=moment)
        found.append((desk.pk, given.user))
    return code, line.pk, found


def _desk(
    institution: Institution, desk_id: int, officer: User, called: list[int], took: list[float]
) -> Callable[[], None]:
    """Return what a desk does until nobody waits: call, and note that nobody came."""
    common: dict[str, Any] = {"institution": institution, "actor": officer}

    def run() -> None:
        while True:
            begun = time.perf_counter()
            visit = call_next(**common, desk_id=desk_id, now=current_time())
            took.append((time.perf_counter() - begun) * 1000)
            if visit is None:
                return
            called.append(visit.pk)
            miss(**common, visit_id=visit.pk, now=current_time())

    return run


def _screens(institution: Institution, code: str, tickets: list[Visit]) -> Iterable[str]:
    display = f"/{institution.slug}/puntos/{code}/llamados/"
    phones = [f"/{institution.slug}/turno/{each.token}/" for each in tickets]
    for name, url in (("display", display), ("phone", phones[-1])):
        Client().get(url)
        with CaptureQueriesContext(connection) as asked:
            Client().get(url)
        yield f"- a {name} whose room was read less than two seconds ago: {len(asked)} SQL"
    wanted = DISPLAYS / DISPLAY_EVERY + PHONES / PHONE_EVERY
    took: list[float] = []
    until = time.perf_counter() + SECONDS
    share = DISPLAYS / DISPLAY_EVERY / wanted

    def ask() -> None:
        client, turn = Client(), 0
        while time.perf_counter() < until:
            turn += 1
            url = display if (turn * share) % 1 < share else phones[turn % len(phones)]
            begun = time.perf_counter()
            assert client.get(url).status_code == 200
            took.append((time.perf_counter() - begun) * 1000)

    cpu = time.process_time()
    _at_once([ask] * CLIENTS)
    each = (time.process_time() - cpu) / len(took) * 1000
    yield (
        f"- {DISPLAYS} displays every {DISPLAY_EVERY} s and {PHONES} phones every {PHONE_EVERY} s ask"
        f" {wanted:.0f} pages a second; one process gave {len(took) / SECONDS:.0f} a second, {each:.1f} ms of"
        f" processor each, p95 {statistics.quantiles(took, n=20)[-1]:.0f} ms"
    )


def _at_once(work: list[Callable[[], None]]) -> None:
    """Do pieces of work in a thread each, all from the same moment."""
    gate = threading.Barrier(len(work))

    def run(piece: Callable[[], None]) -> None:
        gate.wait()
        try:
            piece()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(piece,)) for piece in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
