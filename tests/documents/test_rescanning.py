# SPDX-License-Identifier: EUPL-1.2
"""Whose files the scanner is asked about first, and what of them keeps the others waiting."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from siac.documents.commands import rescanning
from siac.documents.commands.rescanning import rescan_pending
from siac.documents.domain.files import ScanState
from siac.documents.models import Attachment
from siac.documents.public import file_store
from siac.infra.models import JobFault
from siac.organizations.models import Institution
from tests.sql_counts import exactly

pytestmark = pytest.mark.usefixtures("store")


class Clock:
    """A second for each file."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()

    def scanned(file) -> ScanState:
        made.at += 1
        said = file.read()
        return ScanState.PENDING if said == b"silent" else ScanState.CLEAN

    monkeypatch.setattr(rescanning, "scan", scanned)
    return made


@pytest.fixture
def other(db) -> Institution:
    return Institution.objects.create(
        slug="ot", name="D", short_name="D", jurisdiction="CL", time_zone="UTC", place="CL"
    )


def waiting(body, now, *contents: bytes | None) -> list[Attachment]:
    """Files that wait, in the order in which they came; None is one that is lost."""
    made = [
        Attachment(
            institution=body, subject_type="case", subject_id=1, name="a", media_type="text/plain", size=1,
            sha256="0" * 64, storage_key=f"2026-11/{body.pk}-{number}", visibility="public",
            scan_state=ScanState.PENDING, uploaded_at=now,
        )
        for number in range(len(contents))
    ]  # fmt: skip
    for row, content in zip(made, contents, strict=True):
        if content is not None:
            file_store().save(row.storage_key, ContentFile(content))
    return Attachment.objects.bulk_create(made)


def clean(*rows: Attachment) -> list[bool]:
    return [Attachment.objects.get(pk=row.pk).scan_state == ScanState.CLEAN for row in rows]


def test_a_body_with_many_files_leaves_time_to_the_others_and_takes_what_they_leave(body, other, now, clock):
    many, few = waiting(body, now, *[b"a"] * 12), waiting(other, now, b"b", b"b")
    assert rescan_pending(now, seconds=10, clock=clock) == 10
    assert all(clean(*few))
    assert clean(*many) == [False] * 4 + [True] * 8, "the latest first"
    assert rescan_pending(now, seconds=10, clock=clock) == 4


def test_lost_files_keep_no_other_waiting_and_stand_in_salud_for_nobody(body, now, clock):
    rows = waiting(body, now, b"a", *[None] * 3)
    with exactly(8):
        assert rescan_pending(now, clock=clock) == 1
    assert clean(*rows) == [True, False, False, False]
    assert not JobFault.objects.exists()
    file_store().save(rows[1].storage_key, ContentFile(b"found again"))
    assert rescan_pending(now + timedelta(hours=1), clock=clock) == 0, "it was asked about today"
    assert rescan_pending(now + timedelta(days=1), clock=clock) == 1


def test_a_file_for_which_there_is_no_answer_comes_behind_the_others_and_stops_no_other_body(
    body, other, now, clock
):
    rows = waiting(body, now, b"a", b"a", b"silent")
    waiting(other, now, b"b")
    assert rescan_pending(now, clock=clock) == 1
    assert rescan_pending(now, clock=clock) == 2
    assert clean(*rows) == [True, True, False]


def test_a_fault_in_a_body_where_nothing_waits_any_more_is_forgotten(body, now, clock):
    JobFault.objects.create(
        job="documents.rescan", institution=body, subject="file:7", error="OSError", since=now, last_at=now
    )
    assert rescan_pending(now, clock=clock) == 0
    assert not JobFault.objects.exists()
