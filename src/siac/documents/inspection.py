# SPDX-License-Identifier: EUPL-1.2
"""Checking uploads by what they hold, all of them before any is stored."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import File

from siac.documents.domain.files import (
    MEDIA_TYPES,
    Code,
    Limits,
    Problem,
    ScanState,
    extension,
    safe_name,
)
from siac.documents.scanning import PAGE_PATIENCE, Patience, scan
from siac.infra.confined import CannotRead, read
from siac.infra.limits import elsewhere
from siac.kernel.errors import Refused

SECONDS = 10.0
"""Seconds that one file may take."""
ALL_SECONDS = 20.0
"""Seconds that the files of one form or one mail may take together; those behind are not looked at."""
_LOOK = "siac.documents.contents:look"
_PLACE = "siac.documents.domain.places:look"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class CheckedFile:
    """An upload that passed every check and may be stored."""

    name: str
    media_type: str
    size: int
    sha256: str
    scan_state: ScanState
    file: "File[bytes]"
    key: str = ""
    """Under which its bytes are in the store already (`put_away`); empty: not yet."""


class Sending:
    """What came together, in a form or a mail: how long its files may still hold whoever checks them."""

    def __init__(self) -> None:
        self.looking = Patience(ALL_SECONDS)
        self.scanning = Patience(PAGE_PATIENCE)


@elsewhere()
def check_uploads(
    files: "Iterable[File[bytes]]",
    *,
    already: int = 0,
    already_bytes: int = 0,
    limits: Limits | None = None,
    sending: Sending | None = None,
) -> list[CheckedFile]:
    """Check every file; `already` and `already_bytes` say what the subject carries.

    `sending` is for whoever checks what came together one by one; else these files are all of it.

    Raises:
        Refused: with the code and `file` of the first problem, all of them in `context["problems"]`, and the
            files without one in `context["checked"]`.
    """
    limits = limits or Limits()
    files = list(files)
    problems = _crowd_problems(files, already, already_bytes, limits)
    checked: list[CheckedFile] = []
    sending = sending or Sending()
    if not problems:
        for file in files:
            result = _check(file, sending)
            if isinstance(result, Problem):
                problems.append(result)
            else:
                checked.append(result)
    if problems:
        first = problems[0]
        raise Refused(first.code, file=first.file, problems=problems, checked=checked, **dict(first.context))
    return checked


def says_place(file: "File[Any]") -> bool:
    """Return whether a picture or video says where it was taken, looked at in a process apart; True where it
    cannot be looked at.
    """
    file.seek(0)
    try:
        found, _ = read(_PLACE, file.read(), seconds=SECONDS)
    except CannotRead:
        return True
    return bool(found)


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


def _check(file: "File[bytes]", sending: Sending) -> CheckedFile | Problem:
    name = safe_name(file.name or "")
    ending = extension(name)
    digest, size = _digest(file)
    if size == 0:
        return Problem(Code.EMPTY, name)
    if ending not in MEDIA_TYPES:
        return Problem(Code.TYPE, name)
    wrong = _content_problem(file, ending, sending.looking.left)
    if wrong is not None:
        return Problem(wrong, name)
    state = scan(_raw(file), sending.scanning.left)
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


def _content_problem(file: "File[bytes]", ending: str, left: float) -> Code | None:
    """Return what is wrong with the content, looked at in a process apart for `left` seconds at most."""
    if not left:
        return Code.NOT_REACHED
    try:
        found, _ = read(_LOOK, _raw(file).read(), {"ending": ending}, seconds=min(SECONDS, left))
    except CannotRead as error:
        return Code.BOMB if error.reason in {"time", "memory"} else Code.DAMAGED
    return Code(found) if found else None
