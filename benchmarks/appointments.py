# SPDX-License-Identifier: EUPL-1.2
"""Appointments: fifty who want one hour, how many a second are booked, and what the page of days costs."""

import secrets
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now as current_time

from siac.appointments.public import Agenda, Appointment, Contact, book, free_slots, save_agenda
from siac.counter.public import save_line
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_tree
from siac.servicepoints.public import save_service_point

AT_ONCE, ROUNDS, BOOKED, CLIENTS, PAGES = 50, 10, 600, 8, 30


def appointment_speed(institution: Institution) -> Iterable[str]:
    """Yield how bookings fare that come at the same moment, one after another, and what the days cost."""
    agenda = _agenda(institution)
    hours = _hours(institution, agenda)
    ended: Counter[str] = Counter()
    took = []
    for begins_at in hours[:ROUNDS]:
        walls = _at_once(_booking(institution, agenda, begins_at, ended), AT_ONCE)
        took += walls
    yield (
        f"- {AT_ONCE} people book one hour at once, {ROUNDS} times: {dict(ended)}; each answered in"
        f" {statistics.median(took):.0f} ms (p95 {statistics.quantiles(took, n=20)[-1]:.0f} ms)"
    )
    rest = hours[ROUNDS : ROUNDS + BOOKED]
    begun, queue = time.perf_counter(), list(rest)
    tally: Counter[str] = Counter()

    def client() -> None:
        while queue:
            try:
                at = queue.pop()
            except IndexError:
                return
            _booking(institution, agenda, at, tally)()

    _at_once(client, CLIENTS)
    seconds = time.perf_counter() - begun
    yield f"- {CLIENTS} clients book {tally['booked']} other hours: {tally['booked'] / seconds:.0f} a second"
    yield _page(institution, agenda)


def _agenda(institution: Institution) -> Agenda:
    moment, unit = current_time(), next(iter(unit_tree(institution).nodes))
    common: dict[str, Any] = {"institution": institution, "actor": None, "now": moment}
    name = f"Banco {secrets.token_hex(4)}"
    point = save_service_point(**common, code=name.lower().replace(" ", "-"), name=name, kind="office")
    institution.refresh_from_db()
    line = save_line(**common, point_id=point.pk, unit_id=unit, prefix="A", name="Banco")
    institution.refresh_from_db()
    windows = [{"weekdays": list(range(7)), "opens": "08:00", "closes": "20:00"}]
    agenda = save_agenda(
        **common, point_id=point.pk, line_id=line.pk, name="Banco", minutes=10, windows=windows,
        ahead_days=30, reminder_hours=0, notice_hours=0,
    )  # fmt: skip
    institution.refresh_from_db()
    return agenda


def _hours(institution: Institution, agenda: Agenda) -> list[datetime]:
    moment = current_time()
    today = institution.local_date(moment)
    found = free_slots(institution, agenda, today + timedelta(days=1), today + timedelta(days=30), now=moment)
    return [each.slot.begins_at for hours in found.values() for each in hours]


def _booking(
    institution: Institution, agenda: Agenda, begins_at: datetime, ended: Counter[str]
) -> Callable[[], None]:
    def run() -> None:
        contact = Contact("Banco", f"{secrets.token_hex(6)}@banco.invalid")
        try:
            book(
                institution=institution, agenda_id=agenda.pk, begins_at=begins_at, contact=contact,
                now=current_time(),
            )  # fmt: skip
            ended["booked"] += 1
        except Refused as refused:
            ended[refused.code] += 1

    return run


def _at_once(work: Callable[[], None], count: int) -> list[float]:
    """Do the same in so many threads at once; return how long each took, in milliseconds."""
    gate, took = threading.Barrier(count), []

    def run() -> None:
        try:
            gate.wait()
            begun = time.perf_counter()
            work()
            took.append((time.perf_counter() - begun) * 1000)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def _page(institution: Institution, agenda: Agenda) -> str:
    moment = current_time()
    today = institution.local_date(moment)
    took = []
    with CaptureQueriesContext(connection) as asked:
        for _ in range(PAGES):
            begun = time.perf_counter()
            free_slots(institution, agenda, today, today + timedelta(days=30), now=moment)
            took.append((time.perf_counter() - begun) * 1000)
    booked = Appointment.objects.filter(agenda=agenda).count()
    return (
        f"- 30 days of 72 hours with {booked} booked: what is free in {statistics.median(took):.0f} ms,"
        f" {len(asked) / PAGES:.0f} SQL"
    )
