# SPDX-License-Identifier: EUPL-1.2
"""One machine of the web has a wrong clock: what it takes has its moment, and all else stays whole."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from siac.cases.models import Case
from siac.journal.commands.sealing import make_checkpoint
from siac.journal.public import JournalEntry
from tests.factories import NOW, file, make_house


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
