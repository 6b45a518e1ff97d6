# SPDX-License-Identifier: EUPL-1.2
"""Plain text rules that every context shares: folding, ordering names, finding tokens."""

import re
import unicodedata

_WORD = re.compile(r"[0-9a-zñ]+")
_ENYE = "\u0001"  # stands for ñ while accents are stripped, so that año and ano stay apart


def fold(text: str) -> str:
    """Return `text` in lower case without accents or diaeresis, keeping ñ (NFC)."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFC", text).casefold().replace("ñ", _ENYE)
    stripped = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return stripped.replace(_ENYE, "ñ")


def words(text: str) -> list[str]:
    """Return the folded words and numbers of `text`, in order."""
    return _WORD.findall(fold(text))


def sort_key(name: str) -> str:
    """Return a key that orders names as Spanish does: accents folded, ñ after n, byte by byte.

    The database has no Spanish collation, so lists order by this stored key.
    """
    return " ".join(words(name)).replace("ñ", "n~")


def squeeze(text: str) -> str:
    """Return `text` with runs of white space folded to one blank and the ends trimmed."""
    return " ".join(text.split())
