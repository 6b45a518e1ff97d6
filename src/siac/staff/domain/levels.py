# SPDX-License-Identifier: EUPL-1.2
"""What a post asks, what somebody can do, and what is missing between them.

Three may say the level of a competence: the person, whoever heads them, and evidence (a certificate, an exam,
an observed attention). What is shown by evidence counts before what the head says, and that before what the
person says of themselves; of each the newest counts. The rule is one for all and is told on the pages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEVELS = (1, 2, 3, 4)


class Teller(StrEnum):
    """Who says the level of a competence, the one that counts first before the others."""

    EVIDENCE = "evidence"
    HEAD = "head"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Said:
    """A level that somebody said on a local day; `order` tells apart what was said on the same day."""

    competence: int
    teller: Teller
    level: int
    on: date
    order: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One competence of one person: what the post asks, and the newest that each said."""

    competence: int
    required: int
    said: Mapping[Teller, int]

    @property
    def counts(self) -> Teller | None:
        """Who says the level that counts; None where nobody has said any."""
        return next((teller for teller in Teller if teller in self.said), None)

    @property
    def level(self) -> int | None:
        """The level that counts."""
        return self.said[self.counts] if self.counts else None

    @property
    def gap(self) -> int | None:
        """Levels that are missing, 0 where none is; None where nobody has said the level."""
        return None if self.level is None else max(0, self.required - self.level)


def newest(said: Iterable[Said]) -> dict[int, dict[Teller, int]]:
    """Return the newest level that each said of each competence."""
    found: dict[int, dict[Teller, int]] = {}
    for each in sorted(said, key=lambda one: (one.on, one.order)):
        found.setdefault(each.competence, {})[each.teller] = each.level
    return found


def standings(required: Mapping[int, int], said: Iterable[Said]) -> list[Standing]:
    """Return how somebody stands in each competence that their post asks, in the order of `required`."""
    told = newest(said)
    return [Standing(pk, level, told.get(pk, {})) for pk, level in required.items()]
