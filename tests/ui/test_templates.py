# SPDX-License-Identifier: EUPL-1.2
"""Templates are read by people too."""

from pathlib import Path

import siac

WIDTH = 120
STILL_LONGER = 88
"""Lines whose break would show as a blank on the page; whoever breaks one lowers the number."""


def test_lines_of_templates_are_short() -> None:
    lines = [
        line
        for path in Path(siac.__file__).parent.rglob("templates/**/*.html")
        for line in path.read_text().splitlines()
        if len(line) > WIDTH
    ]
    assert len(lines) == STILL_LONGER
