# SPDX-License-Identifier: EUPL-1.2
"""How alike two requests are by their words."""

from collections.abc import Collection

ALIKE = 40
"""Percent of words in common from which two requests of strangers are worth a look."""
FEWEST = 4
"""Words; a shorter text says too little to be alike."""


def likeness(one: Collection[str], other: Collection[str]) -> int:
    """Return how many percent of all the stems of two texts both have, rounded
    down; 0 where either says too little.
    """
    first, second = set(one), set(other)
    if min(len(first), len(second)) < FEWEST:
        return 0
    return 100 * len(first & second) // len(first | second)
