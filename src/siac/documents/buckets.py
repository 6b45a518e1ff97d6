# SPDX-License-Identifier: EUPL-1.2
"""Files in an S3-compatible bucket, so that several machines share them: `SIAC_STORAGE` names `bucket`.

Nobody reads the bucket but this program: files go out through the checks of `documents.delivery`, never by
an address of the bucket. What is stored is proven by its SHA-256 on the way in and on the way out. A
bucket that does not answer is away (`StoreAway`: the page keeps what was typed, a job is done again); one
that is full is like a full disk.
"""

import base64
import errno
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from siac.infra.environment import Misconfigured, text
from siac.infra.retrying import StoreAway

FULL = frozenset({"QuotaExceeded", "InsufficientStorage", "ServiceQuotaExceeded", "XMinioStorageFull"})
"""What services say of a bucket that takes no more (507 says it too)."""
CONNECT, SILENT, TRIES = 4, 8, 2
"""Seconds to reach the service, seconds without a byte, and how often in all: together less than the limit
of a request (`SIAC_REQUEST_SECONDS`)."""
_DIGEST = "sha256"
"""Where the digest of a file stands beside it; files that another program brought have none."""
_IN_MEMORY = 2 * 1024 * 1024
_BLOCK = 1024 * 1024


@cache
def bucket() -> "BucketStorage":
    """Return the bucket of this installation; one of a process, for making its connection takes long.

    Raises:
        Misconfigured: `SIAC_S3_BUCKET` is empty.
    """
    name = text("SIAC_S3_BUCKET", "")
    if not name:
        raise Misconfigured("SIAC_STORAGE nombra un bucket: falta SIAC_S3_BUCKET.")
    return BucketStorage(
        bucket_name=name,
        endpoint_url=text("SIAC_S3_ENDPOINT", "") or None,
        region_name=text("SIAC_S3_REGION", "us-east-1"),
        access_key=text("SIAC_S3_KEY", "") or None,
        secret_key=text("SIAC_S3_SECRET", "") or None,
        location=text("SIAC_S3_PREFIX", ""),
        default_acl=None,
        file_overwrite=True,  # keys are drawn by lot, and `_save` writes over nothing
        client_config=Config(
            signature_version="s3v4",
            connect_timeout=CONNECT,
            read_timeout=SILENT,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
        ),
    )


class BucketStorage(S3Storage):  # type: ignore[misc]
    """A bucket as Django's storages are: what fails is an `OSError`, as on a disk."""

    def _save(self, name: str, content: "File[Any]") -> str:
        """Store a file that nobody has; one that a lost answer left there is the same file.

        Raises:
            FileExistsError: another file has that name.
            StoreAway, OSError: as `_as_on_a_disk` says.
        """
        content.seek(0)
        told, sent = hashlib.sha256(), hashlib.md5(usedforsecurity=False)  # the one that every service proves
        while block := content.read(_BLOCK):
            told.update(block)
            sent.update(block)
        fields = {
            "ContentMD5": base64.b64encode(sent.digest()).decode(),
            "Metadata": {_DIGEST: told.hexdigest()},
        }
        with _as_on_a_disk(name):
            try:
                self._put(name, content, IfNoneMatch="*", **fields)
            except ClientError as error:
                if _status(error) == 501:  # an older service that knows no conditions
                    self._put(name, content, **fields)
                elif _status(error) != 412 or self._told(name) != told.hexdigest():
                    raise
        return name

    def _put(self, name: str, content: "File[Any]", **fields: Any) -> None:
        content.seek(0)
        self.connection.meta.client.put_object(
            Bucket=self.bucket_name, Key=self._key(name), Body=content,
            ContentType="application/octet-stream", **fields,
        )  # fmt: skip

    def _told(self, name: str) -> str:
        head = self.connection.meta.client.head_object(Bucket=self.bucket_name, Key=self._key(name))
        return str(head["Metadata"].get(_DIGEST, ""))

    def _key(self, name: str) -> str:
        return str(self._normalize_name(name))

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        """Return a file whole, checked, on this machine until it is closed.

        Raises:
            FileNotFoundError: there is none.
            StoreAway: the bucket does not answer.
            OSError: what came is not what was stored.
        """
        kept = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - whoever reads it closes it
        try:
            with _as_on_a_disk(name):
                found = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=self._key(name))
                digest = hashlib.sha256()
                for block in found["Body"].iter_chunks(_BLOCK):
                    digest.update(block)
                    kept.write(block)
            if found["Metadata"].get(_DIGEST, digest.hexdigest()) != digest.hexdigest():
                raise OSError(errno.EIO, "not what was stored", name)
        except BaseException:
            kept.close()
            raise
        kept.seek(0)
        return File(kept, name)

    def exists(self, name: str) -> bool:
        """Return whether there is such a file; raises as `_open`."""
        with _as_on_a_disk(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is deleted."""
        with _as_on_a_disk(name):
            super().delete(name)

    def size(self, name: str) -> int:
        """Return the bytes of a file."""
        with _as_on_a_disk(name):
            return int(super().size(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return folders and files of a folder."""
        with _as_on_a_disk(path):
            folders, files = super().listdir(path)
        return folders, files

    def get_modified_time(self, name: str) -> datetime:
        """Return when a file was stored (UTC)."""
        with _as_on_a_disk(name):
            at: datetime = super().get_modified_time(name)
        return at

    def trouble(self) -> str | None:
        """Return what keeps the bucket from being used, for `/salud`; None where nothing does."""
        try:
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
        except ClientError as error:
            return f"the bucket says {_status(error)}"
        except BotoCoreError:
            return "the bucket does not answer"
        return None


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


@contextmanager
def _as_on_a_disk(name: str) -> Iterator[None]:
    """Raise what a disk would raise."""
    try:
        yield
    except ClientError as error:
        code, status = str(error.response.get("Error", {}).get("Code", "")), _status(error)
        if status == 404:
            raise FileNotFoundError(errno.ENOENT, "not in the bucket", name) from error
        if status == 412:
            raise FileExistsError(errno.EEXIST, "another file is there", name) from error
        if status == 507 or code in FULL:
            raise OSError(errno.ENOSPC, "the bucket is full", name) from error
        raise StoreAway(errno.EAGAIN, f"the bucket says {status} {code}", name) from error
    except BotoCoreError as error:
        raise StoreAway(errno.EAGAIN, type(error).__name__, name) from error
