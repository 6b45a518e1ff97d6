# SPDX-License-Identifier: EUPL-1.2
"""The registers of bodies of one installation beside each other: of those that agreed to it, no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from siac.charters.commands.freezing import BACK
from siac.charters.queries import commitments
from siac.charters.register.closed import Closed, closed_among
from siac.charters.register.reading import Kept, Register, registers_from
from siac.organizations.public import Institution, compared_bodies


@dataclass(frozen=True, slots=True)
class Beside:
    """A charter of a body in the comparison."""

    body: Institution
    register: Register


@dataclass(frozen=True, slots=True)
class Line:
    """A guarantee of a body in the comparison, in its newest closed period."""

    body: Institution
    register: Register
    kept: Kept
    last: Closed

    @property
    def percent(self) -> Decimal | None:
        """Its share, of a hundred; None where it is not told."""
        return None if self.last.is_hidden else self.last.result.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Charters beside each other, and guarantees by what the request is about."""

    charters: Sequence[Beside]
    natures: Sequence[tuple[str, Sequence[Line]]]
    """By the name of each nature of requests, the guarantees on it of two bodies at least, the best first."""


def comparison_for(institution: Institution, *, now: datetime) -> Comparison | None:
    """Return how the bodies that agreed kept their charters, for the pages of one of them (2 SQL when warm);
    None where it did not agree, or no other did.
    """
    bodies = compared_bodies(institution)
    if len(bodies) < 2:
        return None
    oldest = min(body.local_date(now) for body in bodies) - BACK
    closed = closed_among(bodies, since=oldest)
    charters = [
        Beside(body, register)
        for body in bodies
        for register in _registers(body, closed.get(body.pk, ()), now)
    ]
    return Comparison(charters, _natures(charters))


def _registers(body: Institution, closed: Sequence[Closed], now: datetime) -> list[Register]:
    today = body.local_date(now)
    charters = {each.edition.charter_id: each.edition.charter for each in commitments(body).values()}
    found = registers_from(body, charters.values(), closed, today=today)
    return [each for each in found.values() if not each.is_over]


def _natures(charters: Sequence[Beside]) -> list[tuple[str, Sequence[Line]]]:
    by_nature: dict[str, list[Line]] = {}
    for each in charters:
        for kept in each.register.lines:
            kind = kept.commitment.kind
            if kind is not None and kept.last is not None and kept.last.is_guarantee:
                line = Line(each.body, each.register, kept, kept.last)
                by_nature.setdefault(kind.get_nature_display(), []).append(line)
    return [
        (nature, sorted(lines, key=_place))
        for nature, lines in sorted(by_nature.items())
        if len({line.body.pk for line in lines}) > 1
    ]


def _place(line: Line) -> tuple[bool, Decimal, str, int]:
    percent = line.percent
    return percent is None, -(percent or Decimal(0)), line.body.name, line.last.result.pk
