# SPDX-License-Identifier: EUPL-1.2
"""Drawings of figures: from rows to our own SVG, with the table of the same rows beside it.

Lengths are in percent of the drawing and letters in points of the page, so a drawing is as legible on a
phone as on a screen. Nothing is said by colour alone: what reached its target is filled, what did not is
hollow, what was not measured is hatched; the value stands at its mark.
"""

from collections.abc import Collection, Iterable, Sequence
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
_HIGH = 130  # points: of the highest column
_MANY = 8  # columns that have room for their names on a phone
_ROOM, _APART = 4, 2  # letters that stand over a column on a phone; columns between two longer values


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


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows with what they say.

    `title`: the finding, in a sentence. `note`: measure, period and where the axis begins. `heads`: the names
    of the columns of the table (name, value, of how many, target); an empty one is left out. `top`: where the
    axis ends; None: at the greatest value. `is_upright`: drawn as columns, for months and for steps of a
    value. `most`: no more rows are drawn, all stand in the table.
    """

    title: str
    note: str
    rows: Sequence[Row]
    heads: tuple[str, str, str, str]
    top: int | None = None
    is_upright: bool = False
    most: int | None = None

    @property
    def drawn(self) -> Sequence[Row]:
        """The rows that are drawn."""
        return self.rows[: self.most]

    @property
    def is_folded(self) -> bool:
        """Whether the table is too long to stand open."""
        return len(self.rows) >= FOLDED_FROM

    @property
    def spoken(self) -> str:
        """What the drawing says to who does not see it."""
        return f"{self.title} " + "; ".join(f"{row.label}: {_said(row)}" for row in self.drawn) + "."

    def share(self, value: Decimal | int) -> Decimal:
        """Return how long a value is drawn, in percent of the longest, to two decimals."""
        known = [row.value or 0 for row in self.drawn] + [row.target or 0 for row in self.drawn]
        top = self.top or max(known, default=0) or 1
        return round(100 * Decimal(min(value, top)) / top, 2)


def _said(row: Row) -> str:
    target = f", meta {localize(row.target)}" if row.target is not None else ""
    return f"{row.words}{f' ({row.detail})' if row.detail else ''}{target}"


def bars(chart: Chart) -> SafeString:
    """Draw a bar for each row, one under the other, from 0."""
    drawn = [_bar(chart, place * _ROW, row) for place, row in enumerate(chart.drawn)]
    return _drawing(chart, len(chart.drawn) * _ROW, drawn)


def columns(chart: Chart) -> SafeString:
    """Draw a column for each row, one beside the other, from 0. Where the values have no room over their
    columns, only those of the greatest and of the last are said; on a phone, of many columns every second.
    """
    rows = chart.drawn
    said: Collection[int] = range(len(rows))
    if any(len(row.brief) > _ROOM for row in rows):
        greatest = max(said, key=lambda place: rows[place].value or 0, default=0)
        said = {greatest, len(rows) - 1} if len(rows) - greatest > _APART else {greatest}
    wide = Decimal(100) / max(len(rows), 1)
    other = [len(rows) > _MANY and (len(rows) - 1 - place) % 2 == 1 for place in range(len(rows))]
    drawn = [
        _column(chart, row, place * wide, wide, is_said=place in said, is_other=other[place])
        for place, row in enumerate(rows)
    ]
    return _drawing(chart, _HIGH + 60, [*drawn, format_html(_GROUND, _HIGH + 20)])


def _drawing(chart: Chart, height: int, drawn: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg class="siac-chart__drawing" role="img" aria-label="{}" width="100%" height="{}" '
        'xmlns="http://www.w3.org/2000/svg">{}{}</svg>',
        chart.spoken,
        height,
        format_html(_HATCH, _hatch(chart)),
        format_html_join("", "{}", ((part,) for part in drawn)),
    )


def _hatch(chart: Chart) -> str:
    """Return the name of its pattern, of its own: a page may have several drawings."""
    return f"siac-hatch-{crc32(chart.spoken.encode()):08x}"


def _column(
    chart: Chart, row: Row, left: Decimal, wide: Decimal, *, is_said: bool, is_other: bool
) -> SafeString:
    known, middle = row.value is not None, round(left + wide / 2, 2)
    tall = round(chart.share(row.value) * _HIGH / 100, 1) if row.value is not None else Decimal(_HIGH)
    top = 20 + _HIGH - tall
    fill = "" if known else format_html(' fill="url(#{})"', _hatch(chart))
    mark, aside = row.mark if known else Mark.NONE, " siac-chart__other" if is_other else ""
    parts = [format_html(_UPRIGHT, mark, round(left + wide / 8, 2), top, round(wide * 3 / 4, 2), tall, fill)]
    if is_said and known:
        parts.append(format_html(_OVER, "value", aside, middle, top - 6, row.brief or row.words))
    parts += [
        format_html(_OVER, "name", "" if row.under else aside, middle, 20 + _HIGH + below, text)
        for below, text in ((18, row.tick), (34, row.under))
        if text
    ]
    return format_html_join("", "{}", ((part,) for part in parts))


def _bar(chart: Chart, top: int, row: Row) -> SafeString:
    """Draw one row below `top`; one that was not measured is hatched over the whole width."""
    known = row.value is not None
    long = chart.share(row.value) if row.value is not None else Decimal(100)
    inside = known and long > _INSIDE
    mark = row.mark if known else Mark.NONE
    name = row.label if len(row.label) <= _LABEL else f"{row.label[: _LABEL - 1].rstrip()}…"
    parts = [
        format_html('<text class="siac-chart__name" x="0" y="{}">{}</text>', top + _BASELINE, name),
        format_html(
            _BOX, mark, top + 20, long, _BAR, "" if known else format_html(' fill="url(#{})"', _hatch(chart))
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
_UPRIGHT = (
    '<rect class="siac-chart__box siac-chart__box--{}" x="{}%" y="{}" width="{}%" height="{}" rx="2"{}/>'
)
_OVER = '<text class="siac-chart__{}{}" x="{}%" y="{}" text-anchor="middle">{}</text>'
_GROUND = '<line class="siac-chart__ground" x1="0%" x2="100%" y1="{0}" y2="{0}"/>'
_HATCH = (
    '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="siac-chart__hatch" x1="0" y1="0" x2="0" y2="6"/>'
    "</pattern></defs>"
)
