# SPDX-License-Identifier: EUPL-1.2
"""What is done beside what is expected: the gap of each promise, and of what people value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from siac.charters.domain.commitments import Form
from siac.charters.domain.gaps import Gap
from siac.charters.models import CharterEdition, Commitment, GapOverride
from siac.charters.standings import Standing
from siac.charters.texts import BasisLabel, DimensionLabel
from siac.indicators.public import Indicator
from siac.infra.metrics import SHARES, Better


def is_share(commitment: Commitment, indicator: Indicator | None) -> bool:
    """Return whether the target of a promise is in parts of a hundred. No SQL."""
    if commitment.form == Form.GUARANTEE or indicator is None:
        return True
    return indicator.statistic in SHARES if indicator.metric else indicator.unit == "%"


def gap_of(line: Standing, expectations: Mapping[str, Mapping[str, Any]], overridden: set[int]) -> Gap:
    """Return the gap of a promise, by how it was kept and what is expected. No SQL."""
    of = line.commitment
    row = expectations.get(of.attribute)
    expected = Decimal(row["expected"]) if row and row["expected"] is not None else None
    share = is_share(of, of.indicator)
    high = of.form == Form.GUARANTEE or of.indicator is None or of.indicator.better == Better.HIGHER
    return Gap(
        level=line.value,
        target=of.target,
        expected=expected if share else None,
        is_better_high=high,
        is_excused=bool(of.cause and of.plan),
        is_overridden=of.pk in overridden,
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A promise with its gap."""

    line: Standing
    gap: Gap
    override: GapOverride | None


@dataclass(frozen=True, slots=True)
class Valued:
    """What people value, with what is done: the least of the promises that answer to it."""

    code: str
    name: str
    dimension: str
    weight: Decimal
    expected: Decimal | None
    n: int | None
    basis: str
    words: str
    level: Decimal | None
    level_words: str
    of_words: str
    promises: Sequence[Weighed]

    @property
    def gap(self) -> Decimal | None:
        """How far what is done lies above what is expected, in points."""
        if self.level is None or self.expected is None:
            return None
        return self.level - self.expected


def weighed(edition: CharterEdition, lines: Sequence[Standing]) -> list[Weighed]:
    """Return each promise of an edition with its gap (1 SQL)."""
    made = edition.overrides.select_related("said_by", "commitment")
    overrides = {row.commitment_id: row for row in made if row.holds}
    rows = {row["code"]: row for row in edition.expectations}
    return [
        Weighed(line, gap_of(line, rows, set(overrides)), overrides.get(line.commitment.pk)) for line in lines
    ]


def valued(edition: CharterEdition, promises: Sequence[Weighed]) -> list[Valued]:
    """Return what people value in the services of an edition, the heaviest first. No SQL."""
    found = []
    for row in edition.expectations:
        own = [each for each in promises if each.line.commitment.attribute == row["code"]]
        known = [each for each in own if each.line.value is not None and each.gap.expected is not None]
        known = known or [each for each in own if each.line.value is not None]
        least = min(known, key=lambda each: each.line.value or Decimal(0)) if known else None
        found.append(
            Valued(
                row["code"], row["name"], DimensionLabel(row["dimension"]).label, Decimal(row["weight"]),
                Decimal(row["expected"]) if row["expected"] is not None else None, row["n"],
                BasisLabel(row["basis"]).label, row["words"],
                least.line.value if least else None, least.line.value_words if least else "",
                least.line.of_words if least else "", own,
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: -each.weight)
