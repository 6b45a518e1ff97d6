# SPDX-License-Identifier: EUPL-1.2
"""Figures: counting all of a body anew, reading an indicator over years, and the pages of figures."""

import statistics
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from secrets import token_hex

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from benchmarks.fill import SLUG
from benchmarks.measuring import database_time, timed
from benchmarks.requests import OFFICER
from siac.accounts.public import User
from siac.cases.models import Case, CaseExport, CaseFact
from siac.cases.tasks import export_cases
from siac.indicators.figures.cube import bring_up, rebuild
from siac.indicators.figures.measuring import measure
from siac.indicators.models import Cell
from siac.infra.metrics import metric, source
from siac.journal.commands.consuming import run_consumers
from siac.organizations.public import Institution

ROUNDS = 15
AUTHORITY = "direccion@puerto-cordillera.demo.invalid"
FILED_PER_SECOND, LAG_SECONDS = 50, 20
PAGES = ("cifras/", "cifras/cases.answer_days/?periodo=anio", "cifras/cases.received/", "indicadores/")


def figures_speed(institution: Institution, size: int) -> Iterable[str]:
    """Yield what figures cost at a size."""
    cases = source("cases")
    before = database_time()
    spent = timed(lambda: list(rebuild(institution, cases, now=now())))
    db = database_time() - before
    cells = Cell.objects.filter(institution=institution).count()
    yield (
        f"- {size:,} cases: all counted anew in {spent.wall:.0f} s ({spent.cpu:.0f} s of Python, {db:.0f} s"
        f" of the database), {cells:,} cells"
    )
    newest = list(
        Case.objects.filter(institution=institution).order_by("-pk").values_list("pk", flat=True)[:50]
    )
    each = _median(lambda: bring_up(institution, cases, newest, now=now()))
    yield f"- {size:,} cases: 50 cases of which nothing changed brought up to date in {each:.0f} ms"
    yield from read_times(institution, f"{size:,} cases")
    yield from page_times(f"{size:,} cases")
    yield f"- {size:,} cases: {_exported()}"
    yield f"- {size:,} cases: {_lag(institution)}"


def read_times(institution: Institution, what: str) -> Iterable[str]:
    """Yield how long figures of five years by month and unit take to read."""
    today = institution.local_date(now())
    months = _months(today, 60)
    for key in ("cases.answer_days", "cases.answered_in_term", "cases.received"):
        of = metric(key)
        took = _median(lambda of=of: measure(institution, of, months, today=today, by="unit"))  # type: ignore[misc]
        yield f"- {what}: {key}, five years by month and unit, exact medians included: {took:.1f} ms"


def page_times(what: str) -> Iterable[str]:
    """Yield what the pages of figures and the home of the authority cost."""
    for email, pages in ((OFFICER, PAGES), (AUTHORITY, ("como-vamos/",))):
        browser = Client()
        browser.force_login(User.objects.get(email=email))
        for page in pages:
            yield f"- {what}: {_page(browser, f'/{SLUG}/gestion/{page}')}"


def _exported() -> str:
    """Take the whole list as CSV, as the worker writes it, and say how fast it went."""
    browser = Client()
    browser.force_login(User.objects.get(email=OFFICER))
    begun, cpu = time.perf_counter(), time.process_time()
    browser.get(f"/{SLUG}/gestion/solicitudes/exportar/?vista=todas&formato=csv")
    export = CaseExport.objects.latest("pk")
    export_cases(export.pk)
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return f"the whole list as CSV: {export.total:,} rows in {took:.0f} s ({cpu:.0f} s of Python)"


def _lag(institution: Institution) -> str:
    """File fifty requests a second while the readers of the journal go on; say how far figures are behind."""
    filed: dict[int, float] = {}
    stop = threading.Event()

    def file() -> None:
        browser = Client()
        browser.force_login(User.objects.get(email=OFFICER))
        kind = Case.objects.filter(institution=institution).earliest("pk").kind_id
        data = {"kind": kind, "channel": "phone", "body": "Llama por una filtración.", "given_names": "Ana"}
        due = time.perf_counter()
        while not stop.is_set():
            browser.post(
                f"/{SLUG}/gestion/solicitudes/nueva/", {**data, "email": f"{token_hex(6)}@demo.invalid"}
            )
            newest = Case.objects.filter(institution=institution).order_by("-pk").values_list("pk", flat=True)
            filed[newest[0]] = time.perf_counter()
            due += 1 / FILED_PER_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
        connection.close()

    while run_consumers(500):
        continue
    thread = threading.Thread(target=file)
    begun = time.perf_counter()
    thread.start()
    behind: list[float] = []
    waiting: set[int] = set()
    seen: set[int] = set()
    while time.perf_counter() - begun < LAG_SECONDS or waiting:
        if time.perf_counter() - begun >= LAG_SECONDS and not stop.is_set():
            stop.set()
            thread.join()
        run_consumers(500)
        waiting = set(filed) - seen
        there = set(CaseFact.objects.filter(case_id__in=waiting).values_list("case_id", flat=True))
        behind += [time.perf_counter() - filed[pk] for pk in there]
        seen |= there
        waiting -= there
    behind.sort()
    return (
        f"{len(behind)} filed at {len(behind) / LAG_SECONDS:.0f} a second, readers going on without a pause:"
        f" figures {behind[len(behind) // 2]:.2f} s behind (median), {behind[-1]:.2f} s at most"
    )


def _months(today: date, count: int) -> list[tuple[date, date]]:
    """Return so many whole months before the one of today, the oldest first."""
    found, first = [], today.replace(day=1)
    for _ in range(count):
        last = first - timedelta(days=1)
        first = last.replace(day=1)
        found.append((first, last))
    return found[::-1]


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _page(browser: Client, address: str) -> str:
    web, db = [], []
    for _ in range(ROUNDS):
        before, begun = database_time(), time.process_time()
        answer = browser.get(address)
        web.append((time.process_time() - begun) * 1000)
        db.append((database_time() - before) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"figures: {address} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    return (
        f"`{address.split('/gestion/')[1]}` {statistics.median(web):.1f} ms of Python,"
        f" {statistics.median(db):.1f} ms of the database, {len(captured)} SQL"
    )
