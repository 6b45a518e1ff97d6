# SPDX-License-Identifier: EUPL-1.2
"""The file of a body by itself: what is put in comes out, and nothing else passes for it."""

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.config.moving.lines import bytes_of, lines_of, said, text_of
from siac.config.moving.package import MANIFEST, PackageWriter, parts_of
from siac.config.moving.sealing import MAGIC, PIECE, SALT, SealedWriter, _cipher, _nonce, opened_pieces
from siac.config.moving.words import MovingError

KEY, OTHER = bytes(32), bytes([1]) * 32


def sealed(data: bytes, key: bytes = KEY) -> bytes:
    sink = io.BytesIO()
    writer = SealedWriter(sink, key)
    writer.write(data)
    writer.close()
    return sink.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(opened_pieces(io.BytesIO(data), key))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_opens(size):
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert opened(sealed(data)) == data


def pieces(data: bytes) -> list[bytes]:
    found, at = [], len(MAGIC) + SALT
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        found.append(data[at:end])
        at = end
    return found


WHOLE = sealed(b"a" * PIECE + b"b" * PIECE + b"c")
HEAD = WHOLE[: len(MAGIC) + SALT]
ONE, TWO, THREE = pieces(WHOLE)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"PK\x03\x04 otra cosa",
        HEAD,
        HEAD + ONE + TWO,
        HEAD + TWO + ONE + THREE,
        HEAD + ONE + THREE,
        HEAD + ONE + ONE + TWO + THREE,
        WHOLE + b"x",
        WHOLE[:-1],
        HEAD + ONE[:40] + bytes([ONE[40] ^ 1]) + ONE[41:] + TWO + THREE,
        HEAD + (1 << 31).to_bytes(4, "big") + ONE,
    ],
    ids=[
        "empty",
        "other",
        "no pieces",
        "cut",
        "moved",
        "left out",
        "doubled",
        "more",
        "short",
        "bit",
        "huge",
    ],
)
def test_what_was_changed_is_refused(wrong):
    with pytest.raises(MovingError):
        opened(wrong)


def test_another_key_opens_nothing():
    with pytest.raises(MovingError, match="La clave no es la de este archivo"):
        opened(WHOLE, OTHER)


def test_a_piece_that_would_unpack_to_more_than_one_holds_is_refused():
    salt = bytes(SALT)
    bomb = _cipher(KEY, salt).encrypt(_nonce(0, is_last=True), zlib.compress(bytes(50 * PIECE)), MAGIC)
    with pytest.raises(MovingError):
        opened(MAGIC + salt + len(bomb).to_bytes(4, "big") + bomb)


def test_parts_come_out_as_they_went_in_with_their_sums():
    sink = io.BytesIO()
    package = PackageWriter(sink, KEY)
    package.put_note("head", {"form": 1})
    package.put_table("cases_case", [b"1\tuno\n", b"2\tdos\n"])
    package.put_file("2026-11/ab", [b"x" * PIECE, b"y"])
    package.close(missing=0)
    sink.seek(0)
    found = {}
    for part in parts_of(sink, KEY):
        found[part.name] = (b"".join(part.blocks), part.tally.rows, part.tally.size)
    assert list(found) == ["head", "table:cases_case", "file:2026-11/ab", MANIFEST]
    assert found["table:cases_case"] == (b"1\tuno\n2\tdos\n", 2, 12)
    assert found["file:2026-11/ab"][2] == PIECE + 1


def test_parts_that_follow_no_form_are_refused():
    for inside in (b"X\x00\x00\x00\x01a", b"N\x00\x00\x00\x04head", b"N\xff\xff\xff\xff", b"N"):
        with pytest.raises(MovingError):
            [list(part.blocks) for part in parts_of(io.BytesIO(sealed(inside)), KEY)]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_texts_go_through_a_column(told):
    cell = said(told)
    assert b"\t" not in cell and b"\n" not in cell
    assert text_of(cell) == told


@given(st.binary())
def test_bytes_go_through_a_column(told):
    assert bytes_of(said(told)) == told


def test_nothing_stays_nothing():
    assert text_of(said(None)) is None and bytes_of(said(None)) is None
    assert said([]) == b"{}" and said([-3, 4]) == b"{-3,4}" and said(True) == b"t"


def test_lines_are_found_across_blocks_and_one_without_end_is_refused():
    assert list(lines_of([b"a\tb\nc", b"d\n", b"\n"])) == [b"a\tb", b"cd", b""]
    with pytest.raises(MovingError):
        list(lines_of([b"a\nb"]))
