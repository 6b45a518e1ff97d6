# SPDX-License-Identifier: EUPL-1.2
"""The two names of a case: its folio (in order, public to the body) and its tracking code (random,
secret).
"""

import re
import secrets

from siac.kernel.text import plain_dashes, squeeze

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0/O, 1/I/L: a code is read aloud and copied by hand."""
CODE_LENGTH = 12

_LONGEST_TYPED = 80
_SAID = r"(?:folio|solicitud|caso|expediente|reclamo|consulta|n[úu]mero|n[úu]m\.?|nro\.?|n[°º]?\.?|#)\s?:?\s?"
_FOLIO = re.compile(rf"(?:{_SAID}){{0,4}}(\d{{4}})\s?[-/ ]\s?0*(\d{{1,9}})", re.IGNORECASE)
_SHORT = re.compile(rf"(?:{_SAID}){{1,4}}0*(\d{{1,9}})", re.IGNORECASE)
_SHOWN = re.compile(rf"(?<![\w-])[{ALPHABET}]{{4}}([- ]?)[{ALPHABET}]{{4}}\1[{ALPHABET}]{{4}}(?![\w-])")
COVERED = "····-····-····"


def folio(year: int, number: int) -> str:
    """Return the folio as people write it: 2026-000123."""
    return f"{year}-{number:06d}"


def parse_folio(text: str) -> tuple[int, int] | None:
    """Return (year, number) of a folio as people type it or paste it, or None
    if it is not one: "Folio 2026–000414".
    """
    match = _FOLIO.fullmatch(_typed(text))
    return (int(match[1]), int(match[2])) if match else None


def parse_short_folio(text: str) -> int | None:
    """Return the number of a folio said without its year, "#438" or "folio 438", or None if it is none."""
    match = _SHORT.fullmatch(_typed(text))
    return int(match[1]) if match else None


def _typed(text: str) -> str:
    """Return what was typed on one line, without invisible signs, with plain dashes;
    nothing of what is too long to be a number.
    """
    line = plain_dashes(squeeze(text[: 4 * _LONGEST_TYPED]))
    return line if len(line) <= _LONGEST_TYPED else ""


def new_tracking_code() -> str:
    """Return a random code of 12 characters (59 bits), without separators."""
    rest, code = secrets.randbelow(len(ALPHABET) ** CODE_LENGTH), ""
    for _ in range(CODE_LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        code += ALPHABET[place]
    return code


def show_code(code: str) -> str:
    """Return a code in groups of four, as it is shown and read aloud: R3K2-WNP5-M7QX."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def cover_codes(text: str) -> str:
    """Return `text` for the eyes of staff: whatever may be a tracking code in it, as
    it is shown or run together, is covered.

    Words in capitals stay: of what is run together only what has a digit is taken for a code.
    """
    return _SHOWN.sub(lambda found: COVERED if _may_be_code(found) else found[0], text)


def places_of_codes(text: str) -> list[tuple[int, int]]:
    """Return where in `text` stands what `cover_codes` would cover: (start, end)."""
    return [found.span() for found in _SHOWN.finditer(text) if _may_be_code(found)]


def _may_be_code(found: re.Match[str]) -> bool:
    return bool(found[1]) or any(c.isdigit() for c in found[0])


def parse_code(text: str) -> str | None:
    """Return the code typed by a person, in any case and with any separators, or None if it cannot be one."""
    code = re.sub(r"[\s\-_.]", "", _typed(text)).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None
