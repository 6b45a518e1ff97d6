# SPDX-License-Identifier: EUPL-1.2
"""A table on its way out: columns with their widths, rows of plain values, no
text that a program would run as a formula.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from siac.kernel.cells import safe

MARK = b"\xef\xbb\xbf"
"""Tells Excel that what follows is UTF-8."""


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: characters a sheet shows of it; `wraps`: long texts go on below."""

    title: str
    width: int = 16
    wraps: bool = False


Columns = Sequence["Column | str"]


def titles(columns: Columns) -> list[str]:
    """Return the words at the head of a table."""
    return [column if isinstance(column, str) else column.title for column in columns]


def csv_bytes(columns: Columns, rows: Iterable[Sequence[Any]], *, as_typed: bool = False) -> Iterator[bytes]:
    """Yield a table line by line: UTF-8 with its mark, semicolons. Moments are told in the zone they come in.

    `as_typed` leaves out the apostrophe before what looks like a formula: for
    rows that come back into the house.
    """
    writer: Any = csv.writer(_Echo(), delimiter=";")
    yield MARK
    if columns:
        heads = titles(columns)
        yield writer.writerow(heads if as_typed else [safe(head) for head in heads]).encode()
    for row in rows:
        yield writer.writerow([value if as_typed else safe(_told(value)) for value in row]).encode()


class _Echo:
    """Gives back what a CSV writer writes."""

    def write(self, line: str) -> str:
        return line


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value
