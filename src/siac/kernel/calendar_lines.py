# SPDX-License-Identifier: EUPL-1.2
"""Lines of files for calendars (RFC 5545): what a value may say, and how long a line may be."""

LONGEST = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""


def escaped(text: str) -> str:
    """Return a text as a value of a calendar (RFC 5545, 3.3.11); control signs are left out."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign.isprintable())


def folded(line: str) -> str:
    """Return a line in pieces of at most `LONGEST` octets, never inside a character."""
    pieces, size = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST:
            pieces.append(" ")
            size = 1
        pieces[-1] += sign
        size += octets
    return "\r\n".join(pieces)
