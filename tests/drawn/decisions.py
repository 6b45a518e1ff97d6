# SPDX-License-Identifier: EUPL-1.2
"""The index of decisions, from the first lines of each."""

import re

from tests.drawn.source import ROOT

FOLDER = ROOT / "docs" / "decisions"
_HEAD = re.compile(r"^# (\d+)\. (.+)\n(\S+) · (.+)$", re.MULTILINE)


def index() -> str:
    """Draw the table of decisions.

    Raises:
        LookupError: one does not begin with its number, its title, its day and whether it holds.
    """
    lines = ["| number | decision | day | state |", "|---|---|---|---|"]
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        head = _HEAD.search(path.read_text())
        if head is None or int(head[1]) != int(path.name[:4]):
            raise LookupError(f"{path.name} does not begin as decisions do")
        lines.append(f"| {head[1]} | [{head[2]}]({path.name}) | {head[3]} | {head[4]} |")
    return "\n".join(lines)
