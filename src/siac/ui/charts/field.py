# SPDX-License-Identifier: EUPL-1.2
"""Points on a field of two measures, cut in four at their means: what matters and is done badly."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from siac.ui.charts.rows import Chart, Row
from siac.ui.charts.upright import drawing

_HIGH, _ROOM = 260, 40  # points: of the field, and around its points, clear of the names of its corners
_EDGE = 8  # percent kept free at either side


def field(chart: Chart) -> SafeString:
    """Draw rows as numbered points: `value` to the right, `target` upwards, each axis from its least to its
    greatest; the lines stand at the means, and `corners` names the four parts.
    """
    rows = [row for row in chart.drawn if row.value is not None and row.target is not None]
    if not rows:
        return drawing(chart, 0, [])
    across = _Axis([Decimal(row.value or 0) for row in rows])
    upwards = _Axis([Decimal(row.target or 0) for row in rows])
    left, level = _x(across, across.middle), _y(upwards, upwards.middle)
    parts = [
        format_html(_FRAME, _HIGH),
        format_html(_LINE, left, left, 0, _HIGH),
        format_html(_LINE, 0, 100, level, level),
    ]
    for words, (x, y, anchor) in zip(chart.corners, _CORNERS, strict=False):
        parts.append(format_html(_CORNER, x, y, anchor, words))
    numbers = {row.label: number for number, row in enumerate(chart.drawn, start=1)}
    parts += [_point(row, numbers[row.label], across, upwards) for row in rows]
    return drawing(chart, _HIGH + 6, parts)


class _Axis:
    """Where values stand between the least and the greatest of them."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        self.least, self.greatest = min(values), max(values)
        self.middle = sum(values, Decimal(0)) / len(values)

    def share(self, value: Decimal) -> Decimal:
        """Return how far along it a value stands, from 0 to 1; in the middle where all are alike."""
        wide = self.greatest - self.least
        return (value - self.least) / wide if wide else Decimal("0.5")


def _x(axis: _Axis, value: Decimal) -> Decimal:
    return round(_EDGE + axis.share(value) * (100 - 2 * _EDGE), 2)


def _y(axis: _Axis, value: Decimal) -> Decimal:
    return round(_HIGH - _ROOM - axis.share(value) * (_HIGH - 2 * _ROOM), 1)


def _point(row: Row, number: int, across: _Axis, upwards: _Axis) -> SafeString:
    x, y = _x(across, Decimal(row.value or 0)), _y(upwards, Decimal(row.target or 0))
    return format_html(_POINT, x, y, y + 5, number)


_CORNERS = (("1%", 17, "start"), ("99%", 17, "end"), ("1%", _HIGH - 7, "start"), ("99%", _HIGH - 7, "end"))
_FRAME = '<rect class="siac-chart__frame" x="0%" y="0" width="100%" height="{}"/>'
_LINE = '<line class="siac-chart__divider" x1="{}%" x2="{}%" y1="{}" y2="{}"/>'
_CORNER = '<text class="siac-chart__axis" x="{}" y="{}" text-anchor="{}">{}</text>'
_POINT = (
    '<circle class="siac-chart__dot siac-chart__dot--named" cx="{0}%" cy="{1}" r="11"/>'
    '<text class="siac-chart__value" x="{0}%" y="{2}" text-anchor="middle">{3}</text>'
)
