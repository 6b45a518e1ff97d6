# SPDX-License-Identifier: EUPL-1.2
"""A matrix that links rows of one section to rows of another: a cell is a link and its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from siac.policy.domain.sections import Matrix, Rows

Cells = Sequence[Mapping[str, Any]]
"""Links, each {row, column, text} by the codes of what it links."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a matrix: its code, what heads it, and the words of each cell in the order of the columns
    (empty: no link).
    """

    code: str
    name: str
    says: str
    cells: tuple[str, ...]

    @property
    def is_linked(self) -> bool:
        """Whether it is linked to anything."""
        return any(self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix as it is drawn: (code, name, words) of its columns, and its rows."""

    columns: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]

    @property
    def loose_rows(self) -> list[str]:
        """The rows without any link."""
        return [line.name for line in self.lines if not line.is_linked]

    @property
    def loose_columns(self) -> list[str]:
        """The columns that no row is linked to."""
        return [
            name
            for place, (_, name, _) in enumerate(self.columns)
            if not any(line.cells[place] for line in self.lines)
        ]


def linked_rows(matrix: Matrix, rows: Rows) -> list[Mapping[str, Any]]:
    """Return the rows that a matrix links: those that are what it asks for."""
    if matrix.only is None:
        return list(rows)
    column, wanted = matrix.only
    return [row for row in rows if row[column] == wanted]


def grid(matrix: Matrix, rows: Rows, columns: Rows, cells: Cells) -> Grid:
    """Return a matrix as it is drawn. Links of rows or columns that are gone are left out."""
    said = {(cell["row"], cell["column"]): str(cell["text"]) for cell in cells}
    heads = tuple((str(each["code"]), str(each["name"]), str(each["text"])) for each in columns)
    lines = tuple(
        Line(
            str(row["code"]), str(row["name"]), str(row["text"]),
            tuple(said.get((row["code"], code), "") for code, _, _ in heads),
        )
        for row in linked_rows(matrix, rows)
    )  # fmt: skip
    return Grid(heads, lines)


def with_row(cells: Cells, row: str, said: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the links with those of one row as `said` has them by column; empty words are no link."""
    kept = [dict(cell) for cell in cells if cell["row"] != row]
    fresh = [{"row": row, "column": column, "text": text} for column, text in said.items() if text.strip()]
    return sorted([*kept, *fresh], key=lambda cell: (cell["row"], cell["column"]))
