# SPDX-License-Identifier: EUPL-1.2
"""A text as it is laid out: paragraphs, points of a list, small headings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: a heading, a paragraph, or the points of a list."""

    sort: str
    """h, p or ul."""
    text: str = ""
    items: tuple[str, ...] = ()


def blocks(text: str) -> list[Block]:
    """Return a text in blocks: a line that begins with «## » is a heading, lines that begin with «- » are a
    list, every other line is a paragraph.
    """
    found: list[Block] = []
    for line in (each.strip() for each in text.splitlines()):
        if line.startswith("## "):
            found.append(Block("h", line[3:].strip()))
        elif line.startswith("- "):
            before = found.pop().items if found and found[-1].sort == "ul" else ()
            found.append(Block("ul", items=(*before, line[2:].strip())))
        elif line:
            found.append(Block("p", line))
    return found
