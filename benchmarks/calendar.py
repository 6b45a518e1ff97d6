# SPDX-License-Identifier: EUPL-1.2
"""A change of calendar over many running clocks, end to end, beside bare updates of the same columns."""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from benchmarks.fill import open_cases
from benchmarks.measuring import timed
from benchmarks.requests import OFFICER
from siac.accounts.public import User
from siac.cases.models import Case
from siac.clocks.bulk import Live, recomputed
from siac.clocks.commands.changes import LINE, begin_adding, following
from siac.clocks.commands.previews import LINE as PREVIEWS
from siac.clocks.commands.previews import Asked, begin_preview, previewing
from siac.clocks.factory import shipped_calendar
from siac.clocks.models import CalendarChange, Clock
from siac.clocks.public import apply_calendar_change, open_own_layer
from siac.clocks.reckoning import term_of
from siac.infra.longwork import run_long
from siac.organizations.public import Institution

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
STRIKE = date(2026, 11, 20)
_MOVED = "SELECT {} FROM clocks_clockmove WHERE change_id = %s"
_BARE_CLOCKS = (
    "UPDATE clocks_clock SET due_on = due_on + 1, due_at = due_at "
    "+ interval '1 day', calendar_version = calendar_version"
    f" WHERE id IN ({_MOVED.format('clock_id')})"
)
_BARE_CASES = (
    "UPDATE cases_case SET due_on = due_on + 1, legal_due_on = legal_due_on + 1"
    f" WHERE id IN ({_MOVED.format('subject_id')})"
)


def calendar_change(institution: Institution, count: int) -> Iterable[str]:
    """Yield a table: a strike day over `count` running legal terms, one per case; and what one due
    day costs.
    """
    layer = open_own_layer(institution_id=institution.pk, name=institution.name, country="CL", now=NOW)
    with connection.cursor() as cursor:
        open_cases(cursor, institution, count)
    apply_calendar_change("CL", days=[date(2026, 10, 31)], now=NOW)  # puts each on its true due day
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    strike = Asked(layer, CalendarChange.Action.ADDED, [STRIKE], "Paro", "Paro", "closure", "Circular 3")
    officer = User.objects.get(email=OFFICER)
    asked = begin_preview(strike, institution_id=institution.pk, actor_id=officer.pk, now=NOW)
    preview = timed(lambda: run_long(PREVIEWS, asked.pk, previewing, clock=lambda: NOW))
    change = begin_adding(
        layer_code=layer.code, days=[STRIKE], name="Paro", kind="closure", source="Circular 3", reason="Paro",
        institution_id=institution.pk, actor_id=None, now=NOW,
    )  # fmt: skip

    def job() -> None:
        run_long(LINE, change.pk, following, clock=lambda: NOW)

    done = timed(job)
    change.refresh_from_db()
    statements, batches = _bare(change)
    yield from (
        f"\n| {change.done:,} running clocks, {change.moved:,} moved | s | CPU s of Python |",
        "|---|---:|---:|",
    )
    for name, spent in (
        ("the job of the preview: every clock computed, counted per unit, with a sample", preview),
        ("the job: clocks, cases, a journal entry each, the list of what moved", done),
        ("bare: two `UPDATE` statements over clocks and cases", timed(statements)),
        ("bare: `bulk_update` of clocks and cases in batches of 2,000", timed(batches)),
    ):
        yield f"| {name} | {spent.wall:.1f} | {spent.cpu:.1f} |"
    yield ""
    yield from (f"- {line}" for line in _look_ups())


def _bare(change: CalendarChange) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return the same columns written again by two statements, and by
    `bulk_update`; nothing computed or journaled.
    """
    clocks = list(Clock.objects.filter(pk__in=change.moves.values("clock_id")))
    cases = list(Case.objects.filter(pk__in=[clock.subject_id for clock in clocks]))

    def statements() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BARE_CLOCKS, [change.pk])
            cursor.execute(_BARE_CASES, [change.pk])

    def batches() -> None:
        Clock.objects.bulk_update(clocks, ["due_on", "due_at", "calendar_version"], batch_size=2000)
        Case.objects.bulk_update(cases, ["due_on", "legal_due_on"], batch_size=2000)

    return statements, batches


def _look_ups() -> Iterable[str]:
    random.seed(7)
    days = [date(2013, 1, 1) + timedelta(days=random.randrange(5500)) for _ in range(100_000)]
    calendar = shipped_calendar("CL-CO")
    lengths = [20] * len(days)
    rows = [
        Live(
            number,
            1,
            "case",
            number,
            "Plazo legal",
            "CL-CO",
            None,
            True,
            "America/Santiago",
            "CL.OIRS",
            1,
            "bd",
            20,
            None,
            day,
            "",
            day,
            NOW,
            day,
            NOW,
            [],
        )
        for number, day in enumerate(days)
    ]
    clocks = [Clock(**row._asdict()) for row in rows[:5000]]
    for name, call, number in (
        ("a due day from the table", lambda: calendar.add_business_each(days, lengths), len(days)),
        (
            "a clock of a batch, with instant and pinned calendar",
            lambda: recomputed(rows, lambda key: calendar),
            len(rows),
        ),
        ("a clock as a whole term", lambda: [term_of(clock, calendar) for clock in clocks], len(clocks)),
    ):
        best = min(timed(call).cpu for _ in range(7))
        yield f"{name}: {best / number * 1e9:,.0f} ns of CPU"
