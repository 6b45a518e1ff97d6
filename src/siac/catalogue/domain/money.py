# SPDX-License-Identifier: EUPL-1.2
"""Amounts of money as whole numbers of the least part of their unit: cents, hundredths of a UF. Never
floats.
"""

import re

_DIGITS = 12
"""Digits of the largest amount."""
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_POINT = re.compile(r"(\d+)\.(\d+)")


def read_amount(text: str, digits: int) -> int | None:
    """Return an amount as people write it («3.500», «4,50», «0.0138») in its least parts, of which the whole
    has 10 ** `digits`; None where it is none, has parts that are smaller, or more than twelve digits.
    """
    written = text.strip()
    if not written.isascii():
        return None
    match = _GROUPED.fullmatch(written) or _POINT.fullmatch(written)
    if match is None:
        return None
    whole, parts = match[1].replace(".", ""), (match[2] or "").rstrip("0")
    if len(whole) > _DIGITS or len(parts) > digits:
        return None
    return int(whole + parts.ljust(digits, "0"))


def amount_words(amount: int, digits: int) -> str:
    """Return an amount of least parts as people read it: «3.500», «4,50», «0,25»; two decimals where there is
    any and the unit has two.
    """
    whole, parts = divmod(amount, 10**digits)
    said = f"{whole:,}".replace(",", ".")
    if not parts:
        return said
    shown = f"{parts:0{digits}d}"
    return f"{said},{shown if digits == 2 else shown.rstrip('0')}"
