# SPDX-License-Identifier: EUPL-1.2
"""What one text says otherwise than another, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 1500
"""Words above which texts are told apart by lines: comparing words would take too long."""


class Mark(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stand in both texts, or only in one."""

    mark: Mark
    text: str


def word_differences(before: str, after: str) -> list[Piece]:
    """Return both texts as one: what stands in both, what was removed and what was added, in order. The
    pieces that are not added make up `before`, those that are not removed make up `after`.
    """
    old, new = _pieces(before), _pieces(after)
    if len(old) + len(new) > MOST_WORDS * 2:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(Mark.SAME, "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece(Mark.REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece(Mark.ADDED, "".join(new[j1:j2])))
    return found


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)
