# SPDX-License-Identifier: EUPL-1.2
"""Months, and names inside a package: pure Python."""

import re
from datetime import date

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_ODD = re.compile(r"[^\w.-]+")
LONGEST_NAME = 80


def month_of(text: str, *, today: date) -> date:
    """Return the first day of the month that `text` names (2026-03); of the month of `today` where it names
    none, or one to come.
    """
    found = _MONTH.fullmatch(text)
    this = today.replace(day=1)
    if found is None or not 1 <= int(found[2]) <= 12 or not int(found[1]) >= 1990:
        return this
    return min(date(int(found[1]), int(found[2]), 1), this)


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def file_path(code: str, place: int, name: str) -> str:
    """Return where a file lies in a package: nothing in a name leads out of it, nor hides another."""
    stem, dot, ending = name.rpartition(".")
    told = _ODD.sub("_", stem if dot else ending).strip("._")[:LONGEST_NAME] or "archivo"
    end = f".{_ODD.sub('', ending)[:8]}" if dot else ""
    return f"archivos/{_ODD.sub('_', code).strip('.')[:60]}/{place:02d}-{told}{end}"
