# SPDX-License-Identifier: EUPL-1.2
"""Drawings of figures: from rows to our own SVG, with the table of the same rows beside it.

Lengths are in percent of the drawing and letters in points of the page, so a drawing is as legible on a
phone as on a screen. Nothing is said by colour alone: what reached its target is filled, what did not is
hollow, what was not measured is hatched; the value stands at its mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

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
_TALL, _HEAD, _FOOT = 120, 20, 38  # points: of the columns, above them for a value, below them for names


class Mark(StrEnum):
    """How a row is drawn."""

    PLAIN = "plain"
    REACHED = "reached"
    MISSED = "missed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a drawing: its name, its value (None: not measured) and how it is said («88 %»).

    `detail`: of how many («31 de 35»). `target`: what it should be, in the same unit. `short`: its name under
    a column, in one or two lines. `url`: the cases behind it.
    """

    label: str
    value: Decimal | int | None
    words: str
    detail: str = ""
    target: Decimal | int | None = None
    mark: Mark = Mark.PLAIN
    short: str = ""
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
    """Draw a bar for each row, one under the other, from 0; for things that have names."""
    drawn = _together(_bar(chart, place, row) for place, row in enumerate(chart.rows))
    return _svg(chart, len(chart.rows) * _ROW, drawn, "bars")


def _bar(chart: Chart, place: int, row: Row) -> SafeString:
    top, known = place * _ROW, row.value is not None
    long = _length(chart, row)
    inside = known and long > _INSIDE
    name = row.label if len(row.label) <= _LABEL else f"{row.label[: _LABEL - 1].rstrip()}…"
    parts = [
        format_html('<text class="siac-chart__name" x="0" y="{}">{}</text>', top + _BASELINE, name),
        _box(row, Decimal(0), top + 20, long, _BAR),
        _value(
            row,
            place=f"in-{row.mark}" if inside else "out",
            x=long if known else Decimal(0),
            y=top + 34,
            shift=-6 if inside else 6,
            anchor="end" if inside else "start",
        ),
    ]
    if row.target is not None:
        at = chart.share(row.target)
        line = '<line class="siac-chart__target" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>'
        parts.append(format_html(line, at, top + 17, top + 41))
    return _together(parts)


def columns(chart: Chart) -> SafeString:
    """Draw a column for each row, from left to right, from 0; for periods that follow each other."""
    wide = round(Decimal(100) / max(len(chart.rows), 1), 2)
    drawn = _together(_column(chart, place * wide, wide, row) for place, row in enumerate(chart.rows))
    return _svg(chart, _HEAD + _TALL + _FOOT, drawn, "columns")


def _column(chart: Chart, left: Decimal, wide: Decimal, row: Row) -> SafeString:
    tall = max(round(_TALL * _length(chart, row) / 100), 1)
    top, middle = _HEAD + _TALL - tall, round(left + wide / 2, 2)
    names = (row.short or row.label).split("\n")[:2]
    named = '<text class="siac-chart__name" x="{}%" y="{}" text-anchor="middle">{}</text>'
    value_at = top - 6 if row.value is not None else _HEAD + _TALL // 2
    parts = [
        _box(row, round(left + wide * 12 / 100, 2), top, round(wide * 76 / 100, 2), tall),
        _value(row, place="out", x=middle, y=value_at, shift=0, anchor="middle"),
        *(format_html(named, middle, _HEAD + _TALL + 16 * (n + 1), name) for n, name in enumerate(names)),
    ]
    if row.target is not None:
        at = _HEAD + _TALL - round(_TALL * chart.share(row.target) / 100)
        line = '<line class="siac-chart__target" x1="{}%" x2="{}%" y1="{}" y2="{}"/>'
        parts.append(format_html(line, left, round(left + wide, 2), at, at))
    return _together(parts)


def _length(chart: Chart, row: Row) -> Decimal:
    """Return how long a row is drawn; one that was not measured is hatched over the whole."""
    return chart.share(row.value) if row.value is not None else Decimal(100)


def _value(row: Row, *, place: str, x: Decimal, y: int, shift: int, anchor: str) -> SafeString:
    text = '<text class="siac-chart__value siac-chart__value--{}" x="{}%" y="{}" dx="{}" text-anchor="{}">{}'
    return format_html(text + "</text>", place, x, y, shift, anchor, row.words)


def _box(row: Row, left: Decimal, top: int, wide: Decimal, tall: int) -> SafeString:
    box = '<rect class="siac-chart__box siac-chart__box--{}" x="{}%" y="{}" width="{}%" height="{}" rx="2"/>'
    return format_html(box, row.mark if row.value is not None else Mark.NONE, left, top, wide, tall)


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _svg(chart: Chart, tall: int, drawn: SafeString, shape: str) -> SafeString:
    return format_html(
        '<svg class="siac-chart__drawing siac-chart__drawing--{}" role="img" aria-label="{}" width="100%" '
        'height="{}" xmlns="http://www.w3.org/2000/svg">{}{}</svg>',
        shape, chart.spoken, tall, _HATCH, drawn,
    )  # fmt: skip


_HATCH = SafeString(
    '<defs><pattern id="siac-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="siac-chart__hatch" x1="0" y1="0" x2="0" y2="6"/>'
    "</pattern></defs>"
)
