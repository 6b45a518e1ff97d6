# SPDX-License-Identifier: EUPL-1.2
"""Who is named with an @ in a note."""

import re
from collections.abc import Sequence

from siac.kernel.text import fold

_AT = re.compile(r"(?<![\w.])@")
LONGEST = 200


def mentioned(text: str, people: Sequence[tuple[int, str]]) -> list[int]:
    """Return the ids of those of `people` (id, name) whom `text` names after an @, in the order of their ids.

    The longest name that fits counts, whatever its capitals and accents; two people of one name are both
    meant. An address of mail is no mention.
    """
    by_name: dict[str, list[int]] = {}
    for pk, name in people:
        by_name.setdefault(fold(" ".join(name.split())), []).append(pk)
    longest_first = sorted(by_name, key=len, reverse=True)
    found: set[int] = set()
    for at in _AT.finditer(text):
        said = fold(" ".join(text[at.end() : at.end() + LONGEST].split()))
        fitting = next((name for name in longest_first if name and _begins(said, name)), "")
        found.update(by_name.get(fitting, ()))
    return sorted(found)


def _begins(said: str, name: str) -> bool:
    return said.startswith(name) and not said[len(name) : len(name) + 1].isalnum()
