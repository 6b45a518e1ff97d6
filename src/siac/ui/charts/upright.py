# SPDX-License-Identifier: EUPL-1.2
"""Bars, columns and dots.

Lengths are in percent of the drawing and letters in points of the page, so a drawing is as legible on a
phone as on a screen.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal
from zlib import crc32

from django.utils.safestring import SafeString

from siac.ui.charts.rows import Chart, Mark, Row
from siac.ui.marks import filled

_LABEL = 46
"""Letters of a name in the drawing of bars; the table has all of them."""
_INSIDE = 60
"""Percent: of a longer bar the value stands inside."""
_ROW, _BAR, _BASELINE = 46, 18, 14  # points: of a row of bars, of its bar, of its name
_HIGH = 130  # points: of the highest column
_DOT = 13  # points: of a dot with the room around it
_LETTERS = 22  # points: of the value over a column
_MANY = 8  # columns that have room for their names on a phone
_ROOM, _APART = 4, 2  # letters that stand over a column on a phone; columns between two longer values


def bars(chart: Chart) -> SafeString:
    """Draw a bar for each row, one under the other, from 0."""
    drawn = [_bar(chart, place * _ROW, row) for place, row in enumerate(chart.drawn)]
    return drawing(chart, len(chart.drawn) * _ROW, drawn)


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
    return drawing(chart, _HIGH + 60, [*drawn, *_divided(chart), filled(GROUND, _HIGH + 20)])


def dots(chart: Chart) -> SafeString:
    """Draw every thing of a row as a dot over its place: for so few that a column would say more than is
    known. What is late is a hollow diamond, what waits a hollow ring.
    """
    rows = chart.drawn
    most = max((int(row.value or 0) for row in rows), default=0)
    high = max(most, 3) * _DOT
    wide = Decimal(100) / max(len(rows), 1)
    drawn = []
    for place, row in enumerate(rows):
        middle = round(place * wide + wide / 2, 2)
        form = {Mark.LATE: _DIAMOND, Mark.OPEN: _RING}.get(row.mark, _DISC)
        stack = range(int(row.value or 0))
        drawn += [filled(form, middle, 20 + high - _DOT * turn - _DOT // 2) for turn in stack]
        drawn += [
            filled(_OVER, "name", "", middle, 20 + high + below, text)
            for below, text in ((18, row.tick), (34, row.under))
            if text
        ]
    return drawing(chart, high + 60, [*drawn, *_divided(chart, high), filled(GROUND, high + 20)])


def _divided(chart: Chart, high: int = _HIGH) -> list[SafeString]:
    """Draw the line that stands before a place, with its words."""
    if chart.divider is None:
        return []
    place, words = chart.divider
    left = round(Decimal(100 * place) / max(len(chart.drawn), 1), 2)
    anchor, apart = ("end", -6) if left > _INSIDE else ("start", 6)
    return [filled(_DIVIDER, left, 20 + high, apart, anchor, words)]


def drawing(chart: Chart, height: int, drawn: Iterable[SafeString]) -> SafeString:
    """Put what was drawn together, with its patterns and what it says to who does not see it."""
    return filled(
        '<svg class="siac-chart__drawing" role="img" aria-label="{}" width="100%" height="{}" '
        'xmlns="http://www.w3.org/2000/svg">{}{}</svg>',
        chart.spoken,
        height,
        filled(_HATCH, _hatch(chart), _hatch(chart, "late")),
        SafeString("".join(drawn)),
    )


def _hatch(chart: Chart, kind: str = "hatch") -> str:
    """Return the name of a pattern, of its own: a page may have several drawings."""
    return f"siac-{kind}-{crc32(chart.spoken.encode()):08x}"


def _fill(chart: Chart, mark: Mark) -> SafeString:
    """Return what fills a box: a pattern of what was not measured, or is late; else its style says it."""
    kinds = {Mark.NONE: "hatch", Mark.LATE: "late"}
    return filled(' fill="url(#{})"', _hatch(chart, kinds[mark])) if mark in kinds else SafeString("")


def _column(
    chart: Chart, row: Row, left: Decimal, wide: Decimal, *, is_said: bool, is_other: bool
) -> SafeString:
    known, middle = row.value is not None, round(left + wide / 2, 2)
    tall = round(chart.share(row.value) * _HIGH / 100, 1) if row.value is not None else Decimal(_HIGH)
    top = 20 + _HIGH - tall
    mark, aside = row.mark if known else Mark.NONE, " siac-chart__other" if is_other else ""
    box = mark, round(left + wide / 8, 2), top, round(wide * 3 / 4, 2), tall, _fill(chart, mark)
    parts = [filled(_UPRIGHT, *box)]
    level = None if row.target is None else 20 + _HIGH - round(chart.share(row.target) * _HIGH / 100, 1)
    if is_said and known:
        above = level if level is not None and top - _LETTERS < level < top else top
        parts.append(filled(_OVER, "value", aside, middle, above - 6, row.brief or row.words))
    parts += [
        filled(_OVER, "name", "" if row.under else aside, middle, 20 + _HIGH + below, text)
        for below, text in ((18, row.tick), (34, row.under))
        if text
    ]
    if level is not None:
        parts.append(filled(_LEVEL, round(left + wide / 16, 2), round(left + wide * 15 / 16, 2), level))
    return SafeString("".join(parts))


def _bar(chart: Chart, top: int, row: Row) -> SafeString:
    """Draw one row below `top`; one that was not measured is hatched over the whole width."""
    known = row.value is not None
    long = chart.share(row.value) if row.value is not None else Decimal(100)
    inside = known and long > _INSIDE
    mark = row.mark if known else Mark.NONE
    name = row.label if len(row.label) <= _LABEL else f"{row.label[: _LABEL - 1].rstrip()}…"
    parts = [
        filled('<text class="siac-chart__name" x="0" y="{}">{}</text>', top + _BASELINE, name),
        filled(_BOX, mark, top + 20, long, _BAR, _fill(chart, mark)),
        filled(
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
        parts.append(filled(_TARGET, chart.share(row.target), top + 17, top + 41))
    return SafeString("".join(parts))


_BOX = '<rect class="siac-chart__box siac-chart__box--{}" x="0%" y="{}" width="{}%" height="{}" rx="2"{}/>'
_VALUE = (
    '<text class="siac-chart__value siac-chart__value--{}" x="{}%" y="{}" dx="{}" text-anchor="{}">{}</text>'
)
_LEVEL = '<line class="siac-chart__target" x1="{0}%" x2="{1}%" y1="{2}" y2="{2}"/>'
_TARGET = '<line class="siac-chart__target" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>'
_UPRIGHT = (
    '<rect class="siac-chart__box siac-chart__box--{}" x="{}%" y="{}" width="{}%" height="{}" rx="2"{}/>'
)
_OVER = '<text class="siac-chart__{}{}" x="{}%" y="{}" text-anchor="middle">{}</text>'
GROUND = '<line class="siac-chart__ground" x1="0%" x2="100%" y1="{0}" y2="{0}"/>'
_HATCH = (
    '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="siac-chart__hatch" x1="0" y1="0" x2="0" y2="6"/>'
    '</pattern><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="siac-chart__late-hatch" x1="0" y1="0" x2="0" y2="6"/>'
    "</pattern></defs>"
)
_DISC = '<circle class="siac-chart__dot" cx="{}%" cy="{}" r="5"/>'
_RING = '<circle class="siac-chart__dot siac-chart__dot--open" cx="{}%" cy="{}" r="5"/>'
_DIAMOND = (
    '<svg x="{}%" y="{}" overflow="visible"><path class="siac-chart__dot siac-chart__dot--late" '
    'd="M0-6 6 0 0 6-6 0z"/></svg>'
)
_DIVIDER = (
    '<line class="siac-chart__divider" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>'
    '<text class="siac-chart__name" x="{0}%" y="12" dx="{2}" text-anchor="{3}">{4}</text>'
)
