# SPDX-License-Identifier: EUPL-1.2
"""Minimum standards of service (CMS): what each asks, and how far a body is from meeting it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Group(StrEnum):
    """The parts of a system of minimum standards (Osborne and Plastrik)."""

    STANDARDS = "standards"
    GUARANTEES = "guarantees"
    REDRESS = "redress"
    COMPLAINTS = "complaints"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Standard:
    """A minimum standard: what looks at it, from how many in a hundred it is met, where it comes from, and
    how and on which page it is mended.
    """

    code: str
    group: Group
    title: str
    check: str
    target: int
    source: str
    mend: str
    page: str


def read_standards(kept: Iterable[Mapping[str, Any]]) -> tuple[Standard, ...]:
    """Return standards as they are kept.

    Raises:
        ValueError: two have the same code, or a target is not from 1 to 100.
    """
    found = tuple(Standard(**{**each, "group": Group(each["group"])}) for each in kept)
    if len({each.code for each in found}) < len(found):
        raise ValueError("standards without codes of their own")
    if not all(1 <= each.target <= 100 for each in found):
        raise ValueError("a target is from 1 to 100")
    return found


def missing(met: int, total: int, target: int) -> int:
    """Return how many more of `total` must meet a standard so that `target` in a hundred do."""
    needed = -(-target * total // 100)
    return max(0, needed - met)
