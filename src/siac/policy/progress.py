# SPDX-License-Identifier: EUPL-1.2
"""By what the progress of a line of action is seen: things of this and higher contexts, each of a registered
sort.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from siac.organizations.public import Access, Institution


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks how far things are, and on which local day; without `access` it is everybody, on the
    portal.
    """

    institution: Institution
    today: date
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a thing is: what it is called, a sentence with its number of now, and its page (empty: none
    for who asks).
    """

    name: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ProgressSource:
    """A sort of thing by which a line of action is seen. `offered(asking)`: those that can be linked, by
    number; `told(asking, numbers)`: how far each is, those left out that are gone or not for who asks.
    """

    kind: str
    title: str
    offered: Callable[[Asking], Mapping[int, str]]
    told: Callable[[Asking, Sequence[int]], Mapping[int, Progress]]


_SOURCES: dict[str, ProgressSource] = {}


def register_progress_source(source: ProgressSource) -> None:
    """Let lines of action be seen by things of this kind; called when the application starts. ValueError
    where it is taken.
    """
    if source.kind in _SOURCES:
        raise ValueError(f"{source.kind} is a source of progress twice")
    _SOURCES[source.kind] = source


def progress_sources() -> list[ProgressSource]:
    """Return every sort of thing, by its title. No SQL."""
    return sorted(_SOURCES.values(), key=lambda each: each.title)


def told(asking: Asking, wanted: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], Progress]:
    """Return how far things are, by kind and number: those of `wanted`, by kind. Costs what the sources
    cost, each asked once.
    """
    found: dict[tuple[str, int], Progress] = {}
    for kind, numbers in wanted.items():
        source = _SOURCES.get(kind)
        if source is not None and numbers:
            told_ = source.told(asking, list(numbers))
            found |= {(kind, number): progress for number, progress in told_.items()}
    return found
