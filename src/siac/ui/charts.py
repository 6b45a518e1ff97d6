# SPDX-License-Identifier: EUPL-1.2
"""Drawings of figures: from rows to our own SVG, with the table of the same rows beside it.

Lengths are in percent of the drawing and letters in points of the page, so a drawing is as legible on a
phone as on a screen. Nothing is said by colour alone: what reached its target is filled, what did not is
hollow, what was not measured is hatched; the value stands at its mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from zlib import crc32

from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

FOLDED_FROM = 13
"""A table of so many rows is folded under its drawing; a smaller one stands open."""
_LABEL = 46
"""Letters of a name in the drawing of bars; the table has all of them."""
_INSIDE = 60
"""Percent: of a longer bar the value stands inside."""
_ROW, _BAR, _BASELINE = 46, 18, 14  # points: of a row of bars, of its bar, of its name


class Mark(StrEnum):
    """How a row is drawn."""

    PLAIN = "plain"
    REACHED = "reached"
    MISSED = "missed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a drawing: its name, its value (None: not measured) and how it is said («88 %»).

    `detail`: of how many («31 de 35»). `target`: what it should be, in the same unit. `url`: the cases behind
    it.
    """

    label: str
    value: Decimal | int | None
    words: str
    detail: str = ""
    target: Decimal | int | None = None
    mark: Mark = Mark.PLAIN
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows with what they say.

    `title`: the finding, in a sentence. `note`: measure, period and where the axis begins. `heads`: the names
    of the columns of the table (name, value, of how many, target); an empty one is left out. `top`: where the
    axis ends; None: at the greatest value.
    """

    title: str
    note: str
    rows: Sequence[Row]
    heads: tuple[str, str, str, str]
    top: int | None = None

    @property
    def is_folded(self) -> bool:
        """Whether the table is too long to stand open."""
        return len(self.rows) >= FOLDED_FROM

    @property
    def spoken(self) -> str:
        """What the drawing says to who does not see it."""
        return f"{self.title} " + "; ".join(f"{row.label}: {_said(row)}" for row in self.rows) + "."

    def share(self, value: Decimal | int) -> Decimal:
        """Return how long a value is drawn, in percent of the longest, to two decimals."""
        known = [row.value or 0 for row in self.rows] + [row.target or 0 for row in self.rows]
        top = self.top or max(known, default=0) or 1
        return round(100 * Decimal(min(value, top)) / top, 2)


def _said(row: Row) -> str:
    target = f", meta {localize(row.target)}" if row.target is not None else ""
    return f"{row.words}{f' ({row.detail})' if row.detail else ''}{target}"


def bars(chart: Chart) -> SafeString:
    """Draw a bar for each row, one under the other, from 0."""
    hatch = f"siac-hatch-{crc32(chart.spoken.encode()):08x}"  # of its own: a page may have several drawings
    drawn = format_html_join(
        "", "{}", ((_bar(chart, place * _ROW, row, hatch),) for place, row in enumerate(chart.rows))
    )
    return format_html(
        '<svg class="siac-chart__drawing" role="img" aria-label="{}" width="100%" height="{}" '
        'xmlns="http://www.w3.org/2000/svg">{}{}</svg>',
        chart.spoken,
        len(chart.rows) * _ROW,
        format_html(_HATCH, hatch),
        drawn,
    )


def _bar(chart: Chart, top: int, row: Row, hatch: str) -> SafeString:
    """Draw one row below `top`; one that was not measured is hatched over the whole width."""
    known = row.value is not None
    long = chart.share(row.value) if row.value is not None else Decimal(100)
    inside = known and long > _INSIDE
    mark = row.mark if known else Mark.NONE
    name = row.label if len(row.label) <= _LABEL else f"{row.label[: _LABEL - 1].rstrip()}…"
    parts = [
        format_html('<text class="siac-chart__name" x="0" y="{}">{}</text>', top + _BASELINE, name),
        format_html(
            _BOX, mark, top + 20, long, _BAR, "" if known else format_html(' fill="url(#{})"', hatch)
        ),
        format_html(
            _VALUE,
            f"in-{mark}" if inside else "out",
            long if known else 0,
            top + 34,
            -6 if inside else 6,
            "end" if inside else "start",
            row.words,
        ),
    ]
    if row.target is not None:
        parts.append(format_html(_TARGET, chart.share(row.target), top + 17, top + 41))
    return format_html_join("", "{}", ((part,) for part in parts))


_BOX = '<rect class="siac-chart__box siac-chart__box--{}" x="0%" y="{}" width="{}%" height="{}" rx="2"{}/>'
_VALUE = (
    '<text class="siac-chart__value siac-chart__value--{}" x="{}%" y="{}" dx="{}" text-anchor="{}">{}</text>'
)
_TARGET = '<line class="siac-chart__target" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>'
_HATCH = (
    '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="siac-chart__hatch" x1="0" y1="0" x2="0" y2="6"/>'
    "</pattern></defs>"
)
