# SPDX-License-Identifier: EUPL-1.2
"""One machine of the web has a wrong clock: what it takes has its moment, and all else stays whole."""

import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.cases.models import Case
from siac.journal.commands.sealing import make_checkpoint
from siac.journal.public import JournalEntry
from tests.factories import NOW, file, make_house
from tests.processes import database_url, keys


@pytest.mark.parametrize("off", [timedelta(hours=2), timedelta(hours=-2), timedelta(days=-3)])
def test_folios_and_journal_follow_what_came_first_not_what_the_clock_says(real_commits, off):
    house = make_house()
    moments = [NOW, NOW + off, NOW + timedelta(minutes=1)]
    taken = [file(house, now=moment) for moment in moments]
    assert [case.number for case in taken] == [1, 2, 3]
    assert list(Case.objects.order_by("number").values_list("filed_at", flat=True)) == moments
    make_checkpoint(house.institution.pk, NOW - timedelta(days=1))  # by one whose clock is behind
    entries = JournalEntry.objects.filter(kind="cases.filed").order_by("stream", "seq")
    assert sorted(entry.at for entry in entries) == sorted(moments)
    make_checkpoint(house.institution.pk, NOW + timedelta(hours=1))
    call_command("verify", stdout=io.StringIO())


def test_a_clock_that_is_a_year_off_gives_folios_of_its_year_and_skips_none_of_the_right_one(real_commits):
    house = make_house()
    years = [(case.year, case.number) for case in (
        file(house, now=NOW), file(house, now=NOW + timedelta(days=400)), file(house, now=NOW)
    )]  # fmt: skip
    assert years == [(NOW.year, 1), (NOW.year + 1, 1), (NOW.year, 2)]


AHEAD = """
import sys, time, types
from siac.config import cli
load = cli._late
def ahead(name):
    module = load(name)
    if name == "worker":
        module.time = types.SimpleNamespace(time=lambda: time.time() + 3600)
    return module
cli._late = ahead
sys.argv = ["siac", "worker", *sys.argv[1:]]
cli.main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("lanes", [(), ("--queues", "default")])
def test_a_worker_whose_clock_is_wrong_does_nothing_and_says_so(real_commits, lanes):
    job = app.configure_task("siac.accounts.prune_expired_sessions").defer(timestamp=0)
    env = os.environ | keys() | {"DATABASE_URL": database_url(), "SIAC_TEST": "1"}
    worker = subprocess.Popen(
        [sys.executable, "-c", AHEAD, *lanes],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        told: list[str] = []
        said = next((line for line in worker.stdout if told.append(line) or "the clock" in line), told)
        assert "3600 s ahead of the database: no job is done until it is right" in said
        assert ProcrastinateJob.objects.values_list("status", flat=True).get(pk=job) == "todo"
    finally:
        worker.terminate()
        worker.communicate(timeout=60)
