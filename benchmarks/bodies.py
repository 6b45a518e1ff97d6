# SPDX-License-Identifier: EUPL-1.2
"""Three hundred bodies in one installation: what one more costs, a worker that serves all of them, and one
turn of each periodic job over all.
"""

import asyncio
import statistics
import time
import urllib.request
from collections.abc import Iterable, Iterator
from inspect import iscoroutinefunction
from ipaddress import IPv4Address
from secrets import randbits
from typing import Any

from django.db import connection
from django.test import Client
from django.utils.timezone import now as current_time
from procrastinate.contrib.django import app

from benchmarks.measuring import database_time, timed
from benchmarks.memory import weight
from benchmarks.serving import serving
from siac.accounts.public import Role
from siac.cases.public import BodyType, Channel, Filing, adopt, file_case, kinds, kit_for
from siac.organizations.public import Institution, Membership, create_institution, grant_role
from siac.people.public import PersonData
from siac.servicepoints.public import save_service_point

BODIES, EACH = 300, 20
SHOWN = 8
"""Jobs that are told of: those that took longest."""
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def many_bodies() -> Iterable[str]:
    """Open bodies until there are three hundred, each with a kit and a few requests; yield what they
    cost.
    """
    yield from _started()
    yield from _opened()
    yield from _started()
    yield from _first_and_next()
    yield from _served()
    yield from _turns()


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _started() -> Iterator[str]:
    """Start the web with one worker, until its first page is there."""
    there = Institution.objects.count()
    connection.close()
    with serving(WEB_WORKERS="1") as (process, _):
        took = time.time() - process.create_time()
        used = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    spent = sum(each.user + each.system for each in used)
    yield f"- {there} bodies: the web starts in {took:.1f} s ({spent:.1f} of processor), to its first page"


def _opened() -> Iterator[str]:
    before, there = _size(), Institution.objects.count()
    begun, spent = time.perf_counter(), time.process_time()
    new = range(there, BODIES)
    for number in new:
        _open(number)
    if len(new):
        took, worked = time.perf_counter() - begun, time.process_time() - spent
        grown = (_size() - before) / len(new) / 1e6
        yield (
            f"- {BODIES} bodies: one more with its kit and {EACH} requests takes {took / len(new):.2f} s"
            f" ({worked / len(new):.2f} of Python) and {grown:.2f} MB of the database"
        )


def _open(number: int) -> None:
    now = current_time()
    body = create_institution(
        actor=None, now=now, slug=f"banco-{number}", name=f"Municipalidad de Banco {number}",
        short_name=f"Banco {number}", jurisdiction="CL", time_zone="America/Santiago", place="CL-CO",
    )  # fmt: skip
    kit = kit_for("CL", BodyType.MUNICIPALITY)
    adopt(institution=body, kit=kit, keys=[each.key for each in kit.parts], actor=None, now=now)
    body.refresh_from_db()
    save_service_point(
        institution=body, actor=None, now=now, code="oirs", name="OIRS", kind="information_office"
    )
    grant_role(
        institution=body, email=f"calidad@banco-{number}.invalid", name="Calidad", unit_id=None,
        role=Role.QUALITY_MANAGER, actor=None, now=now,
    )  # fmt: skip
    body.refresh_from_db()
    kind = next(each for each in kinds(body).values() if not each.is_restricted)
    for place in range(EACH):
        who = PersonData(given_names="Ana", family_names="Prueba", email=f"ana{place}@banco.invalid")
        filing = Filing(
            kind_id=kind.pk, channel=Channel.WEB, partial=True, subject="Luminaria apagada",
            body="Hace una semana no prende.", person=who,
        )  # fmt: skip
        file_case(institution=body, filing=filing, actor=None, now=now)


def _first_and_next() -> Iterator[str]:
    """Open the list of every body twice in one process: what it keeps of a body is made at the first."""
    first: list[tuple[float, float]] = []
    second: list[tuple[float, float]] = []
    seats = Membership.objects.filter(institution__slug__startswith="banco-")
    for body, user in ((each.institution, each.user) for each in seats.select_related("institution", "user")):
        browser = Client()
        browser.force_login(user, backend=_BACKEND)
        for into in (first, second):
            stored, spent = database_time(), time.process_time()
            answer = browser.get(f"/{body.slug}/gestion/solicitudes/")
            assert answer.status_code == 200
            into.append((time.process_time() - spent, database_time() - stored))
    for name, found in (("first", first), ("next", second)):
        python, stored = (statistics.median(part) * 1000 for part in zip(*found, strict=True))
        yield (
            f"- {BODIES} bodies: the {name} time a process shows the list of one:"
            f" {python:.1f} ms of Python, {stored:.1f} of the database"
        )


def _served() -> Iterator[str]:
    slugs = list(Institution.objects.values_list("slug", flat=True))
    connection.close()
    with serving(WEB_WORKERS="1", SIAC_PROXIES="1") as (process, port):
        base = f"http://127.0.0.1:{port}"
        held = [weight(process)]
        for _ in range(2):
            for slug in slugs:
                for path in (f"/{slug}/", f"/{slug}/solicitud/", f"/{slug}/servicios/"):
                    visitor = {"X-Forwarded-For": str(IPv4Address(randbits(32)))}  # limits are by address
                    asked = urllib.request.Request(base + path, headers=visitor)
                    with urllib.request.urlopen(asked, timeout=60) as answer:
                        answer.read()
            held.append(weight(process))
    yield (
        f"- {BODIES} bodies: a web worker holds {held[0]:.0f} MB at its first page, {held[1]:.0f} after three"
        f" pages of each body, {held[2]:.0f} after three more"
    )


def _turns() -> Iterator[str]:
    jobs = {each.task.name: each.task.func for each in app.periodic_registry.periodic_tasks.values()}
    took = {name: _turn(func) for name, func in jobs.items()}
    total = [sum(column) for column in zip(*took.values(), strict=True)]
    yield (
        f"- {BODIES} bodies: one turn of all {len(jobs)} periodic jobs: {total[0]:.1f} s,"
        f" {total[1]:.1f} of Python"
    )
    for name, (wall, python) in sorted(took.items(), key=lambda each: -each[1][0])[:SHOWN]:
        yield f"  - `{name}`: {wall:.2f} s, {python:.2f} of Python"


def _turn(func: Any) -> tuple[float, float]:
    stamp = int(time.time())

    def once() -> None:
        if iscoroutinefunction(func):
            asyncio.run(func(timestamp=stamp))
        else:
            func(timestamp=stamp)

    spent = timed(once)
    return spent.wall, spent.cpu
