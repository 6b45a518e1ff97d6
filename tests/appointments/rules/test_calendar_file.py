# SPDX-License-Identifier: EUPL-1.2
"""An appointment as a file for calendars, read back by the rules of RFC 5545."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from siac.appointments.domain.calendar_file import Event, calendar_file
from siac.kernel.calendar_lines import escaped, folded

AT = datetime(2026, 12, 1, 12, 20, tzinfo=UTC)
EVENT = Event(
    uid="abc@siac", sequence=0, stamped_at=AT - timedelta(days=1), begins_at=AT,
    ends_at=AT + timedelta(minutes=20),
    title="Certificados; copia, y más", place="Av. Ñuñoa 12, Puerto", text="Código: R3K2WN\nhttps://x/cita/y/",
    url="https://x/cita/y/", alarm=120,
)  # fmt: skip


def read(content: bytes) -> dict[str, str]:
    """Return the properties of the only event of a file, unfolded and unescaped."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert lines[-1] == "" and lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    return {name: _plain(value) for name, _, value in (line.partition(":") for line in lines[:-1])}


def _plain(value: str) -> str:
    out, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            following = next(signs)
            out += "\n" if following == "n" else following
        else:
            out += sign
    return out


def test_a_file_says_what_when_and_where():
    told = read(calendar_file(EVENT))
    assert (told["METHOD"], told["STATUS"], told["UID"]) == ("PUBLISH", "CONFIRMED", "abc@siac")
    assert (told["DTSTART"], told["DTEND"]) == ("20261201T122000Z", "20261201T124000Z")
    assert (told["SUMMARY"], told["LOCATION"]) == (EVENT.title, EVENT.place)
    assert told["TRIGGER"] == "-PT120M"


def test_a_change_raises_the_sequence_and_a_cancelled_one_takes_it_out():
    moved = read(calendar_file(replace(EVENT, sequence=1)))
    gone = read(calendar_file(replace(EVENT, sequence=2, is_cancelled=True)))
    assert (moved["UID"], moved["SEQUENCE"]) == ("abc@siac", "1")
    assert (gone["UID"], gone["SEQUENCE"], gone["METHOD"], gone["STATUS"]) == (
        "abc@siac",
        "2",
        "CANCEL",
        "CANCELLED",
    )
    assert "TRIGGER" not in gone


@given(st.text(max_size=300))
def test_any_text_is_one_value_and_lines_are_short(text):
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
    whole = text.replace("\r\n", "\n")
    assert _plain(escaped(text)) == "".join(sign for sign in whole if sign.isprintable() or sign == "\n")
