# SPDX-License-Identifier: EUPL-1.2
"""Plain text of a mail that came only as HTML; nothing of it is ever shown as HTML.

Read in one pass without building a tree, so that no depth, number of attributes or misplaced tag makes
it take longer than its length does.
"""

import re
from dataclasses import dataclass
from html import unescape

LONGEST_SOURCE = 1_000_000
"""Characters of HTML that are read, its pictures taken out before."""
MOST_MARKS = 150_000
"""Tags and character references that are read; a long conversation has some thousands."""
_LONGEST_TAG = 4_000
_LONGEST_LINK = 2_000
_ATTRIBUTE = (
    r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+))?+"""
)
_TOKEN = re.compile(
    r"<!--.*?(?:--!?>|\Z)"
    r"|<(script|style|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1\b[^>]*+>?|\Z)"
    rf"|<(/?)([a-z][^\s/>]*+)((?:{_ATTRIBUTE})*+)[\s/]*+>?"
    r"|<[!?/][^>]*+>?",
    re.IGNORECASE | re.DOTALL,
)
"""A comment; an element whose content is no text; a tag; a declaration. As a browser divides them."""
_HREF = re.compile(r"""(?:^|[\s/"'])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_ENDLESS_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol"}
_LINES = _PARAGRAPHS | {"div", "pre", "li", "tr", "table"}
_HOLDING = {"div", "blockquote", "table", "ul", "ol"}
"""Elements whose end ends those inside them too."""
_DEEPEST_QUOTE = 20
_LOOKED_BACK = 20
"""Pieces of a line in which an address is looked for before it is told again."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reads in HTML; `is_cut`: it goes on beyond what is read; `marks`: how many were read."""

    text: str
    is_cut: bool = False
    marks: int = 0


def html_to_text(source: str, *, longest: int = LONGEST_SOURCE, most: int = MOST_MARKS) -> Words:
    """Return the words of `source` line by line: lists with dashes, quotes with
    `>`, links with their address.

    Of `source` the first `longest` characters are read, never more than `LONGEST_SOURCE`, and `most` marks.
    """
    reader, longest = _Reader(most), min(longest, LONGEST_SOURCE)
    is_whole = reader.read(source[:longest])
    return Words(reader.text(), not is_whole or len(source) > longest, reader.marks)


class _Reader:
    def __init__(self, most: int) -> None:
        self._most, self.marks = most, 0
        self._lines: list[str] = []
        self._line: list[str] = []
        self._open: list[str] = []
        self._counts = dict.fromkeys(_HOLDING, 0)
        self._link = ""

    def read(self, source: str) -> bool:
        """Read all of it, or as many marks as are read; return whether that was all."""
        at = 0
        for token in _TOKEN.finditer(source):
            if not self._may_go_on(1 + source.count("&", at, token.start())):
                return False
            self._say(source[at : token.start()])
            at = token.end()
            if at == len(source) and at - token.start() > _LONGEST_TAG and not token[0].endswith(">"):
                return False  # what never ends hides all that stands behind it
            if token[3]:
                self._tag(token[3].lower(), token[4], is_end=bool(token[2]))
        if not self._may_go_on(source.count("&", at)):
            return False
        self._say(source[at:])
        return True

    def _may_go_on(self, marks: int) -> bool:
        self.marks += marks
        return self.marks <= self._most

    def text(self) -> str:
        """Return what was read."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _tag(self, name: str, attributes: str, *, is_end: bool) -> None:
        if name == "a":
            self._end_link()
            self._link = "" if is_end else _address(attributes)
        elif name == "br":
            self._push()
        elif name in _LINES and is_end:
            self._end(name)
        elif name in _LINES:
            self._end_line(blank=name in _PARAGRAPHS)
            self._line = ["- "] if name == "li" else []
            if name in _HOLDING:
                self._open.append(name)
                self._counts[name] += 1
        elif name == "hr":
            self._end_line()
            self._line = ["----------"]
            self._push()
        elif name in {"td", "th"} and not is_end:
            self._line.append(" ")

    def _end(self, name: str) -> None:
        self._end_line()
        if name in _HOLDING and self._counts[name]:
            last = ""
            while last != name:
                last = self._open.pop()
                self._counts[last] -= 1
        if name in _PARAGRAPHS:
            self._end_line(blank=True)

    def _end_link(self) -> None:
        if not self._link.startswith(("http://", "https://")):
            return
        if self._link not in "".join(piece[-_LONGEST_LINK:] for piece in self._line[-_LOOKED_BACK:]):
            self._line.append(f" ({self._link})")

    def _say(self, source: str) -> None:
        if not source:
            return
        told = unescape(_ENDLESS_NUMBER.sub("", source)) if "&" in source else source
        told = re.sub(r"\s+", " ", told.replace("\xa0", " "))
        if not self._line or self._line[-1].endswith(" "):
            told = told.lstrip()
        if told:
            self._line.append(told)

    def _push(self) -> None:
        self._lines.append((self._mark() + "".join(self._line).strip()).rstrip())
        self._line = []

    def _end_line(self, *, blank: bool = False) -> None:
        """End a line that has words; then one empty line, never two, where `blank`."""
        if any(part.strip() for part in self._line):
            self._push()
        self._line = []
        if blank and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark().rstrip())

    def _mark(self) -> str:
        return "> " * min(self._counts["blockquote"], _DEEPEST_QUOTE)


def _address(attributes: str) -> str:
    found = _HREF.search(attributes[:_LONGEST_TAG])
    given = next((value for value in found.groups() if value is not None), "") if found else ""
    return unescape(given).strip() if len(given) <= _LONGEST_LINK else ""
