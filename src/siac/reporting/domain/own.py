# SPDX-License-Identifier: EUPL-1.2
"""What a report that a body puts together itself is made of."""

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import parse_qsl

MOST_SECTIONS = 20
"""So many sections may a report have: each is counted while its page is waited for."""
TEXT_LIMIT = 3000
_OF_THE_PERIOD = ("periodo", "en", "desde", "hasta")
_OF_THE_PAGE = ("formato", "solo", "valor", "cifra")
_MOST_NAMES = 40


class SectionKind(StrEnum):
    """What a section tells."""

    FIGURE = "figure"
    INDICATOR = "indicator"
    WORDS = "words"


class Shown(StrEnum):
    """What stands beside the figure of a section."""

    MONTHS = "months"
    GROUPS = "groups"
    NUMBER = "number"


def asked_of(typed: str) -> Mapping[str, str]:
    """Return what the address of a figure asks, by name, without its period: a report has its own. Takes a
    whole address or what stands in it after «?».

    Raises:
        ValueError: it asks far too much.
    """
    said, _, _ = typed.strip().partition("#")
    _, mark, query = said.partition("?")
    pairs = parse_qsl(query if mark else said, max_num_fields=_MOST_NAMES)
    return {name: value for name, value in pairs if name not in (*_OF_THE_PERIOD, *_OF_THE_PAGE)}
