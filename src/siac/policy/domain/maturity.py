# SPDX-License-Identifier: EUPL-1.2
"""How far a body has come with quality: from charters to certificates to awards, each step proven by rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A step on the way, the first first."""

    CHARTERS = "charters"
    CERTIFIED = "certified"
    ISO_9001 = "iso_9001"
    AWARD = "award"


@dataclass(frozen=True, slots=True)
class Step:
    """What a step is called, and what proves it."""

    level: Level
    title: str
    asks: str


STEPS: tuple[Step, ...] = (
    Step(Level.CHARTERS, "Cartas de servicios", "Al menos una carta publicada y vigente."),
    Step(Level.CERTIFIED, "Cartas certificadas", "Al menos un certificado vigente de una carta."),
    Step(Level.ISO_9001, "ISO 9001", "Un certificado vigente según ISO 9001, de una carta o del organismo."),
    Step(Level.AWARD, "Premio", "Un premio o reconocimiento externo a la calidad del organismo."),
)
ISO_9001 = "9001"
"""By what a certificate of that norm is known, however its name is written."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A row that proves a step: in words, and its page (empty: none)."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A step with what proves it today."""

    step: Step
    proofs: tuple[Proof, ...]
    is_next: bool
    """The first one that nothing proves."""

    @property
    def is_reached(self) -> bool:
        """Whether something proves it."""
        return bool(self.proofs)


def path(proofs: Mapping[Level, Sequence[Proof]]) -> list[Reached]:
    """Return the steps in their order with their proofs; a later step may be proven while an earlier one is
    not.
    """
    first = next((each.level for each in STEPS if not proofs.get(each.level)), None)
    return [Reached(each, tuple(proofs.get(each.level, ())), each.level is first) for each in STEPS]
