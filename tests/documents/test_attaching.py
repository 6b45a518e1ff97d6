# SPDX-License-Identifier: EUPL-1.2
import os
import stat
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from siac.documents.commands.attaching import remove_orphans
from siac.documents.commands.rescanning import rescan_pending
from siac.documents.domain.files import ScanState
from siac.documents.models import Attachment
from siac.documents.public import (
    Visibility,
    attach,
    attachment,
    attachments_of,
    carried,
    check_uploads,
    download_response,
    erase_attachments,
)
from siac.kernel.errors import Refused
from siac.organizations.models import Institution
from tests.sql_counts import exactly


def put(body, now, *, subject=1, names=("a.txt", "b.txt"), visibility=Visibility.PUBLIC) -> list[Attachment]:
    files = check_uploads([SimpleUploadedFile(name, f"contenido de {name}".encode()) for name in names])
    return attach(body.pk, "case", subject, files, actor_id=None, now=now, visibility=visibility)


def shut(response) -> None:
    """Close the file only: closing the response would also end the test's connection."""
    response.file_to_stream.close()


def stored(store) -> list[str]:
    return sorted(str(p) for p in store.rglob("*") if p.is_file())


def test_files_come_back_as_they_were(body, now, store) -> None:
    with exactly(2):
        first, _ = put(body, now)
    response = download_response(first)
    assert b"".join(response.streaming_content) == b"contenido de a.txt"
    shut(response)
    assert response["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    for path in stored(store):
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        assert "a.txt" not in path


def test_a_name_cannot_write_a_header(body, now) -> None:
    (row,) = put(body, now, names=('a"\r\nSet-Cookie: x.txt',))
    response = download_response(row)
    shut(response)
    assert "\n" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response


def test_lists_in_one_query_of_one_body(body, now) -> None:
    put(body, now, subject=1)
    put(body, now, subject=2, visibility=Visibility.INTERNAL)
    with exactly(1):
        found = attachments_of(body.pk, "case", [1, 2, 3])
    assert [len(found[n]) for n in (1, 2, 3)] == [2, 2, 0]
    assert attachments_of(body.pk, "case", [2], public_only=True) == {2: []}
    assert attachments_of(body.pk + 1, "case", [1]) == {1: []}
    assert carried(body.pk, "case", 1) == (2, 36)
    assert carried(body.pk, "case", 9) == (0, 0)
    other = Institution.objects.create(
        slug="ot", name="D", short_name="D", jurisdiction="CL", time_zone="UTC", place="CL"
    )
    with pytest.raises(Refused, match="file_unknown"):
        attachment(other.pk, found[1][0].pk)


def test_a_failed_transaction_leaves_an_orphan_that_goes(body, now, store) -> None:
    def fail() -> None:
        with transaction.atomic():
            put(body, now)
            raise ValueError

    put(body, now, subject=7)
    with pytest.raises(ValueError):
        fail()
    assert len(stored(store)) == 4
    age = (now - timedelta(hours=25)).timestamp()
    for path in stored(store):
        os.utime(path, (age + 7200, age + 7200))
    assert remove_orphans(now) == 0, "an upload may still be under way"
    for path in stored(store):
        os.utime(path, (age, age))
    assert remove_orphans(now) == 2
    for row in Attachment.objects.all():
        shut(download_response(row))


def test_an_empty_store_has_no_orphans(db, now, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "none"
    assert remove_orphans(now) == 0


def test_erasing_leaves_a_tombstone(body, now, store) -> None:
    first, second = put(body, now)
    assert erase_attachments(body.pk + 1, [first.pk], now=now) == 0
    assert erase_attachments(body.pk, [first.pk], now=now) == 1
    row = attachment(body.pk, first.pk)
    with pytest.raises(Refused, match="file_erased"):
        download_response(row)
    assert (row.name, row.erased_at) == ("", now)
    assert remove_orphans(now) == 1
    assert len(stored(store)) == 1
    shut(download_response(second))


def test_a_file_that_waits_for_the_scanner_is_for_staff_only(body, now, monkeypatch) -> None:
    monkeypatch.setenv("SIAC_CLAMD", "127.0.0.1:1")
    (row,) = put(body, now, names=("a.txt",))
    with pytest.raises(Refused, match="file_waiting"):
        download_response(row)
    shut(download_response(row, to_staff=True))
    assert rescan_pending(now) == 0
    monkeypatch.delenv("SIAC_CLAMD")
    assert rescan_pending(now) == 1
    Attachment.objects.update(scan_state=ScanState.INFECTED)
    with pytest.raises(Refused, match="file_virus"):
        download_response(attachment(body.pk, row.pk), to_staff=True)


def test_a_file_gone_from_the_store_is_said_so(body, now, store) -> None:
    (row,) = put(body, now, names=("a.txt",))
    os.unlink(stored(store)[0])
    with pytest.raises(Refused, match="file_unknown"):
        download_response(row)
