# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Container
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, Http404

from siac.documents.domain.files import Code, ScanState
from siac.documents.models import Attachment
from siac.documents.queries import attachment as attachment_of
from siac.documents.storage import files
from siac.kernel.errors import Refused

_SHOWN_AS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""What the browser's own viewer of a picture or a PDF may do: draw itself and nothing else."""


def view_response(attachment: Attachment, *, to_staff: bool = False) -> FileResponse:
    """Return a picture or a PDF for the browser's own viewer, as safe as
    `download_response`, of whose refusals it has all.

    Only what its content was found to be when it came (`Attachment.is_viewable`): never HTML or SVG. A
    picture is sandboxed; a PDF is not, for no browser shows a sandboxed one.

    Raises:
        Refused: it is nothing that browsers show safely (not_viewable), or as `download_response`.
    """
    if not attachment.is_viewable:
        raise Refused(Code.NOT_VIEWABLE, file=attachment.name)
    response = download_response(attachment, to_staff=to_staff)
    response["Content-Disposition"] = response["Content-Disposition"].replace("attachment", "inline", 1)
    is_picture = attachment.media_type.startswith("image/")
    response["Content-Security-Policy"] = (
        f"{_SHOWN_AS}; sandbox" if is_picture else f"{_SHOWN_AS}; object-src 'self'"
    )
    return response


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


def staff_download(
    institution_id: int, attachment_id: int, subject_type: str, subjects: Container[int]
) -> FileResponse:
    """Return a file of the things of one kind that somebody of the house may see, as `download_response`
    (1 SQL). `subjects`: the ids of those things.

    Raises:
        Http404: there is no such file of theirs, or it cannot be handed out.
    """
    try:
        found = attachment_of(institution_id, attachment_id)
        if found.subject_type != subject_type or found.subject_id not in subjects:
            raise Http404(str(attachment_id))
        return download_response(found, to_staff=True)
    except Refused:
        raise Http404(str(attachment_id)) from None


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
