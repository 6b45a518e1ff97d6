# SPDX-License-Identifier: EUPL-1.2
"""What fails for one body, one case or one file ends nothing else, is shown, and is tried again."""

import errno
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.errors import DeadlockDetected

from siac.accounts.public import Role
from siac.cases.commands import closing, handling, reminding
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.commands.handling import ask_for_information
from siac.cases.commands.reminding import remind_to_complete
from siac.cases.models import ErasureRun
from siac.cases.protection import runs
from siac.cases.public import Case
from siac.charters.commands import breaches
from siac.charters.models import Breach
from siac.clocks import tasks
from siac.clocks.public import Clock
from siac.documents.commands.rescanning import rescan_pending
from siac.documents.domain.files import ScanState
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.infra.jobs import WhileAway, retry_stalled
from siac.infra.longwork import run_long
from siac.infra.models import JobFault
from siac.infra.turns import each_alone, each_in_turn
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import in_each_body
from tests.cases.test_handling import do
from tests.factories import NOW, answer, file, make_house, upload

pytestmark = [pytest.mark.django_db]
LATER = NOW + timedelta(days=90)


def broken(error: Exception) -> Any:
    def work(*args: Any, **values: Any) -> Any:
        raise error

    return work


def test_a_body_in_which_a_job_fails_ends_no_other_and_is_shown_until_it_is_well(house, other_house, client):
    done = []

    def work(institution: Any) -> int:
        if institution.slug == "puerto" and not done.count("well"):
            raise ValueError("the text may hold a name")
        done.append(institution.slug)
        return 1

    assert in_each_body("some.job", work, now=NOW) == 1
    assert in_each_body("some.job", work, now=LATER) == 1
    assert done == ["vecina", "vecina"]
    fault = JobFault.objects.get()
    assert (fault.job, fault.error, fault.failures, fault.since, fault.last_at) == (
        "some.job",
        "ValueError",
        2,
        NOW,
        LATER,
    )
    told = client.get("/salud").json()
    assert told["status"] == "troubled"
    assert "some.job (puerto): ValueError, 2 since" in told["jobs"]
    assert "may hold a name" not in str(told)
    done.append("well")
    assert in_each_body("some.job", work, now=LATER) == 2
    assert client.get("/salud").json()["jobs"] == "well"


def test_a_body_whose_calendar_fails_keeps_no_other_from_its_reminders(house, other_house, monkeypatch):
    known = reminding.calendar_of

    def fails_in_one(institution: Any, *more: Any) -> Any:
        if institution.slug == "puerto":
            raise Refused("calendar_ends")
        return known(institution, *more)

    monkeypatch.setattr(reminding, "calendar_of", fails_in_one)
    case = file(other_house, "acceso")
    do(ask_for_information, other_house, case, Role.UNIT_OFFICER, body="¿Cuándo?")
    due = Clock.objects.get(subject_id=case.pk, kind="correction").due_on
    before = datetime.combine(due, time(15), tzinfo=UTC) - timedelta(days=1)
    assert remind_to_complete(now=before) == 1
    fault = JobFault.objects.get()
    assert (fault.institution.slug, fault.subject, fault.error) == ("puerto", "", "Refused")


def test_a_case_that_cannot_be_closed_leaves_the_others_closed(house, monkeypatch):
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(3)]
    for case in cases:
        answer(house, case, now=NOW)
    known = closing.close_case

    def fails_on_the_first(**values: Any) -> Any:
        if values["case_id"] == cases[0].pk:
            raise KeyError("x")
        return known(**values)

    monkeypatch.setattr(closing, "close_case", fails_on_the_first)
    assert close_lapsed_cases(now=LATER) == 2
    assert JobFault.objects.get().subject == f"case:{cases[0].pk}"
    monkeypatch.setattr(closing, "close_case", known)
    assert close_lapsed_cases(now=LATER) == 1
    assert not JobFault.objects.exists()


