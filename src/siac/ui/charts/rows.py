# SPDX-License-Identifier: EUPL-1.2
"""What a drawing of figures says: rows, their table, and the sentence for who does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.utils.formats import localize

FOLDED_FROM = 13
"""A table of so many rows is folded under its drawing; a smaller one stands open."""


class Shape(StrEnum):
    """How the rows of a chart are drawn: one under the other, one beside the other, as points of a line,
    every thing of a row as a dot over its place, or as numbered points on a field of value and target.
    """

    BARS = "bars"
    COLUMNS = "columns"
    LINE = "line"
    DOTS = "dots"
    FIELD = "field"


class Mark(StrEnum):
    """How a row is drawn: `late` is hatched in red, `open` only outlined (it waits), `few` is a hollow point
    of a line.
    """

    PLAIN = "plain"
    REACHED = "reached"
    MISSED = "missed"
    NONE = "none"
    LATE = "late"
    OPEN = "open"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a drawing: its name, its value (None: not measured) and how it is said («88 %»).

    `detail`: of how many («31 de 35»). `target`: what it should be, in the same unit. `url`: the cases behind
    it. Of a column: `tick` and `under` are the two lines below it («ene», «2026»), `brief` its value («88»).
    """

    label: str
    value: Decimal | int | None
    words: str
    detail: str = ""
    target: Decimal | int | None = None
    mark: Mark = Mark.PLAIN
    url: str = ""
    tick: str = ""
    under: str = ""
    brief: str = ""


@dataclass(frozen=True)  # without slots: what it says is put together once
class Chart:
    """Rows with what they say.

    `title`: the finding, in a sentence. `note`: measure, period and where the axis begins. `heads`: the names
    of the columns of the table (name, value, of how many, target); an empty one is left out. `top`: where the
    axis ends; None: at the greatest value. `bottom`: where that of a line begins; all others begin at 0.
    `most`: no more rows are drawn, all stand in the table. `divider`: of columns and dots, the place that a
    line stands before, and its words («último día»). `has_table`: False where the page has the rows in a
    table of its own below. `target_word`: how a row's target is called to who hears the drawing.
    `corners`: of a field, what its four parts are, from above left in the order of reading.
    """

    title: str
    note: str
    rows: Sequence[Row]
    heads: tuple[str, str, str, str]
    top: int | None = None
    shape: Shape = Shape.BARS
    most: int | None = None
    bottom: int = 0
    divider: tuple[int, str] | None = None
    has_table: bool = True
    target_word: str = "meta"
    corners: Sequence[str] = ()

    @property
    def drawn(self) -> Sequence[Row]:
        """The rows that are drawn."""
        return self.rows[: self.most]

    @property
    def is_folded(self) -> bool:
        """Whether the table is too long to stand open."""
        return len(self.rows) >= FOLDED_FROM

    @cached_property
    def spoken(self) -> str:
        """What the drawing says to who does not see it."""
        rows = (f"{row.label}: {said(row, self.target_word)}" for row in self.drawn)
        return f"{self.title} {'; '.join(rows)}."

    def share(self, value: Decimal | int) -> Decimal:
        """Return how long a value is drawn, in percent of the axis, to two decimals."""
        top = self._end
        within = Decimal(max(min(value, top) - self.bottom, 0))
        return round(100 * within / max(top - self.bottom, 1), 2)

    @cached_property
    def _end(self) -> Decimal | int:
        """Where the axis ends."""
        known = [row.value or 0 for row in self.drawn] + [row.target or 0 for row in self.drawn]
        return self.top or max(known, default=0) or 1


def said(row: Row, target_word: str = "meta") -> str:
    """Return a row in words: value, of how many, target."""
    target = f", {target_word} {localize(row.target)}" if row.target is not None else ""
    return f"{row.words}{f' ({row.detail})' if row.detail else ''}{target}"
