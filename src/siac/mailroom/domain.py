# SPDX-License-Identifier: EUPL-1.2
"""The number of a paper in the register of incoming papers: its own series per body and year."""

import re

_NUMBER = re.compile(r"^\s*OP\s*[-/ ]?\s*(\d{4})\s*[-/ ]\s*0*(\d{1,9})\s*$", re.IGNORECASE)


def paper_number(year: int, number: int) -> str:
    """Return the number as it is written on the label: OP-2026-000123."""
    return f"OP-{year}-{number:06d}"


def parse_paper_number(text: str) -> tuple[int, int] | None:
    """Return (year, number) of a number typed by a person, or None if it is not one."""
    match = _NUMBER.match(text)
    return (int(match[1]), int(match[2])) if match else None
