# SPDX-License-Identifier: EUPL-1.2
"""How many points a picture says it has, read from its head: nothing is decoded."""

import struct
from collections.abc import Callable, Iterator

MOST_PIXELS = 250_000_000
"""The largest cameras of telephones take 200 million; whoever opens more than this needs gigabytes."""
_MOST_STEPS = 2_000
_HEAD = 1024 * 1024


def largest(content: bytes, ending: str) -> int:
    """Return the points of the largest picture in a file of a kind that has
    some; 0 where its head does not tell.
    """
    find = _FINDERS.get(ending)
    if find is None:
        return 0
    try:
        return max((width * height for width, height in find(content)), default=0)
    except (struct.error, IndexError):
        return 0


def _png(content: bytes) -> Iterator[tuple[int, int]]:
    yield struct.unpack_from(">II", content, 16)


def _gif(content: bytes) -> Iterator[tuple[int, int]]:
    yield struct.unpack_from("<HH", content, 6)


def _jpeg(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    for _ in range(_MOST_STEPS):
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        if content[at] != 0xFF or marker == 0xDA:
            return
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, at + 5)
            yield width, height
            return
        at += (
            2
            if marker == 0x01 or 0xD0 <= marker <= 0xD8
            else 2 + struct.unpack_from(">H", content, at + 2)[0]
        )


def _webp(content: bytes) -> Iterator[tuple[int, int]]:
    kind = content[12:16]
    if kind == b"VP8X":
        yield int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    elif kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        yield (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        yield width & 0x3FFF, height & 0x3FFF


def _tiff(content: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if content[:2] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", content, 4)
    for _ in range(100):
        if not at:
            return
        (count,) = struct.unpack_from(f"{order}H", content, at)
        size = {256: 0, 257: 0}
        for entry in range(min(count, _MOST_STEPS)):
            tag, kind = struct.unpack_from(f"{order}HH", content, at + 2 + 12 * entry)
            if tag in size:
                form = f"{order}H" if kind == 3 else f"{order}I"
                (size[tag],) = struct.unpack_from(form, content, at + 10 + 12 * entry)
        yield size[256], size[257]
        (at,) = struct.unpack_from(f"{order}I", content, at + 2 + 12 * count)


def _heic(content: bytes) -> Iterator[tuple[int, int]]:
    at = content.find(b"ispe", 0, _HEAD)
    for _ in range(_MOST_STEPS):
        if at < 0:
            return
        yield struct.unpack_from(">II", content, at + 8)
        at = content.find(b"ispe", at + 4, _HEAD)


_FINDERS: dict[str, Callable[[bytes], Iterator[tuple[int, int]]]] = {
    "png": _png,
    "gif": _gif,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "webp": _webp,
    "tif": _tiff,
    "tiff": _tiff,
    "heic": _heic,
    "heif": _heic,
}
