# SPDX-License-Identifier: EUPL-1.2
"""Checking uploads by what they hold, all of them before any is stored."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

import filetype
from django.core.files.base import File

from siac.documents.archives import Bad, check_office
from siac.documents.domain.files import (
    MEDIA_TYPES,
    Code,
    Limits,
    Problem,
    ScanState,
    extension,
    safe_name,
)
from siac.documents.scanning import scan
from siac.kernel.errors import Refused

_HEAD = 8192
_MEGABYTE = 1024 * 1024
_OFFICE = {"docx", "xlsx", "odt", "ods"}
_TEXT = {"txt", "csv", "eml"}
_SAME = {"jpeg": "jpg", "tiff": "tif", "m4v": "mp4", "mov": "mp4"}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAIL_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n", re.MULTILINE)


@dataclass(frozen=True)
class CheckedFile:
    """An upload that passed every check and may be stored."""

    name: str
    media_type: str
    size: int
    sha256: str
    scan_state: ScanState
    file: "File[bytes]"


def check_uploads(
    files: "Iterable[File[bytes]]", *, already: int = 0, already_bytes: int = 0, limits: Limits | None = None
) -> list[CheckedFile]:
    """Check every file; `already` and `already_bytes` say what the subject carries.

    Raises:
        Refused: with the code and `file` of the first problem, all of them in `context["problems"]`, and the files
            without one in `context["checked"]`.
    """
    limits = limits or Limits()
    files = list(files)
    problems = _crowd_problems(files, already, already_bytes, limits)
    checked: list[CheckedFile] = []
    if not problems:
        for file in files:
            result = _check(file, limits)
            if isinstance(result, Problem):
                problems.append(result)
            else:
                checked.append(result)
    if problems:
        first = problems[0]
        raise Refused(first.code, file=first.file, problems=problems, checked=checked, **dict(first.context))
    return checked


def _crowd_problems(
    files: "list[File[bytes]]", already: int, already_bytes: int, limits: Limits
) -> list[Problem]:
    """Return the problems that need no look inside; with them, none is taken."""
    over = already + len(files) - limits.count
    if over > 0:
        return [Problem(Code.TOO_MANY, "", (("limit", limits.count), ("over", over)))]
    large = [
        Problem(Code.TOO_LARGE, safe_name(file.name or ""), (("limit", limits.each // _MEGABYTE),))
        for file in files
        if file.size > limits.each
    ]
    if large:
        return large
    if already_bytes + sum(file.size for file in files) > limits.total:
        return [Problem(Code.TOTAL_TOO_LARGE, "", (("limit", limits.total // _MEGABYTE),))]
    return []


def _check(file: "File[bytes]", limits: Limits) -> CheckedFile | Problem:
    name = safe_name(file.name or "")
    ending = extension(name)
    digest, size = _digest(file)
    if size == 0:
        return Problem(Code.EMPTY, name)
    if ending not in MEDIA_TYPES:
        return Problem(Code.TYPE, name)
    try:
        _check_content(file, ending)
    except Bad as bad:
        return Problem(bad.code, name)
    state = scan(_raw(file))
    if state == ScanState.INFECTED:
        return Problem(Code.VIRUS, name)
    return CheckedFile(name, MEDIA_TYPES[ending], size, digest, state, file)


def _digest(file: "File[bytes]") -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _raw(file: "File[bytes]") -> IO[bytes]:
    raw: Any = file.file
    raw.seek(0)
    return raw  # type: ignore[no-any-return]


def _check_content(file: "File[bytes]", ending: str) -> None:
    raw = _raw(file)
    head = raw.read(_HEAD)
    if ending in _OFFICE:
        if not head.startswith(b"PK\x03\x04"):
            raise Bad(Code.ENCRYPTED if head.startswith(b"\xd0\xcf\x11\xe0") else Code.CONTENT)
        check_office(raw, ending)
    elif ending in _TEXT:
        _check_text(raw, head, ending)
    else:
        guess = filetype.guess(head)
        found = _SAME.get(guess.extension, guess.extension) if guess else ""
        if found != _SAME.get(ending, ending):
            raise Bad(Code.CONTENT)


def _check_text(raw: IO[bytes], head: bytes, ending: str) -> None:
    if filetype.guess(head) is not None and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Bad(Code.CONTENT)
    raw.seek(0)
    content = raw.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise Bad(Code.CONTENT) from None
    if _CONTROL.search(content) or content.startswith((b"MZ", b"%PDF-", b"PK\x03\x04", b"\x7fELF")):
        raise Bad(Code.CONTENT)
    if ending == "eml" and not _MAIL_HEADER.match(content):
        raise Bad(Code.CONTENT)
