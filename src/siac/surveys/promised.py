# SPDX-License-Identifier: EUPL-1.2
"""What charters promise that a survey measures: a point at which they say so without surveys knowing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from siac.organizations.public import Institution
from siac.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that rests on a survey: its words, where staff and where everybody read how it is kept."""

    text: str
    url: str
    public_url: str


PromisesOf = Callable[[Institution, Survey, date], Sequence[Promised]]
_SOURCES: list[PromisesOf] = []


def register_promised(source: PromisesOf) -> None:
    """Let a higher context say what it promises that rests on a survey (no SQL when warm)."""
    _SOURCES.append(source)


def promised_of(institution: Institution, survey: Survey, *, today: date) -> list[Promised]:
    """Return what is promised on the local day `today` that rests on a survey, in the order of
    registration.
    """
    return [each for source in _SOURCES for each in source(institution, survey, today)]
