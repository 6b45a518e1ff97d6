# SPDX-License-Identifier: EUPL-1.2
"""A change of calendar over many running clocks, end to end, beside bare updates of the same columns.

`python -m benchmarks.calendar --clocks 100000` fills a database of its own, as `make bench` does, and prints a table.
"""

import argparse
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import django

from benchmarks.__main__ import ROOT, database_url

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
STRIKE = date(2026, 11, 20)
_RUNNING = """
UPDATE clocks_clock SET state = 'running', ended_at = NULL, missed_at = NULL, day0 = date '2026-10-21' + (id %% 29)::int,
  due_on = date '2026-12-31', due_at = '2027-01-01'
WHERE institution_id = %s AND subject_id IN (SELECT id FROM cases_case WHERE year = 2020)
"""
_OPEN = "UPDATE cases_case SET state = 'with_unit', answered_at = NULL, closed_at = NULL WHERE year = 2020"
_BARE_CLOCKS = "UPDATE clocks_clock SET due_on = due_on + 1, due_at = due_at + interval '1 day', calendar_version = calendar_version WHERE id IN (SELECT clock_id FROM clocks_clockmove)"
_BARE_CASES = "UPDATE cases_case SET due_on = due_on + 1, legal_due_on = legal_due_on + 1 WHERE id IN (SELECT subject_id FROM clocks_clockmove)"


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calendar")
    parser.add_argument("--clocks", type=int, default=100_000)
    count = parser.parse_args().clocks
    os.environ.update(
        SIAC_TEST="1", SIAC_HOME=str(ROOT / "var" / "bench-home"), DJANGO_SETTINGS_MODULE="siac.config.settings",
        SIAC_MAIL="outbox",
    )  # fmt: skip
    os.environ["DATABASE_URL"] = database_url()
    django.setup()
    _measure(count)


def _measure(count: int) -> None:
    from django.db import connection, transaction

    from benchmarks.fill import grow, prepare
    from benchmarks.run import say
    from siac.cases.models import Case
    from siac.clocks.commands.changes import begin_adding, move_batch
    from siac.clocks.commands.moves import preview_moves
    from siac.clocks.models import Clock
    from siac.clocks.public import apply_calendar_change, open_own_layer
    from siac.clocks.queries.changes import preview_of

    body = prepare()
    grow(body, first=1, last=count, texts_too=False)
    layer = open_own_layer(institution_id=body.pk, name=body.name, country="CL", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, [body.pk])
        cursor.execute(_OPEN)
    apply_calendar_change("CL", days=[date(2026, 10, 31)], now=NOW)  # puts each on its true due day
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

    def timed(name: str, call: Callable[[], object]) -> object:
        wall, cpu = time.perf_counter(), time.process_time()
        found = call()
        say(f"| {name} | {time.perf_counter() - wall:.1f} | {time.process_time() - cpu:.1f} |")
        return found

    say(f"\n| {count:,} running clocks | s | CPU s of Python |\n|---|---:|---:|")
    news = timed(
        "preview: every clock computed", lambda: preview_moves(layer, added=[STRIKE], kind="closure")
    )
    timed("preview: counted, per unit, with a sample", lambda: preview_of(news, body.pk))  # type: ignore[arg-type]
    change = begin_adding(
        layer_code=layer.code, days=[STRIKE], name="Paro", kind="closure", source="Circular 3", reason="Paro",
        institution_id=body.pk, actor_id=None, now=NOW,
    )  # fmt: skip

    def job() -> None:
        while move_batch(change_id=change.pk, now=NOW):
            continue

    timed("the job: clocks, cases, journal, list of what moved", job)
    change.refresh_from_db()

    def one_statement() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BARE_CLOCKS)
            cursor.execute(_BARE_CASES)

    clocks = list(Clock.objects.filter(pk__in=[new.clock.id for new in news]))  # type: ignore[attr-defined]
    cases = list(Case.objects.filter(pk__in=[clock.subject_id for clock in clocks]))

    def bulk() -> None:
        Clock.objects.bulk_update(clocks, ["due_on", "due_at", "calendar_version"], batch_size=2000)
        Case.objects.bulk_update(cases, ["due_on", "legal_due_on"], batch_size=2000)

    timed("bare: two UPDATE statements over clocks and cases", one_statement)
    timed("bare: `bulk_update` of clocks and cases in batches of 2,000", bulk)
    say(f"\nMoved: {change.moved:,} of {change.looked:,} looked at.\n")
    _look_ups()


def _look_ups() -> None:
    from benchmarks.run import say
    from siac.clocks.bulk import Live, recomputed
    from siac.clocks.factory import shipped_calendar
    from siac.clocks.models import Clock
    from siac.clocks.reckoning import term_of

    random.seed(7)
    days = [date(2013, 1, 1) + timedelta(days=random.randrange(5500)) for _ in range(100_000)]
    calendar = shipped_calendar("CL-CO")
    lengths = [20] * len(days)
    rows = [
        Live(
            number, 1, "case", number, "Plazo legal", "CL-CO", None, True, "America/Santiago", "CL.OIRS", 1, "bd", 20,
            None, day, "", day, NOW, day, NOW, [],
        )
        for number, day in enumerate(days)
    ]  # fmt: skip
    clocks = [Clock(**row._asdict()) for row in rows[:5000]]
    for name, call, number in (
        ("a due day from the table", lambda: calendar.add_business_each(days, lengths), len(days)),
        ("a clock of a batch, with instant and pinned calendar", lambda: recomputed(rows, lambda key: calendar), len(rows)),
        ("a clock as a whole term", lambda: [term_of(clock, calendar) for clock in clocks], len(clocks)),
    ):  # fmt: skip
        best = float("inf")
        for _ in range(7):
            begun = time.process_time()
            call()
            best = min(best, (time.process_time() - begun) / number * 1e9)
        say(f"{name}: {best:,.0f} ns of CPU")


if __name__ == "__main__":
    main()
