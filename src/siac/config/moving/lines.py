# SPDX-License-Identifier: EUPL-1.2
"""Rows as PostgreSQL's COPY writes them: a line, columns between tabs, `\\N` where there is nothing."""

from collections.abc import Iterable, Iterator
from typing import Any

from siac.config.moving.words import MovingError

NOTHING = b"\\N"
_LONGEST = 512 << 20
"""Bytes of a line; the largest value PostgreSQL keeps is twice that."""
_SAID = {
    b"\\": "\\\\", b"\b": "\\b", b"\f": "\\f", b"\n": "\\n", b"\r": "\\r", b"\t": "\\t", b"\v": "\\v",
}  # fmt: skip
_UNSAID = {"\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def lines_of(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of blocks, without their ends.

    Raises:
        MovingError: one has no end.
    """
    held = b""
    for block in blocks:
        first, *more = block.split(b"\n")
        held += first
        if more:
            yield held
            yield from more[:-1]
            held = more[-1]
        if len(held) > _LONGEST:
            raise MovingError("El archivo trae una fila demasiado larga; no se cambió nada.")
    if held:
        raise MovingError("El archivo trae una fila sin final; no se cambió nada.")


def text_of(value: bytes) -> str | None:
    """Return what a column says; None where there is nothing."""
    if value == NOTHING:
        return None
    if b"\\" not in value:
        return value.decode()
    out, signs = [], iter(value.decode())
    for sign in signs:
        if sign == "\\":
            after = next(signs, "\\")
            out.append(_UNSAID.get(after, after))
        else:
            out.append(sign)
    return "".join(out)


def bytes_of(value: bytes) -> bytes | None:
    """Return the bytes a column holds; None where there is nothing."""
    told = text_of(value)
    return None if told is None else bytes.fromhex(told.removeprefix("\\x"))


def said(value: Any) -> bytes:
    """Return a value as a column says it."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, (bytes, memoryview)):
        return b"\\\\x" + bytes(value).hex().encode()
    if isinstance(value, list):
        return ("{" + ",".join(_element(each) for each in value) + "}").encode()
    text = str(value)
    for sign, written in _SAID.items():
        text = text.replace(sign.decode(), written)
    return text.encode()


def _element(value: Any) -> str:
    told = str(value)
    if not all(sign.isalnum() or sign in "-_" for sign in told) or not told:
        raise ValueError(f"{told!r} has no place in a list of keys")
    return told
