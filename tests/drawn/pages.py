# SPDX-License-Identifier: EUPL-1.2
"""The pages of `docs/develop` and of the metrics, and the parts of them that are drawn from the code.

A page has them between `<!-- drawn: name -->` and `<!-- end of name -->`. `make docs` draws all anew;
`tests/architecture/test_develop_docs.py` fails while what stands there is not what the code says.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.drawn import decisions, floors, glossary, life, metrics, registries
from tests.drawn.source import ROOT

PAGES = ROOT / "docs" / "develop"
PARTS: Mapping[str, Callable[[], str]] = {
    "floors": floors.whole_house,
    "contexts": floors.contexts,
    "floors of cases": floors.inside_cases,
    "features of cases": floors.features_of_cases,
    "life of a case": life.picture,
    "moves of a case": life.moves,
    "metrics": metrics.table,
    "dimensions": metrics.dimensions,
    "registries": registries.table,
    "things": glossary.things,
    "choices": glossary.choices,
    "decisions": decisions.index,
}
_PART = re.compile(r"(<!-- drawn: (?P<name>[^>]+) -->\n).*?(<!-- end of (?P=name) -->)", re.DOTALL)


def parts_of(page: str) -> list[str]:
    """Return the names of the parts that a page has drawn."""
    return [found["name"] for found in _PART.finditer(page)]


def drawn(page: str) -> str:
    """Return a page with every part as the code has it now.

    Raises:
        KeyError: it wants a part that nobody draws.
    """
    return _PART.sub(lambda found: f"{found[1]}{PARTS[found['name']]()}\n{found[3]}", page)


def pages() -> list[Path]:
    """Return the pages that may have drawn parts."""
    return [*sorted(PAGES.glob("*.md")), metrics.PAGE, decisions.FOLDER / "README.md"]
