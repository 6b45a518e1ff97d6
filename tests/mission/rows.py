# SPDX-License-Identifier: EUPL-1.2
"""The rows of `docs/mission.md`, read as a program reads them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mission.md"
CITIZEN = "Ciudadanía"
"""Who has no account, and begins at the home of the portal."""
_ROW = re.compile(r"^\| ([A-Z]\d+) \| (.+?) \| (.+?) \| (.+?) \|$")
_ROAD = re.compile(r"^(?P<who>[^:]+): (?P<steps>.+) \(`(?P<page>[a-z:_]+)`\)$")
_HOME = "su portada"


@dataclass(frozen=True)
class Step:
    """One click: on a link that begins with these words, or on any one of a list."""

    words: str
    any_of_a_list: bool


@dataclass(frozen=True)
class Road:
    """Who clicks what, from their home to which page (the name of its address)."""

    who: str
    steps: tuple[Step, ...]
    page: str


@dataclass(frozen=True)
class Row:
    """One thing that is asked for; `tests` are node ids."""

    code: str
    what: str
    roads: tuple[Road, ...]
    tests: tuple[str, ...]


def read_rows(text: str) -> list[Row]:
    """Return the rows of the page; a line of its tables that is none of them raises ValueError."""
    rows = []
    for line in text.splitlines():
        if not line.startswith("| ") or line.startswith("| id |"):
            continue
        found = _ROW.match(line)
        if found is None:
            raise ValueError(line)
        code, what, roads, tests = found.groups()
        rows.append(Row(code, what, tuple(map(_road, roads.split("<br>"))), _tests(tests)))
    return rows


def _tests(cell: str) -> tuple[str, ...]:
    return tuple(each.strip("` ") for each in cell.split("<br>"))


def _road(text: str) -> Road:
    found = _ROAD.match(text)
    if found is None:
        raise ValueError(text)
    said = found["steps"]
    steps = () if said == _HOME else tuple(map(_step, said.split(" › ")))
    return Road(found["who"], steps, found["page"])


def _step(said: str) -> Step:
    opening, words, closing = said[0], said[1:-1], said[-1]
    if (opening, closing) not in {("«", "»"), ("*", "*")}:
        raise ValueError(said)
    return Step(words, opening == "*")


def all_rows() -> list[Row]:
    """Return the rows of the page as it stands."""
    return read_rows(PAGE.read_text(encoding="utf-8"))
