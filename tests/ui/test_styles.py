# SPDX-License-Identifier: EUPL-1.2
"""Each class of the house has its look in one file: two that give one name a look each spoil one another."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "frontend" / "styles"
_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)


def rules(text: str) -> Iterator[str]:
    """Yield the selectors of a style sheet, each by itself and with what it is nested in; those of some
    widths or devices alone (`@media`) are not told.
    """
    above: list[str] = []
    for before, sign in re.findall(r"([^{};]*)([{};])", _COMMENT.sub("", text)):
        if sign == "}":
            above.pop()
        elif sign == "{":
            above.append(" ".join(before.split()))
            if not any(each.startswith("@") for each in above):
                nested = above[:-1]
                yield from (" ".join([*nested, one.strip()]) for one in above[-1].split(","))


def told_twice(sheets: dict[str, str]) -> dict[str, list[str]]:
    """Return the selectors with a class of ours that more than one sheet has, with these sheets."""
    found: dict[str, list[str]] = {}
    for name, text in sheets.items():
        for selector in {each for each in rules(text) if ".siac-" in each}:
            found.setdefault(selector, []).append(name)
    return {selector: names for selector, names in found.items() if len(names) > 1}


def test_no_class_has_its_look_in_two_files():
    sheets = {path.name: path.read_text() for path in sorted(STYLES.glob("*.scss"))}
    assert len(sheets) > 5 and sum(1 for text in sheets.values() for _ in rules(text)) > 300
    assert told_twice(sheets) == {}


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (".siac-strip { flex: 1 }", [".siac-strip"]),
        ("p, .siac-strip { flex: 1 }", [".siac-strip"]),
        ("/* .siac-strip { } */ // .siac-strip {}\n.siac-strip p { margin: 0 }", []),
        ("@media print { .siac-strip { display: none } }", []),
        (".siac-strip { & p { margin: 0 } }", [".siac-strip"]),
    ],
)
def test_a_class_that_another_file_has_is_found(other, found):
    assert list(told_twice({"a": "a { b: c }\n.siac-strip { gap: 1rem; margin: 0 }", "b": other})) == found
