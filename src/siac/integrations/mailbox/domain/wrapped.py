# SPDX-License-Identifier: EUPL-1.2
"""Mails wrapped by programs: signed ones (S/MIME), those of Outlook
(winmail.dat), and invitations (iCalendar).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_STEPS = 10_000
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TNEF = 0x223E9F78
_TNEF_BODY, _TNEF_TITLE, _TNEF_DATA, _TNEF_START = 0x2800C, 0x18010, 0x6800F, 0x69002
_INVITATION = {
    "SUMMARY": "Asunto",
    "DTSTART": "Desde",
    "DTEND": "Hasta",
    "LOCATION": "Lugar",
    "DESCRIPTION": "Detalle",
}


def signed_content(der: bytes) -> bytes | None:
    """Return the mail inside a signed one (CMS SignedData), None where it is encrypted or broken.

    The signature is not checked.
    """
    try:
        outer = _inside(der, 0x30)
        kind, rest = _element(outer)
        if kind.tag != 0x06 or kind.content != _SIGNED_DATA:
            return None
        _, after_version = _element(_inside(_inside(rest, 0xA0), 0x30))
        _, after_digests = _element(after_version)
        _, content = _element(_inside(after_digests, 0x30))
        return _joined(_inside(content, 0xA0))
    except (ValueError, IndexError):
        return None


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    content: bytes


def _inside(data: bytes, tag: int) -> bytes:
    found, _ = _element(data)
    if found.tag != tag:
        raise ValueError(f"tag {found.tag:#x}")
    return found.content


def _element(data: bytes) -> tuple[_Element, bytes]:
    """Return the first BER element and what follows it; a length left open ends at its mark."""
    if len(data) < 2:
        raise ValueError("short")
    tag, length, start = data[0], data[1], 2
    if length == 0x80:
        end = _open_end(data)
        return _Element(tag, data[start:end]), data[end + 2 :]
    if length > 0x80:
        size = length & 0x7F
        if size > 5:
            raise ValueError("length")
        length, start = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
    if start + length > len(data):
        raise ValueError("cut")
    return _Element(tag, data[start : start + length]), data[start + length :]


def _open_end(data: bytes) -> int:
    """Return where the end mark of an element of open length stands, those inside passed over."""
    at, depth = 2, 1
    for _ in range(_MOST_STEPS):
        if data[at : at + 2] == b"\x00\x00":
            depth -= 1
            if not depth:
                return at
            at += 2
        elif data[at + 1] == 0x80:
            depth += 1
            at += 2
        else:
            size = data[at + 1]
            long = size & 0x7F if size > 0x80 else 0
            at += 2 + long + (int.from_bytes(data[at + 2 : at + 2 + long], "big") if long else size)
    raise ValueError("too many parts")


def _joined(data: bytes) -> bytes:
    """Return an octet string, whole or in pieces."""
    found, _ = _element(data)
    if found.tag == 0x04:
        return found.content
    if found.tag != 0x24:
        raise ValueError("no octets")
    pieces: list[bytes] = []
    rest = found.content
    while rest and len(pieces) < _MOST_STEPS:
        piece, rest = _element(rest)
        pieces.append(piece.content)
    return b"".join(pieces)


@dataclass(slots=True)
class Outlook:
    """What a winmail.dat holds: plain text and files."""

    text: bytes = b""
    files: list[tuple[str, bytes]] = field(default_factory=list)


def outlook_content(content: bytes) -> Outlook:
    """Return what can be read of a winmail.dat (TNEF); nothing of a broken one."""
    found = Outlook()
    name, data = "", b""
    for attribute, value in _attributes(content):
        if attribute == _TNEF_BODY:
            found.text = value.rstrip(b"\x00")
        elif attribute == _TNEF_START:
            _keep(found, name, data)
            name, data = "", b""
        elif attribute == _TNEF_TITLE:
            name = value.rstrip(b"\x00").decode("cp1252", "replace")
        elif attribute == _TNEF_DATA:
            data = value
    _keep(found, name, data)
    return found


def _keep(found: Outlook, name: str, data: bytes) -> None:
    if data:
        found.files.append((name or f"adjunto-{len(found.files) + 1}", data))


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _TNEF:
        return
    at = 6
    for _ in range(_MOST_STEPS):
        if at + 9 > len(content):
            return
        level, attribute, size = struct.unpack_from("<BII", content, at)
        end = at + 9 + size
        if level not in (1, 2) or end + 2 > len(content):
            return
        yield attribute, content[at + 9 : end]
        at = end + 2


def invitation_text(source: str) -> str:
    """Return the words of an invitation: what about, when, where; empty where there is none."""
    unfolded = source.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    told: dict[str, str] = {}
    is_event = False
    for line in unfolded.split("\n"):
        name, _, value = line.partition(":")
        key = name.partition(";")[0].strip().upper()
        if key in ("BEGIN", "END"):
            is_event = key == "BEGIN" and value.strip().upper() in {"VEVENT", "VTODO"}
        elif is_event and key in _INVITATION and value.strip():
            told.setdefault(key, _calendar_value(key, value.strip()))
    if not told:
        return ""
    return "\n".join(
        [
            "Invitación de calendario",
            *(f"{_INVITATION[key]}: {told[key]}" for key in _INVITATION if key in told),
        ]
    )


def _calendar_value(key: str, value: str) -> str:
    if key in {"DTSTART", "DTEND"} and value[:8].isascii() and value[:8].isdigit():
        day = f"{value[6:8]}-{value[4:6]}-{value[:4]}"
        hour = f" {value[9:11]}:{value[11:13]}" if value[8:9] == "T" and value[9:13].isdigit() else ""
        return f"{day}{hour}{' (hora universal)' if value.endswith('Z') else ''}"
    return (
        value.replace("\\n", "\n")
        .replace("\\N", "\n")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\")
    )
