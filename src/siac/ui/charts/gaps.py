# SPDX-License-Identifier: EUPL-1.2
"""A value beside what it should be, as one small line in a row of a table: a dot and a diamond, joined."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

_WIDE, _HIGH, _EDGE = 160, 20, 8
_DRAWN = (
    '<svg class="siac-gap" role="img" aria-label="{}" width="160" height="20" viewBox="0 0 160 20"'
    ' xmlns="http://www.w3.org/2000/svg"><line x1="8" x2="152" y1="10" y2="10" class="siac-gap__axis"/>'
    '<line x1="{}" x2="{}" y1="10" y2="10" class="{}"/><circle cx="{}" cy="10" r="5" class="siac-gap__now"/>'
    '<path d="M{} 4l6 6-6 6-6-6z" class="siac-gap__wanted"/></svg>'
)


def gap_mark(value: Decimal, wanted: Decimal) -> SafeString:
    """Return the drawing of a value and of what it should be, both from 0 to 100."""
    at, goal = _place(value), _place(wanted)
    style = "siac-gap__short" if value < wanted else "siac-gap__met"
    said = f"Hoy {_said(value)} %, se espera {_said(wanted)} %"
    return format_html(_DRAWN, said, min(at, goal), max(at, goal), style, at, goal)


def _place(value: Decimal) -> int:
    share = min(max(value, Decimal(0)), Decimal(100)) / 100
    return _EDGE + int(share * (_WIDE - 2 * _EDGE))


def _said(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
