# SPDX-License-Identifier: EUPL-1.2
"""Plain text of a mail that came only as HTML; nothing of it is ever shown as HTML."""

import re
from html.parser import HTMLParser

import nh3

_KEPT = {
    "a",
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "tr",
    "ul",
}
_LINES = {
    "div",
    "p",
    "pre",
    "li",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "blockquote",
}
_DEEPEST_QUOTE = 20
_LOOKED_BACK = 3_000
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol"}


def html_to_text(source: str) -> str:
    """Return the words of `source` line by line: lists with dashes, quotes with
    `>`, links with their address.
    """
    cleaned = nh3.clean(
        source,
        tags=_KEPT,
        clean_content_tags={"script", "style", "title"},
        attributes={"a": {"href"}},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._depth = 0
        self._link = ""

    def text(self) -> str:
        """Return what was read."""
        self._end_line()
        return _trimmed(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._push(self._line)
        elif tag == "hr":
            self._end_line()
            self._push("----------")
        elif tag == "a":
            self._link = dict(attrs).get("href") or ""
        elif tag in {"td", "th"}:
            self._line += " "
        elif tag in _LINES:
            self._end_line(blank=tag in _PARAGRAPHS)
            self._depth += tag == "blockquote"
            self._line = "- " if tag == "li" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if (
                self._link.startswith(("http://", "https://"))
                and self._link not in self._line[-_LOOKED_BACK:]
            ):
                self._line += f" ({self._link})"
            self._link = ""
        elif tag in _LINES:
            self._end_line()
            self._depth -= tag == "blockquote" and self._depth > 0
            if tag in _PARAGRAPHS:
                self._end_line(blank=True)

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data.replace("\xa0", " "))
        self._line += text.lstrip() if not self._line or self._line.endswith(" ") else text

    def _push(self, text: str) -> None:
        self._lines.append(("> " * min(self._depth, _DEEPEST_QUOTE) + text.strip()).rstrip())
        self._line = ""

    def _end_line(self, *, blank: bool = False) -> None:
        """End a line that has words; then one empty line, never two, where `blank`."""
        if self._line.strip():
            self._push(self._line)
        self._line = ""
        if blank and self._lines and self._lines[-1].strip("> "):
            self._lines.append(("> " * min(self._depth, _DEEPEST_QUOTE)).rstrip())


def _trimmed(lines: list[str]) -> str:
    """Return the lines as a text, no empty ones at its ends and never three in a row."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
