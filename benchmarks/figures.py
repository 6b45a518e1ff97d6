# SPDX-License-Identifier: EUPL-1.2
"""Figures: counting all of a body anew, reading an indicator over years, and the pages of figures."""

import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from benchmarks.fill import SLUG
from benchmarks.measuring import database_time, timed
from benchmarks.requests import OFFICER
from siac.accounts.public import User
from siac.cases.models import Case
from siac.indicators.figures.cube import bring_up, rebuild
from siac.indicators.figures.measuring import measure
from siac.indicators.models import Cell
from siac.infra.metrics import metric, source
from siac.organizations.public import Institution

ROUNDS = 15
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
    today = institution.local_date(now())
    months = _months(today, 60)
    for key in ("cases.answer_days", "cases.answered_in_term", "cases.received"):
        of = metric(key)
        took = _median(lambda of=of: measure(institution, of, months, today=today, by="unit"))  # type: ignore[misc]
        yield f"- {size:,} cases: {key}, five years by month and unit, exact medians included: {took:.1f} ms"
    browser = Client()
    browser.force_login(User.objects.get(email=OFFICER))
    for page in PAGES:
        yield f"- {size:,} cases: {_page(browser, f'/{SLUG}/gestion/{page}')}"


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
