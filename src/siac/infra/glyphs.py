# SPDX-License-Identifier: EUPL-1.2
"""Signs that no font of ours can draw.

A paper with one could not be made at all: it gets the sign's code instead.

Imports no Django: it runs in the process that makes the PDF.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import typst

LEGEND = (
    "Entre corchetes, el código Unicode de cada signo que "
    "este documento no puede dibujar, por ejemplo {example}."
)
_COMMON = 0x250
"""Below this, the Latin letters, the font has them all."""
_MEASURE = b"""#set text(font: "Libertinus Serif", size: 11pt, top-edge: "bounds", bottom-edge: "bounds")
#context [#metadata(json(bytes(sys.inputs.signs)).map(s => {
  let size = measure(text(s))
  (size.width.pt(), size.height.pt())
})) <sizes>]"""
_NONE = "\U0010fff0"
"""A sign that no font has: what it looks like is what a missing one looks like."""
_BLAMED = re.compile(r'(?:the text|contains the codepoint) `"(.*)"`')
_ENDLESS = re.compile(r"\S{121,}")
_EVERY = re.compile(r"\S{60}(?=\S)")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass
class Glyphs:
    """What is missing of the signs of some data."""

    missing: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, data: Any) -> "Glyphs":
        """Return the signs of `data` that the fonts lack, found by measuring them beside one that
        none has.
        """
        rare = sorted({sign for text in _texts(data) for sign in text if ord(sign) >= _COMMON})
        own = {sign for sign in rare if unicodedata.category(sign) in {"Co", "Cn"}}
        drawn = [sign for sign in rare if not _is_invisible(sign) and sign not in own]
        if not drawn:
            return cls(own)
        order = json.dumps([_NONE, *drawn])
        found = typst.query(_MEASURE, "<sizes>", sys_inputs={"signs": order}, ignore_system_fonts=True)
        nothing, *sizes = json.loads(found)[0]["value"]
        return cls(own | {sign for sign, size in zip(drawn, sizes, strict=True) if size == nothing})

    def marked(self, data: Any) -> Any:
        """Return `data` with a visible code for each missing sign, and the line that explains them."""
        return _with_legend(data, lambda sign: sign in self.missing)


def without_rare(data: Any) -> Any:
    """Return `data` with a code for every sign beyond the Latin letters."""
    return _with_legend(data, lambda sign: ord(sign) >= _COMMON)


def breakable(data: Any) -> Any:
    """Return `data` with places to break in what has none for 120 signs: digits ran over
    the edge, and 20,000 of them made no PDF/A.
    """
    return _mapped(data, lambda text: _ENDLESS.sub(lambda run: _EVERY.sub("\\g<0>\u200b", run[0]), text))


def blamed(error: str) -> set[str]:
    """Return the signs that an error of the compiler says could not be drawn."""
    found = _BLAMED.search(error)
    if found is None:
        return set()
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return {sign for sign in text if ord(sign) >= _COMMON} or set(text)


def code(sign: str) -> str:
    """Return the visible code of a sign: [U+674E]."""
    return f"[U+{ord(sign):04X}]"


def _with_legend(data: Any, is_missing: Callable[[str], bool]) -> Any:
    examples: list[str] = []

    def shown(sign: str) -> str:
        if _is_invisible(sign):
            return ""
        if not is_missing(sign):
            return sign
        examples.append(code(sign))
        return code(sign)

    made = _mapped(
        data, lambda text: text if text.isprintable() and text.isascii() else "".join(map(shown, text))
    )
    _fill_headings(made)
    if examples and isinstance(made, dict):
        made["without_glyph"] = LEGEND.format(example=examples[0])
    return made


def _fill_headings(made: Any) -> None:
    """Put a dash where a title has no sign that can be seen: no accessible paper may have an empty one."""
    if isinstance(made, dict):
        for key, value in made.items():
            if key in {"title", "heading"} and isinstance(value, str) and not value.strip():
                made[key] = "\u2014"
            else:
                _fill_headings(value)
    elif isinstance(made, list):
        for value in made:
            _fill_headings(value)


def _is_invisible(sign: str) -> bool:
    """Return whether a sign only steers how others are set: no reader misses it.

    Selectors of emoji are among them.
    """
    if unicodedata.category(sign) == "Cc":
        return sign not in "\n\t"
    return unicodedata.category(sign) in {"Cf", "Cs"} or "\ufe00" <= sign <= "\ufe0f"


def _texts(data: Any) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _texts(value)


def _mapped(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _mapped(value, change) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_mapped(value, change) for value in data]
    return data