def test_a_promise_that_cannot_be_found_broken_keeps_no_other_from_it(house, other_house, monkeypatch):
    bad, *good = [file(each, unit_id=each.units["obras"]) for each in (house, house, other_house)]
    known = breaches.owe

    def fails_on_the_first(found: Any, **values: Any) -> Any:
        if bad.pk in [breach.case_id for breach in found]:
            raise KeyError("x")
        return known(found, **values)

    monkeypatch.setattr(breaches, "owe", fails_on_the_first)
    monkeypatch.setattr(tasks.timezone, "now", lambda: LATER)
    for _ in range(2):
        tasks.announce_misses()
        assert set(Breach.objects.values_list("case_id", "remedy__state")) == {
            (case.pk, "owed") for case in good
        }  # of the bad one there is neither: both are written or none
        assert not Clock.objects.filter(subject_id=bad.pk).exclude(missed_at=None).exists()
    fault = JobFault.objects.get()
    assert (fault.job, fault.subject, fault.error, fault.failures) == (
        "clocks.announce_misses", f"case:{bad.pk}", "KeyError", 2,
    )  # fmt: skip
    monkeypatch.setattr(breaches, "owe", known)
    tasks.announce_misses()
    assert Breach.objects.count() == 3 and not JobFault.objects.exists()


def test_a_database_that_is_away_is_no_fault_of_a_body(house):
    with pytest.raises(OperationalError):
        each_in_turn("some.job", house.institution.pk, [("", broken(OperationalError("away")))], now=NOW)
    assert not JobFault.objects.exists()
    assert (
        WhileAway().get_retry_decision(exception=OperationalError("away"), job=ProcrastinateJob(attempts=3))
        is not None
    )
    assert (
        WhileAway().get_retry_decision(exception=ValueError("ours"), job=ProcrastinateJob(attempts=3)) is None
    )


