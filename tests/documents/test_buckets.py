# SPDX-License-Identifier: EUPL-1.2
"""Files in a bucket: as on a disk, whatever the network and the service do."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from django.utils import timezone
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

from siac.config.backups.making import _Copied, _copy
from siac.documents import buckets
from siac.documents.commands.attaching import remove_orphans
from siac.documents.models import Attachment
from siac.documents.public import StoredFile, attach, check_uploads, download_response, open_file
from siac.documents.storage import storage_trouble
from siac.documents.verification import file_problems
from siac.infra.environment import Misconfigured
from siac.infra.retrying import StoreAway
from siac.ui.uploads import is_disk_full
from tests.cases.test_portal_flow import TYPED
from tests.factories import upload
from tests.faults.proxy import Proxy, proxy

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NAME = "siac-files"


@pytest.fixture(scope="module")
def service() -> Iterator[tuple[str, int]]:
    """An S3 of this process."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    yield server.get_host_and_port()
    server.stop()


@pytest.fixture
def line(service: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """The network to the bucket, which is empty."""
    known = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=f"http://{service[0]}:{service[1]}", **known).create_bucket(Bucket=NAME)
    with proxy(*service) as made:
        for name, value in {
            "SIAC_STORAGE": "siac.documents.buckets.bucket", "SIAC_S3_BUCKET": NAME, "SIAC_S3_KEY": "k",
            "SIAC_S3_SECRET": "s", "SIAC_S3_ENDPOINT": f"http://127.0.0.1:{made.port}",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(buckets, "CONNECT", 1)
        monkeypatch.setattr(buckets, "SILENT", 1)
        buckets.bucket.cache_clear()
        yield made
    buckets.bucket.cache_clear()
    s3_backends.reset()


def stored() -> dict[str, Any]:
    """What lies in the bucket, by key."""
    keys = next(iter(s3_backends.values()))["aws"].buckets[NAME].keys
    return {key: versions[-1] for key, versions in dict(keys).items()}


def put(body: Any, now: Any, content: bytes = b"hola") -> Attachment:
    """Attach a file to something."""
    checked = check_uploads([upload("nota.txt", content, "text/plain")])
    (row,) = attach(body.pk, "case", 1, checked, actor_id=None, now=now)
    return row


def test_a_file_comes_back_as_it_went_in(line, body, now):
    row = put(body, now)
    assert [*stored()] == [row.storage_key]
    assert buckets.bucket().open(row.storage_key).read() == b"hola"
    assert list(file_problems(body.pk)) == []
    response = download_response(row)
    assert b"".join(response.streaming_content) == b"hola"
    response.file_to_stream.close()  # the response itself would end the connection of the test


def test_nobody_reads_it_but_this_program(line, body, now):
    row = put(body, now)
    granted = stored()[row.storage_key].acl
    assert granted is None or not granted.public_read


def test_what_no_row_names_goes_after_a_day(line, body, now):
    buckets.bucket().save("2026-11/sola", ContentFile(b"x"))
    row = put(body, now)
    assert remove_orphans(timezone.now()) == 0
    assert remove_orphans(timezone.now() + timedelta(hours=25)) == 1
    assert [*stored()] == [row.storage_key]


def test_an_answer_that_was_lost_stores_once_and_another_file_never_replaces_it(line):
    store = buckets.bucket()
    assert store.save("2026-11/a", ContentFile(b"x")) == "2026-11/a"
    assert store.save("2026-11/a", ContentFile(b"x")) == "2026-11/a"
    with pytest.raises(FileExistsError, match="another file"):
        store.save("2026-11/a", ContentFile(b"y"))
    assert store.open("2026-11/a").read() == b"x"


def test_an_older_service_that_knows_no_conditions_takes_it_too(line, monkeypatch):
    store = buckets.bucket()
    put, asked = store._put, []

    def knows_none(name: str, content: Any, **fields: Any) -> None:
        asked.append("IfNoneMatch" in fields)
        if asked[-1]:
            raise ClientError({"ResponseMetadata": {"HTTPStatusCode": 501}, "Error": {}}, "PutObject")
        put(name, content, **fields)

    monkeypatch.setattr(store, "_put", knows_none)
    store.save("2026-11/a", ContentFile(b"x"))
    assert asked == [True, False] and store.open("2026-11/a").read() == b"x"


def test_what_changed_in_the_bucket_is_not_handed_out(line, body, now, tmp_path):
    row = put(body, now)
    stored()[row.storage_key].value = b"otra"
    with pytest.raises(OSError, match="not what was stored"):
        buckets.bucket().open(row.storage_key)
    assert list(file_problems(body.pk)) == [f"{row.stream}: su contenido no se puede leer."]
    copied = _Copied()
    told = StoredFile(row.storage_key, row.size, row.sha256)
    assert not _copy(buckets.bucket(), told, tmp_path / "copy", copied)
    assert copied.troubles == [f"{row.storage_key}: no se puede leer"]  # and the backup goes on


def test_an_answer_that_is_cut_off_is_asked_for_again(line, house, client):
    line.become("cut", after=b"PUT ")
    page = client.post(f"/{house.slug}/solicitud/reclamo/", {**TYPED, "attachments": [upload()]})
    assert page.status_code == 302
    assert Attachment.objects.count() == len(stored()) == 1


@pytest.mark.parametrize("fault", ["refuse", "hold"])
def test_a_bucket_that_is_away_keeps_what_was_typed_and_takes_it_afterwards(line, house, client, fault):
    line.become(fault)
    begun = time.monotonic()
    page = client.post(f"/{house.slug}/solicitud/reclamo/", {**TYPED, "attachments": [upload()]})
    assert time.monotonic() - begun < 15
    assert page.status_code == 503
    assert TYPED["body"] in page.content.decode()
    assert storage_trouble(timezone.now()) == "the bucket does not answer"
    assert Attachment.objects.count() == len(stored()) == 0
    line.become("pass")
    again = client.post(f"/{house.slug}/solicitud/reclamo/", {**TYPED, "attachments": [upload()]})
    assert again.status_code == 302
    assert storage_trouble(timezone.now()) is None
    assert Attachment.objects.get().storage_key in stored()


def test_away_is_not_gone(line, body, now):
    row = put(body, now)
    line.become("refuse")
    for ask in (lambda: list(file_problems(body.pk)), lambda: remove_orphans(now), lambda: open_file(row)):
        with pytest.raises(StoreAway):
            ask()
    line.become("pass")
    assert open_file(row).read() == b"hola"


@pytest.mark.parametrize(("status", "code", "raised"), [
    (507, "", "the bucket is full"), (403, "QuotaExceeded", "the bucket is full"),
    (403, "AccessDenied", "the bucket says 403 AccessDenied"),
    (503, "SlowDown", "the bucket says 503 SlowDown"),
])  # fmt: skip
def test_what_the_service_refuses_is_what_a_disk_would_say(line, monkeypatch, status, code, raised):
    told = {"ResponseMetadata": {"HTTPStatusCode": status}, "Error": {"Code": code}}

    def refuses(*args: Any, **fields: Any) -> None:
        raise ClientError(told, "PutObject")

    monkeypatch.setattr(buckets.bucket(), "_put", refuses)
    with pytest.raises(OSError, match=raised) as found:
        buckets.bucket().save("2026-11/a", ContentFile(b"x"))
    assert is_disk_full(found.value) == ("full" in raised)


def test_a_bucket_without_a_name_is_said_in_one_line(monkeypatch):
    buckets.bucket.cache_clear()
    monkeypatch.delenv("SIAC_S3_BUCKET", raising=False)
    with pytest.raises(Misconfigured, match="SIAC_S3_BUCKET"):
        buckets.bucket()
