# SPDX-License-Identifier: EUPL-1.2
"""Where a picture was taken, found in the data beside it, whatever holds them."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.documents.domain.places import says_place


def exif(gps: dict[int, int], order: str = "<") -> bytes:
    """Return the Exif data of a picture, with these entries about its place."""
    begin = b"II*\0" if order == "<" else b"MM\0*"
    first = struct.pack(f"{order}IHHHIII", 8, 1, 0x8825, 4, 1, 26, 0)
    entries = b"".join(struct.pack(f"{order}HHII", tag, 5, 3, value) for tag, value in gps.items())
    return begin + first + struct.pack(f"{order}H", len(gps)) + entries + b"\0" * 4


def jpeg_with(data: bytes) -> bytes:
    """Return the beginning of a JPEG that carries Exif data; none where they are empty."""
    body = b"Exif\0\0" + data
    part = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body if data else b""
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + part + b"\xff\xda" + b"\0" * 40


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_of_any_kind_that_says_its_place_is_found(order) -> None:
    data = exif({1: 0, 2: 1, 4: 1}, order)
    for content in (
        jpeg_with(data),
        data,
        b"\x89PNG\r\n\x1a\n\0\0\0\x40eXIf" + data,
        b"RIFF\0\1\0\0WEBPEXIF\0\0\0\0" + data,
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x06Exif\0\0" + data,
    ):
        assert says_place(content)


@pytest.mark.parametrize(
    "told",
    [b'<x:GPSLatitude="33,26S"/>', b"\xa9xyz\0\x12-33.4+70.6/", b"com.apple.quicktime.location.ISO6709"],
)
def test_other_ways_to_say_it_are_found(told) -> None:
    assert says_place(jpeg_with(b"") + told)


@pytest.mark.parametrize("data", [b"", exif({}), exif({0: 1, 29: 1}), exif({2: 1})[:20], b"II*\0" * 5_000])
def test_a_picture_without_a_place_says_none(data) -> None:
    assert not says_place(jpeg_with(data))


@given(st.binary())
def test_no_content_breaks_it(data) -> None:
    assert isinstance(says_place(b"II*\0" + data), bool)
