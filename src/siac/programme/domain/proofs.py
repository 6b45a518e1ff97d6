# SPDX-License-Identifier: EUPL-1.2
"""What the system already holds about a requirement: rows of a year, told by whoever keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that proves something: what it is, the local day it speaks for, its page, and the digest by
    which the system holds it (empty: it has none).
    """

    text: str
    on: date | None = None
    url: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A result of an indicator as it was frozen, with what is needed to work it out again: its narrow rows
    (subject, local day, codes by dimension, value or None, met), the formula as data, and what it gave.
    """

    code: str
    name: str
    definition: str
    metric: str
    statistic: str
    within: int
    least: int
    first: date
    last: date
    revision: int
    value: Decimal | None
    target: Decimal | None
    total: int
    met: int
    digest: str
    note: str
    rows: Callable[[], Sequence[Any]]
    """Reads its rows (`indicators.Counted`); none where it was written down by hand."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a proof found of a year: rows, the first few of them where there are many, and how many there are;
    figures where it is about figures; `query`: how it was asked, in words that another person can repeat.
    """

    count: int
    rows: Sequence[Row]
    query: str
    figures: Sequence[FrozenFigure] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that the system can show by itself. `told(institution, year, today)` reads it; `url_name` is
    the page where it is kept, which takes the `slug` of the body.
    """

    code: str
    title: str
    told: Callable[[Any, int, date], Told]
    url_name: str


_PROOFS: dict[str, Proof] = {}
MOST_ROWS = 500
"""Rows of one proof that a pack lists; beyond, only how many there are."""


def register_proof(proof: Proof) -> None:
    """Let requirements be proven by this; called when the application starts.

    ValueError where its code is taken.
    """
    if proof.code in _PROOFS:
        raise ValueError(f"{proof.code} proves twice")
    _PROOFS[proof.code] = proof


def proofs() -> dict[str, Proof]:
    """Return every proof by its code."""
    return dict(_PROOFS)


def year_of(year: int) -> tuple[date, date]:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)
