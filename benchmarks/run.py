# SPDX-License-Identifier: EUPL-1.2
"""What is measured, and how: requests in process, processor time and wall time of each, SQL statements, rows."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from benchmarks.fill import SLUG, grow, prepare
from siac.accounts.public import User
from siac.cases.models import Case, CaseText
from siac.journal.public import verify_institution
from siac.organizations.public import Institution
from siac.people.public import reveal

BASE = f"/{SLUG}"
WORK = f"{BASE}/gestion/solicitudes/"
_BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


@dataclass(frozen=True)
class Result:
    """Times in milliseconds; `cpu` is the processor time of the Python process at the median."""

    name: str
    p50: float
    p95: float
    cpu: float
    sql: int


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measure(name: str, request: Callable[[int], object], rounds: int) -> Result:
    """Run `request` `rounds` times after two to warm up, and once more to count its SQL."""
    request(-1), request(-2)
    walls, cpus = [], []
    for number in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        request(number)
        cpus.append((time.process_time() - cpu) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
    with CaptureQueriesContext(connection) as captured:
        request(-3)
    sql = [q for q in captured.captured_queries if not q["sql"].lstrip().startswith(_BOOKKEEPING)]
    walls.sort()
    return Result(
        name, statistics.median(walls), walls[int(len(walls) * 0.95)], statistics.median(cpus), len(sql)
    )


def run(sizes: list[int], *, rounds: int) -> None:
    """Fill and measure each size, and print the table."""
    institution = prepare()
    done, table = 0, []
    with override_settings(ROOT_URLCONF="benchmarks.floor", ALLOWED_HOSTS=["*"]):
        for size in sizes:
            seconds = grow(institution, first=done + 1, last=size)
            say(f"<!-- {size} cases: filled in {seconds:.0f} s -->")
            done = size
            for result in _all(institution, rounds):
                table.append((size, result))
                say(f"<!-- {size} {result} -->")
            _verify(institution, size)
    say("\n| what | cases | p50 ms | p95 ms | CPU ms | SQL |\n|---|---:|---:|---:|---:|---:|")
    for size, r in sorted(table, key=lambda row: (row[1].name, row[0])):
        say(f"| {r.name} | {size:,} | {r.p50:.1f} | {r.p95:.1f} | {r.cpu:.1f} | {r.sql} |")


def _verify(institution: Institution, size: int) -> None:
    """Verify the whole register; the floor's own rows, which have no journal or folio, are taken away first."""
    bare = Case.objects.filter(institution=institution, year=1900)
    CaseText.objects.filter(case__in=bare).delete()
    bare.delete()
    begun = time.perf_counter()
    report = verify_institution(institution.pk)
    seconds = time.perf_counter() - begun
    say(f"<!-- {size} verify: {report.entries / seconds:,.0f} entries/s, {len(report.problems)} problems -->")


def _all(institution: Institution, rounds: int) -> list[Result]:
    staff, citizen = Client(), Client()
    staff.force_login(User.objects.get(email="calidad@puerto-cordillera.demo.invalid"))
    old = list(
        Case.objects.filter(institution=institution, year=2020)
        .order_by("number")
        .values_list("number", "pk")[: rounds + 5]
    )
    kind = Case.objects.filter(institution=institution, year=2020).values_list("kind", flat=True).first()
    get = staff.get
    return [
        measure("create through the form", _form(citizen), min(rounds, 12)),
        measure("create by staff", _staff_create(staff, kind), min(rounds, 25)),
        measure("work list, open by due day", lambda n: _ok(get(WORK, {"vista": "abiertas"})), rounds),
        measure(
            "work list, filtered",
            lambda n: _ok(get(WORK, {"vista": "todas", "tipo": kind, "canal": "web"})),
            rounds,
        ),
        measure("search, common word", lambda n: _ok(get(WORK, {"vista": "todas", "q": "problema"})), rounds),
        measure(
            "search, rare word",
            lambda n: _ok(get(WORK, {"vista": "todas", "q": f"raro{abs(n) * 37 + 5}"})),
            rounds,
        ),
        measure(
            "search, two words",
            lambda n: _ok(get(WORK, {"vista": "todas", "q": "semáforo inundaciones agua"})),
            rounds,
        ),
        measure(
            "search, person",
            lambda n: _ok(get(WORK, {"vista": "todas", "q": f"persona{abs(n) + 1}"})),
            rounds,
        ),
        measure("case page", lambda n: _ok(get(f"{WORK}2020-{old[abs(n)][0]:06d}/")), rounds),
        measure("tracking page", _tracking(citizen, institution), rounds),
        measure("floor: create", _floor_create(staff, kind), min(rounds, 25)),
        measure("floor: inbox", lambda n: _ok(get("/_floor/inbox/", {"slug": SLUG})), rounds),
        measure("floor: case page", lambda n: _ok(get(f"/_floor/{old[abs(n)][1]}/")), rounds),
    ]


def _ok(response: object, status: int = 200) -> None:
    code = response.status_code  # type: ignore[attr-defined]
    if code != status:
        raise SystemExit(f"expected {status}, got {code}")


def _form(citizen: Client) -> Callable[[int], object]:
    typed = {
        "subject": "Filtración de agua", "body": "Se llueve la sala.", "q_establecimiento": "Escuela", "given_names": "Ana",
        "family_names": "Soto", "email": "ana@demo.invalid",
    }  # fmt: skip
    drafts = [citizen.post(f"{BASE}/solicitud/reclamo/", typed)["Location"] for _ in range(16)]

    def send(number: int) -> None:
        _ok(citizen.post(drafts.pop()), 302)

    return send


def _staff_create(staff: Client, kind: int) -> Callable[[int], object]:
    data = {
        "kind": kind,
        "channel": "phone",
        "body": "Llama por una filtración.",
        "given_names": "Ana",
        "email": "a@demo.invalid",
    }
    return lambda number: _ok(staff.post(f"{WORK}nueva/", data), 302)


def _tracking(citizen: Client, institution: Institution) -> Callable[[int], object]:
    case = (
        Case.objects.filter(institution=institution, person__isnull=False, year=2020).order_by("pk").first()
    )
    if case is None or case.person_id is None:
        raise SystemExit("no case to follow")
    person = reveal(institution.pk, [case.person_id], actor_id=None, reason="benchmark", now=now())[
        case.person_id
    ]
    _ok(citizen.post(f"{BASE}/seguimiento/", {"code": case.code, "second_factor": person.email}), 302)
    return lambda number: _ok(citizen.get(f"{BASE}/seguimiento/solicitud/"))


def _floor_create(staff: Client, kind: int) -> Callable[[int], object]:
    data = {"slug": SLUG, "kind": kind, "body": "Llama por una filtración."}
    return lambda number: _ok(staff.post("/_floor/create/", data), 302)
