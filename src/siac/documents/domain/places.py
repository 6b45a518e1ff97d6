# SPDX-License-Identifier: EUPL-1.2
"""Whether a picture or video says where it was taken, as telephones write it beside the picture itself."""

import struct
from collections.abc import Mapping
from typing import Any

_BEGINNINGS = ((b"II*\0", "<"), (b"MM\0*", ">"))
_GPS = 0x8825
_LATITUDE, _LONGITUDE = 2, 4
_WORDS = (b"GPSLatitude", b"GPSCoordinates", b"com.apple.quicktime.location", b"\xa9xyz")
"""How XMP and videos name it."""
_MOST_LOOKED_AT = 200
_MOST_ENTRIES = 500


def look(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return whether a file says where it was taken, in a process apart (`siac.infra.confined`)."""
    return says_place(payload), []


def says_place(content: bytes) -> bool:
    """Return whether the content of a JPEG, TIFF, PNG, WebP, HEIC or MP4 says where it was taken.

    All of them hold the same table (Exif, a TIFF of its own), each in its own wrapping: it is found by its
    beginning.
    """
    return any(word in content for word in _WORDS) or any(
        _has_position(content, at, order)
        for beginning, order in _BEGINNINGS
        for at in _places_of(beginning, content)
    )


def _places_of(beginning: bytes, content: bytes) -> list[int]:
    found: list[int] = []
    at = content.find(beginning)
    while at >= 0 and len(found) < _MOST_LOOKED_AT:
        found.append(at)
        at = content.find(beginning, at + 1)
    return found


def _has_position(content: bytes, start: int, order: str) -> bool:
    try:
        (first,) = struct.unpack_from(f"{order}I", content, start + 4)
        gps = _entries(content, start, first, order).get(_GPS)
        return gps is not None and bool({_LATITUDE, _LONGITUDE} & _entries(content, start, gps, order).keys())
    except struct.error:
        return False


def _entries(content: bytes, start: int, at: int, order: str) -> dict[int, int]:
    """Return the values of a table by their tags."""
    (count,) = struct.unpack_from(f"{order}H", content, start + at)
    found = {}
    for number in range(min(count, _MOST_ENTRIES)):
        tag, _, _, value = struct.unpack_from(f"{order}HHII", content, start + at + 2 + 12 * number)
        found[tag] = value
    return found
