# SPDX-License-Identifier: EUPL-1.2
"""`/salud` and `siac health` tell jobs, mail, disk, seal and mailboxes, and nothing about persons."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from siac.infra.health import clock_check, disk_check, queue_check, queue_detail
from siac.journal.commands.sealing import make_checkpoint
from siac.journal.public import record
from siac.journal.queries import seal_detail, seal_trouble
from siac.notices.models import Notice
from siac.notices.queries import outbox_detail, outbox_trouble
from tests.factories import file

LATER = timedelta(hours=2)


def now() -> datetime:
    return datetime.now(UTC)


def job(status: str, age: timedelta, *, event: str = "deferred", scheduled: bool = False) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            (
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, "
                "scheduled_at) VALUES ('default', 'x', 'todo', %s) RETURNING id"
            ),
            [now() - age if scheduled else None],
        )
        (key,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [now() - age, key])
        if status != "todo":
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, key])
        if event == "failed":
            cursor.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [now() - age, key])


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ([("todo", timedelta(minutes=1))], None),
        ([("todo", timedelta(minutes=11))], "1 wait for more than 10 min"),
        ([("doing", timedelta(0))], "1 stalled"),
        ([("failed", timedelta(0))], "1 failed within a day"),
    ],
)
def test_jobs_that_wait_hang_or_failed_are_told(db, made, told):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    for status, age in made:
        job(status, age)
    assert queue_check(now()) == told
    assert queue_detail(now())


def test_a_job_put_off_waits_from_its_hour_and_an_old_failure_is_no_alarm(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    job("todo", timedelta(minutes=-30), scheduled=True)
    job("failed", timedelta(days=2), event="failed")
    assert queue_check(now()) is None
    job("todo", timedelta(minutes=30), scheduled=True)
    assert queue_check(now()) == "1 wait for more than 10 min"


def test_mail_that_does_not_go_out_and_mail_in_doubt_are_told(house):
    file(house)
    mails = Notice.objects.filter(channel="email")
    assert mails.exists()
    mails.update(state="pending", open_since=now(), due_at=now())
    assert outbox_trouble(now()) is None
    count = mails.update(open_since=now() - LATER)
    assert outbox_trouble(now()) == f"{count} wait for more than an hour"
    mails.update(state="uncertain")
    assert outbox_trouble(now()) == f"{count} uncertain"
    told = " ".join(outbox_detail(now()))
    assert "puerto" in told and "@" not in told


def test_a_disk_without_room_is_told(monkeypatch):
    monkeypatch.setenv("SIAC_DISK_FREE", "0")
    assert disk_check(now()) is None
    monkeypatch.setenv("SIAC_DISK_FREE", "999999999")
    assert "less than 999999999" in (disk_check(now()) or "")


@pytest.mark.parametrize(
    ("off", "told"),
    [(8, None), (-8, None), (60, "60 s ahead of the database"), (-60, "60 s behind the database")],
)
def test_a_clock_that_is_not_that_of_the_database_is_told(db, off, told):
    assert clock_check(now() + timedelta(seconds=off)) == told


@pytest.mark.postgres
def test_sealing_that_stands_still_is_told(real_commits):
    from tests.factories import make_house

    house = make_house()
    begun = now()
    make_checkpoint(house.institution.pk, begun)
    assert seal_trouble(begun + LATER) is None  # nothing happened since
    with transaction.atomic():
        record(house.institution.pk, "x:1", "people.changed", begun)
    assert seal_trouble(begun + timedelta(minutes=10)) is None
    assert seal_trouble(begun + LATER) == "puerto: 120 min without a seal"
    make_checkpoint(house.institution.pk, begun + LATER)
    assert seal_trouble(begun + 2 * LATER) is None
    assert seal_detail(begun)[0].startswith("puerto: seal 2, ")


def test_the_page_says_which_part_is_troubled_and_the_command_the_numbers_behind(house, monkeypatch, capsys):
    file(house)
    monkeypatch.setenv("SIAC_DISK_FREE", "999999999")
    answer = Client().get("/salud")
    assert answer.status_code == 200
    said = answer.json()
    assert {
        "status",
        "worker",
        "jobs",
        "clock",
        "queue",
        "outbox",
        "seal",
        "disk",
        "mailboxes",
        "mail_unread",
    } <= said.keys()
    assert said["status"] == "troubled"
    assert "less than" in said["disk"]
    assert "@" not in answer.content.decode() and "Ñancupil" not in answer.content.decode()
    with pytest.raises(SystemExit) as ended:
        call_command("health")
    assert ended.value.code == 1
    assert "MB free of" in capsys.readouterr().out
