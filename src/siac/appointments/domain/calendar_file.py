# SPDX-License-Identifier: EUPL-1.2
"""An appointment as a file for calendars (RFC 5545): times in UTC, one UID, a SEQUENCE that rises."""

from dataclasses import dataclass
from datetime import UTC, datetime

from siac.kernel.calendar_lines import escaped, folded


@dataclass(frozen=True, slots=True)
class Event:
    """What a calendar is told; `alarm`: minutes before at which it reminds, 0 for none."""

    uid: str
    sequence: int
    stamped_at: datetime
    begins_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    url: str
    is_cancelled: bool = False
    alarm: int = 0


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def calendar_file(event: Event) -> bytes:
    """Return the file of an event; a cancelled one takes it out of the calendars that have it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SIAC//Citas//ES",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if event.is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_at(event.stamped_at)}",
        f"DTSTART:{_at(event.begins_at)}",
        f"DTEND:{_at(event.ends_at)}",
        f"SUMMARY:{escaped(event.title)}",
        f"LOCATION:{escaped(event.place)}",
        f"DESCRIPTION:{escaped(event.text)}",
        f"URL:{event.url}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
    ]
    if event.alarm and not event.is_cancelled:
        lines += [
            "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(event.title)}",
            f"TRIGGER:-PT{event.alarm}M", "END:VALARM",
        ]  # fmt: skip
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()
