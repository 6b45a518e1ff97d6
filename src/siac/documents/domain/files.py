# SPDX-License-Identifier: EUPL-1.2
"""Which files are taken, how many, how large, and under which name they are kept."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from siac.kernel.text import squeeze

_LONGEST_NAME = 120
_PATH = re.compile(r"[/~.]|[A-Za-z]:[/\\]|.*[\\]|.*/\.\./", re.DOTALL)
_FORBIDDEN = '<>:"/\\|?*'


class Code(StrEnum):
    TOO_MANY = "file_too_many"
    TOO_LARGE = "file_too_large"
    TOTAL_TOO_LARGE = "file_total_too_large"
    EMPTY = "file_empty"
    TYPE = "file_type"
    CONTENT = "file_content"
    MACROS = "file_macros"
    FETCHES = "file_fetches"
    ENCRYPTED = "file_encrypted"
    DAMAGED = "file_damaged"
    BOMB = "file_bomb"
    NOT_REACHED = "file_not_reached"
    PIXELS = "file_pixels"
    VIRUS = "file_virus"
    ERASED = "file_erased"
    WAITING = "file_waiting"
    UNKNOWN = "file_unknown"
    NOT_VIEWABLE = "file_not_viewable"


class ScanState(StrEnum):
    """`off`: no scanner is configured. `pending`: it did not answer; it is asked again every few minutes."""

    OFF = "off"
    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"


class Visibility(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Limits:
    """What one subject may carry; sizes in bytes."""

    count: int = 20
    each: int = 10 * 1024 * 1024
    total: int = 25 * 1024 * 1024


@dataclass(frozen=True)
class Problem:
    """Why one file is not taken; `context` holds the values of its sentence."""

    code: Code
    file: str
    context: tuple[tuple[str, int | str], ...] = ()


MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "heif": "image/heif",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
    "csv": "text/csv",
    "eml": "message/rfc822",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
}


VIEWABLE = frozenset(MEDIA_TYPES[name] for name in ("pdf", "jpg", "png", "gif", "webp"))
"""What every browser shows by itself and without running anything of it."""


def extension(name: str) -> str:
    """Return the part after the last dot, lower case; empty without a dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def safe_name(name: str) -> str:
    """Return a name that is safe to show, to save and to put in a header: no folders, no control marks.

    Marks that turn the reading direction, which can hide the true ending, are removed; the ending stays. A
    slash in a name ("Oficio 12/2025.pdf") becomes a hyphen; of a path the last part is the name.
    """
    base = unicodedata.normalize("NFC", name)
    if _PATH.match(base):
        base = base.replace("\\", "/").rpartition("/")[2]
    base = base.replace("/", "-")
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C" and c not in _FORBIDDEN)
    kept = squeeze(kept).lstrip(". ").rstrip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:_LONGEST_NAME] or "archivo"
    ending = ending.lower()[:10]
    return f"{(stem[: _LONGEST_NAME - len(ending) - 1] or 'archivo')}.{ending}"
