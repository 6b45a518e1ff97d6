# SPDX-License-Identifier: EUPL-1.2
"""From marks to `lang="es"`: the last thing that happens to a page in another language."""

import re
from collections.abc import Iterator

from siac.ui.languages.speaking import CLOSE, NOTICE, OPEN

_TAG = re.compile(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')+>""", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_MARK = re.compile(f"[{OPEN}{CLOSE}]")
_ANY = re.compile(f"[{OPEN}{CLOSE}{NOTICE}]")
_BARE = frozenset({"title", "option", "textarea", "script", "style"})
"""Elements that hold text and nothing else: they are marked themselves."""
_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def without_marks(text: str) -> str:
    """Return a text without any mark: for what is no page."""
    return _ANY.sub("", text)


def has_marks(page: str) -> bool:
    """Return whether anything on the page is only in Spanish."""
    return OPEN in page


def spoken_page(page: str, notice: str) -> str:
    """Return a page whose words in Spanish are in `lang="es"`, with `notice` (HTML) in its place if any are.

    Marks that do not stand in pairs within one element are dropped: people may write anything.
    """
    partly = has_marks(page)
    pieces = list(_pieces(page))
    spans = _pairs(pieces)
    drawn = "".join(
        spans[place] if place in spans else _drawn(piece, kind) for place, (kind, piece) in enumerate(pieces)
    )
    return without_marks(drawn.replace(NOTICE, notice if partly else "", 1))


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text): tag, bare (an element that holds only text, whole), mark, or text."""
    at, bare = 0, ""
    for match in _TAG.finditer(page):
        found = _NAME.match(match.group())
        name = found.group(1).lower() if found else ""
        closes = match.group().startswith("</")
        if bare:
            if not (closes and name == bare):
                continue
            yield "bare", page[at : match.end()]
            at, bare = match.end(), ""
            continue
        yield from _texts(page[at : match.start()])
        at = match.start()
        if name in _BARE and not closes:
            bare = name
            continue
        yield "tag", match.group()
        at = match.end()
    yield from _texts(page[at:])


def _texts(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _MARK.finditer(text):
        yield "text", text[at : match.start()]
        yield "mark", match.group()
        at = match.end()
    yield "text", text[at:]


def _pairs(pieces: list[tuple[str, str]]) -> dict[int, str]:
    """Return what stands at the place of each mark that has its other half within the same element."""
    found: dict[int, str] = {}
    depth, opened = 0, list[tuple[int, int]]()
    for place, (kind, piece) in enumerate(pieces):
        if kind == "tag":
            depth += _step(piece)
            while opened and depth < opened[-1][1]:
                opened.pop()  # its element ended before its other half came
        elif kind == "mark" and piece == OPEN:
            opened.append((place, depth))
        elif kind == "mark" and opened:
            begun, level = opened.pop()
            if level == depth:
                found |= {begun: '<span lang="es">', place: "</span>"}
    return found


def _step(tag: str) -> int:
    name = _NAME.match(tag)
    if name is None or name.group(1).lower() in _EMPTY or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def _drawn(piece: str, kind: str) -> str:
    if kind == "bare" and OPEN in piece:
        head, _, rest = piece.partition(">")
        # A title or an option half in Spanish is said to be so whole: it cannot hold an element.
        return f'{head} lang="es">{rest}' if " lang=" not in head else piece
    return piece
