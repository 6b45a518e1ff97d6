# SPDX-License-Identifier: EUPL-1.2
"""What a session decides about: a thing of a higher context, known here by its kind and number only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from siac.governance.domain.deciding import Result


@dataclass(frozen=True, slots=True)
class Named:
    """What people call a thing, and its page (empty: none that opens for who asks)."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """That a vote about a thing closed: in which council of which body, with what result, by whom and when
    it was closed.
    """

    institution: int
    council: int
    number: int
    result: Result
    actor: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Decidable:
    """A sort of thing that bodies decide about. `offered(access)`: those that wait for a decision, by
    number; `names(access, numbers)`: what each is called, those left out that are not for who asks;
    `decided(news)`: told in the transaction in which a vote about one of them closes.
    """

    kind: str
    title: str
    offered: Callable[[object], Mapping[int, str]]
    names: Callable[[object, Sequence[int]], Mapping[int, Named]]
    decided: Callable[[Decided], None] = lambda news: None


_KINDS: dict[str, Decidable] = {}


def register_decidable(decidable: Decidable) -> None:
    """Let bodies decide about things of this kind; called when the application starts. ValueError where it is
    taken.
    """
    if decidable.kind in _KINDS:
        raise ValueError(f"{decidable.kind} is decided about twice")
    _KINDS[decidable.kind] = decidable


def decidables() -> list[Decidable]:
    """Return every sort of thing that bodies decide about, by its title."""
    return sorted(_KINDS.values(), key=lambda each: each.title)


def decidable(kind: str) -> Decidable | None:
    """Return a sort of thing; None where nobody registered it."""
    return _KINDS.get(kind)
