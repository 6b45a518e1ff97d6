# SPDX-License-Identifier: EUPL-1.2
"""Blacking out parts of a text: where words stand, however they are written, and what takes their place."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

BLACK = "█████"
"""Always of one length: how long a name is must not give it away."""


_UNSEEN = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*"
"""What may stand between letters and is not seen: accents written apart, soft hyphens, blanks without
width.
"""


class Span(NamedTuple):
    """A part of a text, from `start` up to `end`."""

    start: int
    end: int


def _plain(text: str) -> str:
    """Return `text` without capitals and accents, letter by letter, so that places stay what they are."""
    return "".join((unicodedata.normalize("NFD", letter)[0].lower() or letter)[0] for letter in text)


def occurrences(text: str, wanted: str) -> list[Span]:
    """Return where `wanted` stands in `text` as whole words; capitals, accents, the kind of blanks,
    underscores around it and what is not seen aside.
    """
    parts = [
        "".join(re.escape(c) + _UNSEEN for c in part) for part in re.sub(_UNSEEN, "", _plain(wanted)).split()
    ]
    if not parts:
        return []
    pattern = re.compile(r"(?<![^\W_])" + r"\s+".join(parts) + r"(?![^\W_])")
    return [Span(*found.span()) for found in pattern.finditer(_plain(text))]


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def blacked(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with each span replaced by `BLACK`."""
    parts, place = [], 0
    for span in joined(spans):
        parts += [text[place : span.start], BLACK]
        place = span.end
    return "".join([*parts, text[place:]])


def black_out(text: str, wanted: Sequence[str]) -> tuple[str, int, list[str]]:
    """Return the text with every occurrence of each wanted part blacked out,
    how many, and the parts that do not occur.
    """
    spans: list[Span] = []
    missing = []
    for part in wanted:
        found = occurrences(text, part)
        spans += found
        if not found:
            missing.append(part)
    whole = joined(spans)
    return blacked(text, whole), len(whole), missing
