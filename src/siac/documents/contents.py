# SPDX-License-Identifier: EUPL-1.2
"""Whether the content of a file is what its name says.

Runs in a process apart (`siac.infra.confined`); imports no Django.
"""

import io
import re
from collections.abc import Mapping
from typing import Any

import filetype

from siac.documents.archives import Bad, check_office
from siac.documents.domain.files import Code
from siac.documents.domain.pictures import MOST_PIXELS, largest

_HEAD = 8192
_OFFICE = {"docx", "xlsx", "odt", "ods"}
_TEXT = {"txt", "csv", "eml"}
_SAME = {"jpeg": "jpg", "tiff": "tif", "m4v": "mp4", "mov": "mp4", "m4a": "mp4", "3gp": "mp4", "heif": "heic"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NO_TEXT = (b"%PDF-",)
_MAIL_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n", re.MULTILINE)


def look(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return the code of what is wrong with a file of the ending in `options`, None where nothing is."""
    try:
        check_content(payload, str(options["ending"]))
    except Bad as bad:
        return bad.code.value, []
    return None, []


def check_content(content: bytes, ending: str) -> None:
    """Look inside a file.

    Raises:
        Bad: it is something else, damaged, protected, or more than can be looked at.
    """
    if ending in _OFFICE:
        if not content.startswith(b"PK\x03\x04"):
            raise Bad(Code.ENCRYPTED if content.startswith(b"\xd0\xcf\x11\xe0") else Code.CONTENT)
        check_office(io.BytesIO(content), ending)
    elif ending in _TEXT:
        _check_text(content, ending)
    elif _kind(content[:_HEAD]) != _SAME.get(ending, ending):
        raise Bad(Code.CONTENT)
    if largest(content, ending) > MOST_PIXELS:
        raise Bad(Code.PIXELS)


def _kind(head: bytes) -> str:
    """Return the ending that a file of this beginning has, of several the first usual one."""
    if head[4:8] == b"ftyp":
        size = min(int.from_bytes(head[:4], "big"), 256)
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
        return "heic" if brands & _HEIC else "mp4"
    if (
        head[:1] == b"\xff"
        and len(head) > 2
        and head[1] & 0xE0 == 0xE0
        and head[1] & 0x06
        and head[1] != 0xFF
        and head[2] != 0xFF
    ):
        return "mp3"
    guess = filetype.guess(head)
    return _SAME.get(guess.extension, guess.extension) if guess else ""


def _check_text(content: bytes, ending: str) -> None:
    """Take what holds no control signs: beginnings like "BM" or "ID3" are words
    as well as marks of other files.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError:
            raise Bad(Code.CONTENT) from None
    if _CONTROL.search(content) or content.startswith(_NO_TEXT):
        raise Bad(Code.CONTENT)
    if ending == "eml" and not _MAIL_HEADER.match(content):
        raise Bad(Code.CONTENT)
