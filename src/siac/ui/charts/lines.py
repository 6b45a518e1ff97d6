# SPDX-License-Identifier: EUPL-1.2
"""Lines: one over time with its target, and small ones side by side on a common axis."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from siac.ui.charts.rows import FOLDED_FROM, Chart, Mark, Row
from siac.ui.charts.upright import GROUND, drawing

_HIGH, _OVER = 130, 24  # points: of the axis, and of the room above it
_SMALL, _SMALL_OVER = 44, 10
_ROOM, _NUMBER = 16, 18  # points: of a line of text, and of a number of the axis
_EDGE = 14  # of a hundred: nearer to an end, words stand inwards of their point, clear of the axis
_TALL = 12  # points that words rise above where they stand
_MANY = 8  # points that have room for their names on a phone


def line(chart: Chart) -> SafeString:
    """Draw rows as the points of a line, from `bottom` to `top` of the chart; where nothing was measured the
    line is broken. The first and the last value are said, and the target.
    """
    rows, wide = chart.drawn, _wide(chart)
    heights = {
        place: _y(chart, row.value, _HIGH, _OVER) for place, row in enumerate(rows) if row.value is not None
    }
    steps = [_y(chart, value, _HIGH, _OVER) for value in _steps(chart)]
    parts = [format_html(_GRID, height, value) for height, value in zip(steps, _steps(chart), strict=True)]
    aim = _aim(chart, _HIGH, _OVER)
    if aim is not None:
        # Named at the point that lies farthest from it, where nothing is in the way.
        away = [(abs(height - aim), place) for place, height in heights.items()]
        free = max(away)[1] if away else len(rows) // 2
        parts += [format_html(_AIM, aim), format_html(_AIM_SAID, round(free * wide + wide / 2, 2), aim - 6)]
    parts += _points(chart, _HIGH, _OVER)
    parts += _ends_said(chart, heights, steps, aim)
    for place, row in enumerate(rows):
        middle = round(place * wide + wide / 2, 2)
        is_other = len(rows) > _MANY and (len(rows) - 1 - place) % 2 == 1 and not row.under
        # The name of a narrow first point would begin outside of the drawing.
        at = (0, "start") if place == 0 and middle < _EDGE / 2 else (middle, "middle")
        parts += [
            format_html(_NAME, " siac-chart__other" if is_other else "", *at, _HIGH + _OVER + below, text)
            for below, text in ((18, row.tick), (34, row.under))
            if text
        ]
    return drawing(chart, _HIGH + _OVER + 40, [*parts, format_html(GROUND, _HIGH + _OVER)])


def _ends_said(
    chart: Chart, heights: Mapping[int, Decimal], steps: Sequence[Decimal], aim: Decimal | None
) -> Iterator[SafeString]:
    """Yield the first and the last value beside their points, clear of the target, the axis and the line."""
    wide, last = _wide(chart), len(chart.drawn) - 1
    for place in sorted({*list(heights)[:1], *list(heights)[-1:]}):
        row, middle = chart.drawn[place], round(place * wide + wide / 2, 2)
        is_left, is_right = place == 0 or middle < _EDGE, place == last or middle > 100 - _EDGE
        anchor = "start" if is_left else "end" if is_right else "middle"
        beside_it = {"start": (place + 1,), "end": (place - 1,), "middle": (place - 1, place + 1)}[anchor]
        at = _free(heights[place], [heights[each] for each in beside_it if each in heights], aim)
        is_at_number = place == 0 and any(abs(at - (step - 3)) < _ROOM for step in steps)
        beside = _NUMBER if is_at_number else 0
        yield format_html(_SAID, middle, at, anchor, beside, row.brief or row.words)


def _free(height: Decimal, beside_it: Sequence[Decimal], aim: Decimal | None) -> Decimal:
    """Return where the words of a point stand: near it, where neither the line to the points beside it nor
    the target goes through them. They reach as far as those may lie, so all of the line up to them counts.
    """
    line = min(height, *beside_it, height), max(height, *beside_it, height)

    def crossings(at: Decimal) -> int:
        top, foot = at - _TALL, at + 3
        through_line = top < line[1] + 5 and foot > line[0] - 5
        return through_line + (aim is not None and top < aim < foot)

    near = [max(height - 9, Decimal(_TALL)), height + 18]
    if aim is not None:
        near += [aim - 5, aim + 15]
    inside = [at for at in near if _TALL <= at <= _HIGH + _OVER and abs(at - height) < 3 * _ROOM]
    return min(inside or near[:1], key=lambda at: (crossings(at), near.index(at)))


def spark(chart: Chart) -> SafeString:
    """Draw rows as a small line without names: the page says beside it what its last value is."""
    aim = _aim(chart, _SMALL, _SMALL_OVER)
    parts = [format_html(_AIM, aim)] if aim is not None else []
    parts += _points(chart, _SMALL, _SMALL_OVER)
    ground = format_html(GROUND, _SMALL + _SMALL_OVER + 4)
    return drawing(chart, _SMALL + _SMALL_OVER + 8, [*parts, ground])


@dataclass(frozen=True, slots=True)
class Multiples:
    """Small lines of the same axis side by side, each with what stands below it, and one table of them all.

    `panels`: name, chart (its rows are the columns of the table), words of the last value, what stands below
    (words, address or nothing). `head`: what a panel is («Unidad»).
    """

    title: str
    note: str
    head: str
    panels: Sequence["Panel"]

    @property
    def is_folded(self) -> bool:
        """Whether the table is too long to stand open."""
        return len(self.panels) >= FOLDED_FROM or len(self.panels) > 1

    @property
    def columns(self) -> Sequence[Row]:
        """The periods of the first panel: all have the same."""
        return self.panels[0].chart.rows if self.panels else ()


@dataclass(frozen=True, slots=True)
class Panel:
    """One small line of several: `is_missed` where its last value did not reach its target."""

    name: str
    chart: Chart
    words: str
    is_missed: bool
    below: Sequence[tuple[str, str]]

    @property
    def drawn(self) -> SafeString:
        """Its drawing."""
        return spark(self.chart)


def _wide(chart: Chart) -> Decimal:
    return Decimal(100) / max(len(chart.drawn), 1)


def _y(chart: Chart, value: Decimal | int, high: int, over: int) -> Decimal:
    return round(over + high - chart.share(value) * high / 100, 1)


def _steps(chart: Chart) -> Iterator[int]:
    """Yield the values at which the axis is marked: its two ends and the middle."""
    top = chart.top or 0
    if top > chart.bottom:
        yield from sorted({chart.bottom, (chart.bottom + top) // 2, top})


def _aim(chart: Chart, high: int, over: int) -> Decimal | None:
    target = next((row.target for row in reversed(chart.drawn) if row.target is not None), None)
    return None if target is None else _y(chart, target, high, over)


def _points(chart: Chart, high: int, over: int) -> list[SafeString]:
    wide, parts, before = _wide(chart), [], None
    circles = []
    for place, row in enumerate(chart.drawn):
        if row.value is None:
            before = None
            continue
        at = round(place * wide + wide / 2, 2), _y(chart, row.value, high, over)
        if before is not None:
            parts.append(format_html(_SEGMENT, *before, *at))
        hollow = row.mark in (Mark.FEW, Mark.MISSED)
        circles.append(format_html(_POINT, " siac-chart__point--hollow" if hollow else "", *at))
        before = at
    return [*parts, *circles]


_GRID = (
    '<line class="siac-chart__grid" x1="0%" x2="100%" y1="{0}" y2="{0}"/>'
    '<text class="siac-chart__axis" x="0" y="{0}" dy="-3">{1}</text>'
)
_AIM = '<line class="siac-chart__aim" x1="0%" x2="100%" y1="{0}" y2="{0}"/>'
_AIM_SAID = '<text class="siac-chart__axis" x="{}%" y="{}" text-anchor="middle">meta</text>'
_SEGMENT = '<line class="siac-chart__line" x1="{}%" y1="{}" x2="{}%" y2="{}"/>'
_POINT = '<circle class="siac-chart__point{}" cx="{}%" cy="{}" r="4"/>'
_SAID = '<text class="siac-chart__value" x="{}%" y="{}" text-anchor="{}" dx="{}">{}</text>'
_NAME = '<text class="siac-chart__name{}" x="{}%" text-anchor="{}" y="{}">{}</text>'
