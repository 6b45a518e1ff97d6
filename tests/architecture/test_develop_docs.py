# SPDX-License-Identifier: EUPL-1.2
"""`docs/develop` says what the code says: what is drawn stands as drawn, what is named is there."""

import re
from functools import cache

import pytest

from tests.drawn.glossary import models, worded
from tests.drawn.pages import PARTS, drawn, pages, parts_of
from tests.drawn.registries import NAMED, adds
from tests.drawn.source import ROOT, SOURCE, functions, modules
from tests.drawn.words import NOWHERE, THINGS


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_what_is_drawn_is_what_the_code_says(page):
    assert page.read_text() == drawn(page.read_text()), "make docs"


def test_every_part_stands_on_one_page():
    assert sorted(name for page in pages() for name in parts_of(page.read_text())) == sorted(PARTS)


def test_what_adds_to_a_registry_is_called_so():
    assert [
        f"{module}.{node.name}"
        for module in modules()
        for node in functions(module)
        if adds(module, node) and not node.name.startswith(("_", "forget_", *NAMED))
    ] == []


def test_the_glossary_names_all_that_is_kept_and_nothing_else():
    assert set(THINGS) == {model._meta.label for model in models()}


def test_every_state_has_its_words():
    assert [name for name, words in worded().items() if "State" in name[1] and not words] == []


@cache
def _screens() -> str:
    """Return all that screens may say: templates, and the words in code."""
    texts = (path.read_text() for end in ("*.html", "*.py", "*.toml", "*.typ") for path in SOURCE.rglob(end))
    return "\n".join(texts).lower()


def test_the_words_of_the_glossary_stand_on_screens():
    assert [word for word in THINGS.values() if word != NOWHERE and word not in _screens()] == []


NAMES = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:src|tests|docs|benchmarks|frontend)/[\w./-]+")
"""A path from the root of the repository; a page writes `<name>` for what it does not name. Decisions may be
named by their number.
"""


def _named(page: str) -> list[str]:
    return [name for name in NAMES.findall(page) if "<" not in name and "*" not in name and "…" not in name]


def test_every_path_that_pages_name_is_there():
    missing = [
        f"{page.name}: {found.group(0)}"
        for page in pages()
        for name in _named(page.read_text())
        if (found := PATH.match(name)) and not _exists(found.group(0))
    ]
    assert missing == []


def _exists(path: str) -> bool:
    return (ROOT / path).exists() or bool(
        path.startswith("docs/decisions/") and list(ROOT.glob(f"{path}-*.md"))
    )


def test_every_test_that_pages_name_is_there():
    """`tests/ui/test_charts.py::test_it_is_drawn` names a function; `::` is followed by one name."""
    missing = [
        f"{page.name}: {name}"
        for page in pages()
        for name in _named(page.read_text())
        if "::" in name and not re.search(rf"^def {name.split('::')[1]}\(", _text(name.split("::")[0]), re.M)
    ]
    assert missing == []


def _text(path: str) -> str:
    return (ROOT / path).read_text() if (ROOT / path).is_file() else ""


LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)")


def test_every_link_between_pages_leads_somewhere():
    dead = [
        f"{page.name}: {found.group(0)}"
        for page in pages()
        for found in LINK.finditer(page.read_text())
        if not found[1].startswith("http")
        and not ((target := page.parent / found[1]).exists() and _has(target, found[2]))
    ]
    assert dead == []


def _has(target, heading: str | None) -> bool:
    titles = re.findall(r"^#+ (.+)$", target.read_text(), re.M) if target.suffix == ".md" else []
    return heading is None or heading in {
        re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in titles
    }
