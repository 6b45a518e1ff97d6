# SPDX-License-Identifier: EUPL-1.2
"""How a case ends without an answer to what was asked."""

from enum import StrEnum


class Ending(StrEnum):
    """Why a closed case was closed; an answered one has none."""

    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ARCHIVED = "archived"
    NOT_FILED = "not_filed"
    TRANSFERRED = "transferred"
    DISMISSED = "dismissed"
    MERGED = "merged"
    DUPLICATE = "duplicate"


BY_LAPSE: dict[str, Ending] = {
    "withdrawn": Ending.LAPSED,
    "archived": Ending.ARCHIVED,
    "not_filed": Ending.NOT_FILED,
}
"""What a request that nobody completed becomes, by the word of its rule."""
REVIEWABLE = frozenset({Ending.LAPSED, Ending.ARCHIVED, Ending.NOT_FILED, Ending.DISMISSED})
"""Endings against the person's wish: they are told how to complain and may ask the body to look again."""
