# SPDX-License-Identifier: EUPL-1.2
"""The whole benchmark: grow, measure requests, weigh the worker, verify, at
each size; then work in bulk at the last.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.test import override_settings

from benchmarks.appointments import appointment_speed
from benchmarks.bodies import many_bodies
from benchmarks.bulk import bulk_action
from benchmarks.calendar import calendar_change
from benchmarks.casefile import case_file_time
from benchmarks.catalogue import catalogue_speed
from benchmarks.charters import charter_speed
from benchmarks.circle import circle_speed
from benchmarks.clients import filed_at_once
from benchmarks.counter import counter_speed
from benchmarks.figures import figures_speed
from benchmarks.fill import filled_to, grow, prepare
from benchmarks.imports import import_speed
from benchmarks.lag import lag
from benchmarks.mail import mail_intake
from benchmarks.measuring import Result, measure, say
from benchmarks.memory import LIMIT_MB, SIGN_INS, worker_memory
from benchmarks.moving import moved
from benchmarks.narrow import ten_million
from benchmarks.requests import all_requests
from benchmarks.suggestions import costs, learning
from benchmarks.surveys import survey_speed
from benchmarks.terms import rates
from benchmarks.throughput import throughput
from benchmarks.verifying import clean
from benchmarks.visits import slowest_pages
from benchmarks.webhooks import told_a_second
from siac.journal.public import verify_institution
from siac.organizations.public import Institution


@dataclass(frozen=True)
class Amounts:
    """How much of each is measured."""

    rounds: int
    import_rows: int
    bulk: int
    clocks: int
    mails: int
    due: int


def run(sizes: Sequence[int], *, parts: set[str], amounts: Amounts) -> None:
    """Fill and measure each size, then what is measured once; print each as it
    comes, and all of it again at the end.
    """
    institution = prepare()
    measured: dict[int, list[Result]] = {}
    lines: list[str] = []
    once = (call() for part, call in _once(institution, sizes[-1], amounts).items() if part in parts)
    for line in chain(
        _at_each_size(institution, sizes, parts, amounts.rounds, measured), chain.from_iterable(once)
    ):
        lines.append(line)
        say(line)
    say("\n")
    for line in [*_table(measured), "", *lines]:
        say(line)


def _at_each_size(
    institution: Institution,
    sizes: Sequence[int],
    parts: set[str],
    rounds: int,
    measured: dict[int, list[Result]],
) -> Iterable[str]:
    done = filled_to(institution)
    with override_settings(ROOT_URLCONF="benchmarks.floor", ALLOWED_HOSTS=["*"]):
        for size in sizes:
            if size > done:
                seconds = grow(institution, first=done + 1, last=size)
                yield f"- {size:,} cases: filled in {seconds:.0f} s"
                done = size
            if "requests" in parts:
                measured[size] = measure(all_requests(institution, rounds), rounds)
                for row in _table({size: measured[size]}):
                    say(row)
            yield from _set_based(institution, size, parts, rounds)


def _once(institution: Institution, size: int, amounts: Amounts) -> dict[str, Callable[[], Iterable[str]]]:
    """Return what is measured once, at the last size. The change of calendar is last: it opens many cases."""
    return {
        "visits": lambda: slowest_pages(institution),
        "figures": lambda: figures_speed(institution, size),
        "catalogue": lambda: catalogue_speed(institution),
        "charters": lambda: charter_speed(institution, size, amounts.due),
        "circle": lambda: circle_speed(institution, size),
        "narrow": lambda: ten_million(institution),
        "surveys": lambda: survey_speed(institution),
        "appointments": lambda: appointment_speed(institution),
        "counter": lambda: counter_speed(institution),
        "clients": lambda: [f"- {size:,} cases: {line}" for line in filed_at_once()],
        "throughput": lambda: chain([f"- {size:,} cases:", ""], throughput()),
        "lag": lambda: lag(institution),
        "webhooks": lambda: told_a_second(institution),
        "import": lambda: [_imported(amounts.import_rows, size)],
        "file": lambda: [f"- {size:,} cases: {case_file_time(institution)}"],
        "suggestions": lambda: [f"- {line}" for line in (*costs(), learning(institution))],
        "terms": lambda: [f"- {line}" for line in rates()],
        "mail": lambda: mail_intake(amounts.mails),
        "bodies": many_bodies,
        "bulk": lambda: bulk_action(institution, amounts.bulk),
        "calendar": lambda: calendar_change(institution, amounts.clocks),
    }


def _table(measured: dict[int, list[Result]]) -> list[str]:
    """Return the table; «× floor» compares processor time, of Python and database together, with the bare
    request, «× first» with the smallest size.
    """
    if not measured:
        return []
    first = {result.name: result.cpu for result in next(iter(measured.values()))}
    rows = [
        "| what | cases | p50 ms | p95 ms | CPU ms: web | + database | × floor | × first | SQL | rows |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for place in range(len(first)):
        for size, results in measured.items():
            r = results[place]
            floor = next((other.cpu for other in results if other.name == r.floor), 0.0)
            ratio = f"{r.cpu / floor:.1f}" if floor else ""
            rows.append(
                f"| {r.name} | {size:,} | {r.p50:.1f} | {r.p95:.1f} | "
                f"{r.web:.1f} | {r.db:.1f} | {ratio} | {r.cpu / first[r.name]:.1f} |"
                f" {r.sql} | {r.rows} |"
            )
    return rows


def _set_based(institution: Institution, size: int, parts: set[str], rounds: int) -> Iterable[str]:
    if "memory" in parts:
        memory = worker_memory(institution, rounds)
        yield (
            f"- {size:,} cases: a web worker holds {memory.first:.0f} MB at its first page,"
            f" {memory.sign_ins:.0f} MB after {SIGN_INS} sign-ins, {memory.pages:.0f} MB after the pages,"
            f" {memory.exports:.0f} MB after the exports (limit {LIMIT_MB}),"
            f" {memory.own:.0f} MB of them its own"
        )
    if "verify" in parts:
        yield _verified(institution, size)
    if "moving" in parts:
        yield from moved(institution, size)


def _imported(rows: int, size: int) -> str:
    speed = import_speed(rows, mark=f"R{size}")
    return (
        f"- {size:,} cases: importing {speed.rows:,} rows took "
        f"{speed.check:.0f} s to check and {speed.load:.0f} s to load,"
        f" {speed.per_second:,.0f} rows/s ({speed.rows / speed.cpu:,.0f} "
        "rows per second of its own processor time)"
    )


def _verified(institution: Institution, size: int) -> str:
    """Verify the whole register."""
    clean(institution)
    report = verify_institution(institution.pk)
    return (
        f"- {size:,} cases: verified {report.entries:,} entries, {report.per_second:,} a second,"
        f" {len(report.problems)} problems"
    )
