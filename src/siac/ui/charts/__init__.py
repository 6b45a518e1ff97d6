# SPDX-License-Identifier: EUPL-1.2
"""Drawings of figures: from rows to our own SVG, with the table of the same rows beside it.

Nothing is said by colour alone: what reached its target is filled, what did not is hollow, what was not
measured or is late is hatched; the value stands at its mark, and every drawing says in a sentence what it
shows.
"""

from siac.ui.charts.field import field
from siac.ui.charts.heat import Heat, HeatCell, HeatRow, step_of
from siac.ui.charts.lines import Multiples, Panel, line, spark
from siac.ui.charts.rows import FOLDED_FROM, Chart, Mark, Row, Shape
from siac.ui.charts.upright import bars, columns, dots

DRAWN = {Shape.BARS: bars, Shape.COLUMNS: columns, Shape.LINE: line, Shape.DOTS: dots, Shape.FIELD: field}
"""What draws each shape."""

__all__ = [
    "DRAWN",
    "FOLDED_FROM",
    "Chart",
    "Heat",
    "HeatCell",
    "HeatRow",
    "Mark",
    "Multiples",
    "Panel",
    "Row",
    "Shape",
    "bars",
    "columns",
    "dots",
    "field",
    "line",
    "spark",
    "step_of",
]
