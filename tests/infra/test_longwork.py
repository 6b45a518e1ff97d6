# SPDX-License-Identifier: EUPL-1.2
"""Long work: done in steps that each hold, by one worker at a time, whatever ends it; told on one page."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.infra.health import LONGEST_STEP, works_check
from siac.infra.jobs import WhileAway
from siac.infra.longwork import (
    LEASE,
    LOST_AFTER,
    Ended,
    begin,
    fail,
    finish,
    queue_lost,
    real_time,
    run_long,
    stop,
    tell,
)
from siac.infra.retrying import Busy
from siac.kernel.errors import Refused
from siac.organizations.commands.staffing import LINE
from siac.organizations.models import StaffSheet
from tests.factories import NOW
from tests.one_line import on_one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(house):
    """A work in line; its steps below only count."""
    row = StaffSheet.objects.create(institution=house.institution, name="x", created_at=NOW, total=4)
    return begin(LINE, row, now=NOW, refusal="sheet_moving")


def one(row, now):
    row.done += 1
    row.save(update_fields=["done"])
    return row.done


def all_four(row, clock):
    for _ in range(row.done, row.total):
        yield one


def dying(at, error):
    def steps(row, clock):
        for done in range(row.done, row.total):
            if done == at:
                yield partial(_spoilt, error=error)
            yield one

    return steps


def _spoilt(row, now, *, error):
    one(row, now)
    raise error


def run(work, steps=all_four, clock=lambda: NOW, **more):
    run_long(LINE, work.pk, steps, clock=clock, **more)


def test_it_is_done_step_by_step_and_once(work):
    given = []

    def told(row, clock):
        while len(given) < 4:
            given.append((yield one))

    run(work, told)
    work.refresh_from_db()
    assert (work.state, work.done, work.begun_at, work.ended_at) == ("done", 4, NOW, NOW)
    assert (given, work.leased_until, work.percent) == ([1, 2, 3, 4], None, 100)
    run(work)
    work.refresh_from_db()
    assert work.done == 4


def test_what_ends_it_is_told_by_its_class_and_the_step_it_was_in_is_undone(work):
    with pytest.raises(ValueError, match="Ana Soto"):
        run(work, dying(2, ValueError("Ana Soto")))
    work.refresh_from_db()
    assert (work.state, work.done, work.fault, work.ended_at) == ("failed", 2, "ValueError", NOW)
    with pytest.raises(Refused, match="sheet_moving"):
        stop(work, now=NOW, refusal="sheet_moving")
    begin(LINE, work, now=NOW + LEASE, refusal="sheet_moving")
    assert (work.state, work.fault, work.begun_at) == ("waiting", "", NOW)
    run(work)
    work.refresh_from_db()
    assert (work.state, work.done) == ("done", 4)
    with pytest.raises(Refused, match="sheet_moving"):
        begin(LINE, work, now=NOW, refusal="sheet_moving")


def test_a_refusal_is_no_fault_of_the_job_and_may_say_more(work):
    def say(row, error, now):
        row.name = error.code
        row.save(update_fields=["name"])

    run(work, dying(1, Refused("no_room")), failed=say)
    work.refresh_from_db()
    assert (work.state, work.done, work.fault, work.name) == ("failed", 1, "Refused", "no_room")


def test_a_database_that_is_away_leaves_it_to_the_next_try(work):
    with pytest.raises(OperationalError):
        run(work, dying(2, OperationalError("away")))
    work.refresh_from_db()
    assert (work.state, work.done, work.ended_at) == ("running", 2, None)
    run(work)
    work.refresh_from_db()
    assert (work.state, work.done) == ("done", 4)


def test_two_workers_never_have_it_at_once_and_a_dead_one_loses_it(work):
    seen = []

    def slow(row, clock):
        yield one
        with pytest.raises(Busy):  # while the lease runs nobody else gets it, and its job comes again
            run(work, clock=lambda: NOW + LEASE / 2)
        run(work, clock=lambda: NOW + 2 * LEASE)
        seen.append("behind")
        yield one

    run(work, slow)
    work.refresh_from_db()
    assert (work.state, work.done, seen) == ("done", 4, ["behind"])
    busy = WhileAway().get_retry_decision(exception=Busy("x"), job=ProcrastinateJob(attempts=1))
    assert busy is not None


def test_whoever_stops_it_stops_it_behind_the_step_it_is_in(work):
    def stopped_behind_two(row, clock):
        yield one
        yield one
        stop(StaffSheet.objects.get(pk=row.pk), now=NOW, refusal="sheet_moving")
        with pytest.raises(Ended):
            tell(row, NOW, total=9)
        yield one

    run(work, stopped_behind_two)
    work.refresh_from_db()
    assert (work.state, work.done, work.total) == ("stopped", 2, 4)
    run(work)
    work.refresh_from_db()
    assert work.done == 2


def test_a_step_may_end_it_well_or_badly_within_its_own_transaction(work):
    def well(row, clock):
        yield lambda row, now: finish(row, now)
        yield one

    def badly(row, clock):
        yield lambda row, now: fail(row, now, "PermissionError")

    run(work, badly)
    work.refresh_from_db()
    assert (work.state, work.fault) == ("failed", "PermissionError")
    begin(LINE, work, now=NOW, refusal="sheet_moving")
    run(work, well)
    work.refresh_from_db()
    assert (work.state, work.done) == ("done", 0)


def test_health_counts_what_failed_lately_and_what_nobody_carries_on(work):
    now = real_time()
    StaffSheet.objects.update(begun_at=now)
    assert works_check(now) is None
    assert works_check(now + timedelta(hours=2)) == "organizations.StaffSheet: 0 failed, 1 stalled"
    StaffSheet.objects.update(state="running", leased_until=now)
    assert works_check(now + LONGEST_STEP / 2) is None
    assert works_check(now + 2 * LONGEST_STEP) == "organizations.StaffSheet: 0 failed, 1 stalled"
    StaffSheet.objects.update(state="failed", ended_at=now)
    assert works_check(now) == "organizations.StaffSheet: 1 failed, 0 stalled"
    assert works_check(now + timedelta(days=2)) is None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "En cola: 1 de 4 filas (25 %)"),
        ("running", "Cargando: 1 de 4 filas (25 %)"),
        ("failed", "Se interrumpió</strong> en 1 de 4 filas"),
        ("stopped", "Detenido</strong> en 1 de 4 filas"),
        ("done", "Lista."),
    ],
)
def test_its_page_says_how_far_it_is_and_offers_only_what_can_be_done(state, words):
    row = StaffSheet(state=state, done=1, total=4, fault="KeyError" if state == "failed" else "")
    words_of_it = {"things": "filas", "doing": "Cargando", "finished": "Lista."}
    given = {"work": row, **words_of_it, "go_on_url": "/a", "stop_url": "/b"}
    shown = on_one_line(render_to_string("ui/parts/long_work.html", given).encode()).decode()
    assert words in shown
    assert ("Detener</button>" in shown) == (state in {"waiting", "running"})
    assert ("Seguir</button>" in shown) == (state in {"failed", "stopped"})
    assert ("<progress" in shown) == (state in {"waiting", "running"})
    assert ("KeyError" in shown) == (state == "failed")


def test_a_work_whose_job_is_gone_is_queued_again_once(work):
    later = NOW + LOST_AFTER + timedelta(minutes=1)
    assert queue_lost(now=later) == 0
    (job,) = ProcrastinateJob.objects.filter(lock=f"organizations.staffsheet:{work.pk}")
    given = job.args
    ProcrastinateJob.objects.all().delete()
    assert queue_lost(now=NOW + LOST_AFTER) == 0
    assert queue_lost(now=later) == 1
    assert queue_lost(now=later) == 0
    (job,) = ProcrastinateJob.objects.filter(lock=f"organizations.staffsheet:{work.pk}")
    assert job.args == given == {"sheet_id": work.pk}


def test_a_work_that_ended_or_that_somebody_has_is_not_queued_again(house):
    later, sheets = NOW + LOST_AFTER + timedelta(minutes=1), []
    for _ in range(3):
        row = StaffSheet.objects.create(institution=house.institution, name="x", created_at=NOW, total=4)
        sheets.append(begin(LINE, row, now=NOW, refusal="sheet_moving"))
    done, stopped, held = sheets
    ProcrastinateJob.objects.all().delete()
    run(done)
    stop(stopped, now=NOW, refusal="sheet_not_loading")
    StaffSheet.objects.filter(pk=held.pk).update(state="running", leased_until=later)
    assert queue_lost(now=later) == 0
    assert queue_lost(now=later + timedelta(seconds=1)) == 1
    assert ProcrastinateJob.objects.get().args == {"sheet_id": held.pk}
