# SPDX-License-Identifier: EUPL-1.2
"""Looking inside zipped office files without trusting what they say of themselves."""

import zipfile
import zlib
from io import BytesIO
from typing import IO

from siac.documents.domain.files import Code
from siac.documents.domain.linked import fetches_from_elsewhere

_MOST_ENTRIES = 2_000
_MOST_BYTES = 150 * 1024 * 1024
_MOST_RATIO = 200
_SMALL = 1024 * 1024
_MOST_RELATIONS = 8 * 1024 * 1024
_CHUNK = 256 * 1024
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_ODF = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


class Bad(Exception):
    """The archive is not taken; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


class _Room:
    """What may still be unpacked of a file, in all the archives inside it together."""

    def __init__(self) -> None:
        self.entries, self.bytes, self.depth = _MOST_ENTRIES, _MOST_BYTES, 0

    def take(self, entries: int, size: int) -> None:
        """Note what an archive says it holds, before any of it is unpacked.

        Raises:
            Bad: more than may be unpacked.
        """
        self.entries -= entries
        self.bytes -= size
        if self.entries < 0 or self.bytes < 0:
            raise Bad(Code.BOMB)


def check_office(file: IO[bytes], extension: str) -> None:
    """Look inside a docx, xlsx, odt or ods.

    Raises:
        Bad: another kind of content, macros, something elsewhere that opens with it, a password, damage, or
            more inside than can be looked at.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check_kind(archive, extension)
            _check_entries(archive, file.seek(0, 2), _Room())
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, zlib.error):
        raise Bad(Code.DAMAGED) from None


def _check_kind(archive: zipfile.ZipFile, extension: str) -> None:
    names = {name.lower() for name in archive.namelist()}
    if any(info.flag_bits & 0x1 for info in archive.infolist()):
        raise Bad(Code.ENCRYPTED)
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise Bad(Code.MACROS)
    if extension in _MAIN_PART:
        if not {"[content_types].xml", _MAIN_PART[extension]} <= names:
            raise Bad(Code.CONTENT)
        with archive.open("[Content_Types].xml") as part:
            if b"macroEnabled" in part.read(_SMALL):
                raise Bad(Code.MACROS)
    else:
        if "mimetype" not in names or not {"content.xml"} <= names:
            raise Bad(Code.CONTENT)
        with archive.open("mimetype") as part:
            if part.read(100).strip() != _ODF[extension]:
                raise Bad(Code.CONTENT)


def _check_entries(archive: zipfile.ZipFile, size: int, room: _Room) -> None:
    infos = archive.infolist()
    room.take(len(infos), sum(info.file_size for info in infos))
    if sum(info.compress_size for info in infos) > size:
        raise Bad(Code.BOMB)  # entries that share the same bytes
    for info in infos:
        if info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1):
            raise Bad(Code.BOMB)
        _check_entry(archive, info, room)


def _check_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: _Room) -> None:
    """Unpack one entry to nowhere: its true size and checksum must be those it declares."""
    read, head, kept = 0, b"", b""
    relates = info.filename.lower().endswith(".rels")
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            head = head or chunk[:8]
            read += len(chunk)
            if read > info.file_size or (relates and read > _MOST_RELATIONS):
                raise Bad(Code.BOMB)
            kept += chunk if relates else b""
    if read != info.file_size:
        raise Bad(Code.DAMAGED)
    if relates and fetches_from_elsewhere(kept):
        raise Bad(Code.FETCHES)
    if head.startswith(_ARCHIVES):
        _check_nested(archive, info, room)


def _check_nested(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: _Room) -> None:
    """Take an office file embedded in another, as charts have; no other archive and no deeper."""
    is_office = info.filename.lower().endswith((".xlsx", ".docx"))
    if room.depth or "embeddings/" not in info.filename or not is_office:
        raise Bad(Code.BOMB)
    content = archive.read(info)
    with zipfile.ZipFile(BytesIO(content)) as inner:
        _check_kind(inner, info.filename.lower().rpartition(".")[2])
        room.depth += 1
        _check_entries(inner, len(content), room)
        room.depth -= 1
