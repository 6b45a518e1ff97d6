# SPDX-License-Identifier: EUPL-1.2
"""One page head and one layout of two panes for all: pages only say what stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

import siac

TEMPLATES = sorted(Path(siac.__file__).parent.rglob("templates/**/*.html"))
DRAWS_IT = {
    "ui/base.html",  # the head itself; that of what was done is the tag `confirmation`
    "allauth/elements/h1.html",  # that of the library's pages, which know no blocks of ours
}
BLOCK = r"{%% block %s %%}(.*?){%% endblock(?: %s)? %%}"
FILLED = re.compile(r'class="govuk-button(?! govuk-button--secondary)[ "]')


def named() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        yield path.as_posix().partition("/templates/")[2], path.read_text()


def blocks(text: str, name: str) -> list[str]:
    return re.findall(BLOCK % (name, name), text, re.DOTALL)


def test_no_page_writes_its_own_title() -> None:
    assert {name for name, text in named() if "<h1" in text} == DRAWS_IT


def test_no_page_writes_its_own_way_back() -> None:
    """But that of a request, which also leads to those beside it in the list."""
    own = {name for name, text in named() if "govuk-back-link" in text}
    assert own == {"cases/workspace/case.html"}


def test_the_head_has_one_filled_button_and_the_rest_is_outlined() -> None:
    primary = {name: blocks(text, "primary") for name, text in named()}
    others = {name: blocks(text, "actions") for name, text in named()}
    assert sum(len(found) for found in primary.values()) > 8
    assert [
        name for name, found in primary.items() if any(len(FILLED.findall(one)) > 1 for one in found)
    ] == []
    assert [name for name, found in others.items() if any(FILLED.search(one) for one in found)] == []


def test_every_page_with_a_head_says_its_title() -> None:
    bases = {"ui/base.html", "ui/portal_base.html", "ui/workspace_base.html", "cases/portal/framed.html"}
    pages = {
        name: text
        for name, text in named()
        if name not in bases and any(f'{{% extends "{base}" %}}' in text for base in bases)
    }
    assert len(pages) > 90
    untitled = {
        name
        for name, text in pages.items()
        if not any(one.strip() for one in blocks(text, "heading")) and "{% block head_of_page %}" not in text
    }
    assert untitled == {"allauth/layouts/base.html"}


def test_two_panes_are_drawn_by_their_tag_alone() -> None:
    users = {name for name, text in named() if "{% panes %}" in text}
    assert len(users) >= 7
    assert {
        name for name, text in named() if re.search(r'class="[^"]*(siac-panes|siac-split)', text)
    } == set()
    assert {name for name, text in named() if re.search(r"govuk-grid-(row|column)", text)} == set()
