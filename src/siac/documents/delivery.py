# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.files.base import File
from django.http import FileResponse

from siac.documents.domain.files import Code, ScanState
from siac.documents.models import Attachment
from siac.documents.storage import files
from siac.kernel.errors import Refused


def download_response(attachment: Attachment, *, to_staff: bool = False) -> FileResponse:
    """Return the file as a download that no browser runs: attachment, nosniff, sandbox, not kept by caches.

    Who may have it is for the caller to say. Staff may take a file that waits for the scanner; citizens not.

    Raises:
        Refused: it was erased, holds a virus, waits for the scanner, or is gone from the store.
    """
    if attachment.erased_at is not None:
        raise Refused(Code.ERASED)
    if attachment.scan_state == ScanState.INFECTED:
        raise Refused(Code.VIRUS, file=attachment.name)
    if attachment.scan_state == ScanState.PENDING and not to_staff:
        raise Refused(Code.WAITING, file=attachment.name)
    try:
        stored = files().open(attachment.storage_key)
    except FileNotFoundError:
        raise Refused(Code.UNKNOWN) from None
    response = FileResponse(
        stored, as_attachment=True, filename=attachment.name, content_type=attachment.media_type
    )
    response["Content-Length"] = str(attachment.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def open_file(attachment: Attachment) -> "File[Any]":
    """Return the stored file for reading by the program itself; the caller closes it.

    Raises:
        Refused: it was erased or is gone from the store.
    """
    if attachment.erased_at is not None:
        raise Refused(Code.ERASED)
    try:
        return files().open(attachment.storage_key)
    except FileNotFoundError:
        raise Refused(Code.UNKNOWN) from None
