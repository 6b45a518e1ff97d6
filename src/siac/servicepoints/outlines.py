# SPDX-License-Identifier: EUPL-1.2
"""The outlines that maps of places are drawn over: whoever has shapes of territories says so."""

from collections.abc import Callable

from siac.organizations.public import Institution
from siac.servicepoints.domain.mapping import Outline

Source = Callable[[Institution], Outline | None]
_SOURCES: list[Source] = []


def register_outline(source: Source) -> None:
    """Draw maps of a body over what `source` gives of it, or None; called when the application starts."""
    _SOURCES.append(source)


def outline_of(institution: Institution) -> Outline | None:
    """Return the outlines of a body; None where nobody has any (SQL as its source costs: 1)."""
    found = (source(institution) for source in _SOURCES)
    return next((each for each in found if each is not None), None)