@pytest.mark.parametrize(
    ("statement", "comes_again"),
    [
        ("SET LOCAL statement_timeout = 20; SELECT pg_sleep(2)", False),
        ("DO $$ BEGIN RAISE object_not_in_prerequisite_state; END $$", False),
        ("DO $$ BEGIN RAISE program_limit_exceeded; END $$", False),
        ("DO $$ BEGIN RAISE lock_not_available; END $$", True),
        ("DO $$ BEGIN RAISE too_many_connections; END $$", True),
    ],
)
def test_a_statement_that_the_database_ends_for_what_it_asked_is_not_asked_for_ever(statement, comes_again):
    with pytest.raises(OperationalError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    again = WhileAway().get_retry_decision(exception=raised.value, job=ProcrastinateJob(attempts=3))
    assert (again is not None) is comes_again


def test_a_statement_that_is_too_much_in_one_body_is_its_fault_and_the_others_go_on(house, other_house):
    def too_much() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20; SELECT pg_sleep(2)")
        return 1

    ours = [("a", too_much), ("b", lambda: 1)]
    assert each_in_turn("some.job", house.institution.pk, ours, now=NOW) == 1
    fault = JobFault.objects.get()
    assert (fault.institution, fault.subject, fault.error) == (house.institution, "a", "OperationalError")


def test_the_parts_of_a_job_are_done_although_one_of_them_fails():
    done: list[str] = []
    with pytest.raises(KeyError):
        each_alone(partial(done.append, "a"), broken(KeyError("x")), partial(done.append, "b"))
    assert done == ["a", "b"]


@pytest.fixture
def erasing(house, settings, tmp_path, monkeypatch):
    """A run approved over three closed cases."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))
    kind = house.kinds["reclamo"]
    kind.retention_months, kind.retention_erases = 1, ["texts"]
    kind.save()
    type(house.institution).objects.update(config_version=99)
    house.institution.refresh_from_db()
    for _ in range(3):
        answer(house, file(house, unit_id=house.units["obras"]), now=NOW)
    close_lapsed_cases(now=LATER)
    later = LATER + timedelta(days=60)
    run = runs.propose_erasure(institution=house.institution, actor=None, now=later)
    admin = house.user(Role.ADMINISTRATOR)
    runs.approve_erasure(institution=house.institution, run_id=run.pk, actor=admin, now=later)
    return run, later


def test_an_erasure_that_breaks_off_says_so_and_why_and_can_be_taken_up(house, erasing, monkeypatch):
    run, later = erasing
    first = run.items.order_by("pk").first().case_id
    known = runs.erase_case

    def fails_on_the_first(**values: Any) -> Any:
        if values["case_id"] == first:
            raise PermissionError("no")
        return known(**values)

    monkeypatch.setattr(runs, "erase_case", fails_on_the_first)
    run_long(runs.LINE, run.pk, runs.erasing, clock=lambda: later)
    run.refresh_from_db()
    assert (run.state, run.fault) == (WorkState.FAILED, "PermissionError")
    assert Case.objects.filter(erased_at=None).count() == 1
    shown = house.client(Role.ADMINISTRATOR).get(
        reverse("workspace:kinds:erasure", args=[house.slug, run.pk])
    )
    assert "Se interrumpió" in shown.content.decode()
    assert "PermissionError" in shown.content.decode()
    monkeypatch.setattr(runs, "erase_case", known)
    runs.resume_erasure(
        institution=house.institution, run_id=run.pk, actor=house.user(Role.ADMINISTRATOR), now=later
    )
    run_long(runs.LINE, run.pk, runs.erasing, clock=lambda: later)
    run.refresh_from_db()
    assert (run.state, run.fault) == (WorkState.DONE, "")
    assert not Case.objects.filter(erased_at=None).exists()
    assert ErasureRun.objects.count() == 1


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_scanned(house, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("SIAC_CLAMD", "127.0.0.1:1")
    file(house, files=check_uploads([upload("a.pdf"), upload("b.pdf")]))
    gone = Attachment.objects.order_by("pk").first()
    (tmp_path / gone.storage_key).unlink()
    (tmp_path / gone.storage_key).mkdir()  # it cannot be read, whoever asks
    monkeypatch.delenv("SIAC_CLAMD")
    assert rescan_pending(NOW) == 1
    assert Attachment.objects.exclude(pk=gone.pk).get().scan_state == ScanState.OFF
    assert JobFault.objects.get().subject == f"file:{gone.pk}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_dead_workers_periodic_job_whose_successor_waits_keeps_no_other_from_coming_back():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '5 minutes') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        for state, lock, who in (("doing", "x", worker), ("todo", "x", None), ("doing", None, worker)):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, "
                "task_name, args, status, queueing_lock, worker_id)"
                " VALUES ('default', 'cases.close_lapsed', '{}', %s, %s, %s)",
                [state, lock, who],
            )
    assert async_to_sync(retry_stalled)() == 1
    states = sorted(ProcrastinateJob.objects.values_list("status", flat=True))
    assert states == ["aborted", "todo", "todo"]


def test_what_collides_in_a_request_is_done_again_and_nobody_notices(real_commits, monkeypatch):
    house = make_house()
    case = file(house, unit_id=house.units["obras"])
    known, tries = handling.record, []

    def collides_once(**values: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return known(**values)

    monkeypatch.setattr(handling, "record", collides_once)
    sent = {"body": "Se llamó a la persona.", "version": str(case.version)}
    page = house.client(Role.HEAD_OF_UNIT).post(f"/{house.slug}/gestion/solicitudes/{case.folio}/nota/", sent)
    assert page.status_code == 302, page.content.decode()[:500]
    assert (len(tries), case.messages.count()) == (2, 1)


@pytest.mark.parametrize("where", ["while it comes in", "while it is stored"])
def test_a_full_disk_keeps_what_was_typed_and_says_what_happened(house, settings, monkeypatch, where):
    case = file(house, unit_id=house.units["obras"])
    full = broken(OSError(errno.ENOSPC, "No space left on device"))
    if where == "while it comes in":
        settings.FILE_UPLOAD_HANDLERS = ["siac.ui.uploads.RoomyUpload"]
        monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    else:
        monkeypatch.setattr("siac.documents.storage.DurableStorage._save", full)
    sent = {
        "body": "Lo que escribí con cuidado.",
        "version": str(case.version),
        "attachments": upload("plano.pdf"),
    }
    page = house.client(Role.HEAD_OF_UNIT).post(f"/{house.slug}/gestion/solicitudes/{case.folio}/nota/", sent)
    text = page.content.decode()
    assert page.status_code == 507
    assert "Lo que escribí con cuidado." in text
    assert "No queda espacio" in text
    assert case.messages.count() == 0
