# SPDX-License-Identifier: EUPL-1.2
"""A bulk change of many open cases, end to end, beside a bare update of the same column.

`python -m benchmarks.bulk --cases 10000` fills a database of its own, as `make bench` does, and prints a table.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import django

from benchmarks.__main__ import ROOT, database_url

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
_OPEN = """
UPDATE cases_case SET state = 'with_unit', answered_at = NULL, closed_at = NULL, outcome = '', ending = '', assignee_id = NULL
WHERE institution_id = %s AND merged_into_id IS NULL
"""


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk")
    parser.add_argument("--cases", type=int, default=10_000)
    count = parser.parse_args().cases
    os.environ.update(
        SIAC_TEST="1", SIAC_HOME=str(ROOT / "var" / "bench-home"), DJANGO_SETTINGS_MODULE="siac.config.settings",
        SIAC_MAIL="outbox",
    )  # fmt: skip
    os.environ["DATABASE_URL"] = database_url()
    django.setup()
    _measure(count)


def _measure(count: int) -> None:
    from django.db import connection

    from benchmarks.fill import grow, prepare
    from benchmarks.run import say
    from siac.accounts.public import Role, User
    from siac.cases.commands.bulk import begin_bulk, choose_cases, preview_bulk
    from siac.cases.commands.bulk_run import run_batch
    from siac.cases.models import Case
    from siac.organizations.public import access_in, grant_role, unit_tree

    body = prepare()
    grow(body, first=1, last=count, texts_too=True)
    grant_role(
        institution=body, actor=None, now=NOW, email="lote@bench.example", name="Lote", role=Role.QUALITY_MANAGER, unit_id=None
    )  # fmt: skip
    body.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [body.pk])
        cursor.execute("VACUUM ANALYZE")
    user = User.objects.get(email="lote@bench.example")
    access = access_in(user, body.slug)
    mine = Case.objects.filter(institution=body)
    unit = next(pk for pk, node in unit_tree(body).nodes.items() if node.is_active)

    def timed(name: str, call: Callable[[], object]) -> object:
        wall, cpu = time.perf_counter(), time.process_time()
        found = call()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        say(f"| {name} | {wall:.1f} | {cpu:.1f} | {count / wall:,.0f} |")
        return found

    say(f"\n| {count:,} cases | s | CPU s of Python | cases/s |\n|---|---:|---:|---:|")
    for name, code, values in (
        ("assign", "asignar", {"assignee_id": user.pk}),
        ("refer to a unit", "derivar", {"unit_id": unit, "reason": ""}),
    ):
        chosen = timed(
            f"{name}: marked", lambda code=code: choose_cases(access=access, code=code, cases=mine, now=NOW)
        )  # type: ignore[misc]
        pk = chosen.pk  # type: ignore[attr-defined]
        timed(
            f"{name}: preview",
            lambda pk=pk, values=values: preview_bulk(access=access, bulk_id=pk, values=values, now=NOW),  # type: ignore[misc]
        )
        begin_bulk(access=access, bulk_id=pk, now=NOW)

        def job(pk: int = pk) -> None:
            while run_batch(bulk_id=pk, now=NOW):
                continue

        timed(f"{name}: the job", job)
        chosen.refresh_from_db()  # type: ignore[attr-defined]
        say(f"\nChanged: {chosen.changed:,}, left alone: {chosen.refused:,}.\n")  # type: ignore[attr-defined]
    timed("bare: one `UPDATE` of the column", lambda: mine.update(assignee=None))


if __name__ == "__main__":
    main()
