# SPDX-License-Identifier: EUPL-1.2
"""The whole benchmark: grow, measure, bring in a register, weigh the worker, verify; at each size, then the tables."""

import sys
from collections.abc import Sequence

from django.test import override_settings

from benchmarks.casefile import case_file_time
from benchmarks.fill import grow, prepare
from benchmarks.imports import import_speed
from benchmarks.measuring import Result, measure
from benchmarks.memory import LIMIT_MB, worker_memory
from benchmarks.requests import all_requests
from benchmarks.suggestions import costs
from benchmarks.terms import rates
from siac.cases.models import Case, CaseText
from siac.journal.public import verify_institution
from siac.organizations.public import Institution


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(sizes: Sequence[int], *, rounds: int, import_rows: int) -> None:
    """Fill and measure each size, and print the tables."""
    institution = prepare()
    done = 0
    measured: dict[int, list[Result]] = {}
    lines: list[str] = []
    with override_settings(ROOT_URLCONF="benchmarks.floor", ALLOWED_HOSTS=["*"]):
        for size in sizes:
            seconds = grow(institution, first=done + 1, last=size)
            lines.append(f"{size:,} cases: filled in {seconds:.0f} s")
            say(f"<!-- {lines[-1]} -->")
            done = size
            measured[size] = measure(all_requests(institution, rounds), rounds)
            for told in _table({size: measured[size]}):
                say(told)
            for line in _set_based(institution, size, rounds=rounds):
                lines.append(line)
                say(f"<!-- {line} -->")
    lines.append(_imported(import_rows, done))
    lines.append(case_file_time(institution))
    say("")
    for told in _table(measured):
        say(told)
    say("\n" + "\n".join(f"- {line}" for line in [*lines, *rates(), *costs()]))


def _table(measured: dict[int, list[Result]]) -> list[str]:
    """Return the table; «× floor» compares processor time with the bare request, «× first» with the smallest size."""
    first = {result.name: result.cpu for result in next(iter(measured.values()))}
    rows = [
        "| what | cases | p50 ms | p95 ms | CPU ms | × floor | × first | SQL | rows |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for place in range(len(first)):
        for size, results in measured.items():
            r = results[place]
            floor = next((other.cpu for other in results if other.name == r.floor), 0.0)
            ratio = f"{r.cpu / floor:.1f}" if floor else ""
            rows.append(
                f"| {r.name} | {size:,} | {r.p50:.1f} | {r.p95:.1f} | {r.cpu:.1f} | {ratio} | {r.cpu / first[r.name]:.1f} |"
                f" {r.sql} | {r.rows} |"
            )
    return rows


def _set_based(institution: Institution, size: int, *, rounds: int) -> list[str]:
    memory = worker_memory(institution, rounds)
    return [
        f"{size:,} cases: a web worker holds {memory.first:.0f} MB at its first page, {memory.pages:.0f} MB after the pages,"
        f" {memory.exports:.0f} MB after the exports (limit {LIMIT_MB})",
        _verified(institution, size),
    ]


def _imported(rows: int, size: int) -> str:
    speed = import_speed(rows, mark=f"R{size}")
    return (
        f"{size:,} cases: importing {speed.rows:,} rows took {speed.check:.0f} s to check and {speed.load:.0f} s to load,"
        f" {speed.per_second:,.0f} rows/s ({speed.rows / speed.cpu:,.0f} rows per second of its own processor time)"
    )


def _verified(institution: Institution, size: int) -> str:
    """Verify the whole register; the floor's own rows, which have no journal or folio, are taken away first."""
    bare = Case.objects.filter(institution=institution, year=1900)
    CaseText.objects.filter(case__in=bare).delete()
    bare.delete()
    report = verify_institution(institution.pk)
    return (
        f"{size:,} cases: verified {report.entries:,} entries, {report.per_second:,} a second,"
        f" {len(report.problems)} problems"
    )
