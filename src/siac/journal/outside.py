# SPDX-License-Identifier: EUPL-1.2
"""What programs outside may be told of: contexts say which of their entries, by what name, with what beside.

Whoever hands it on (webhooks) listens to one matter, and knows no kind of entry.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from siac.journal.commands.consuming import Entry
from siac.journal.events import declare_also_untrue

OUTSIDE = "outside"
"""The matter of every entry that programs outside may be told of."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an entry: of what (a folio, a code), and ids, codes and links. Never data of people."""

    subject: str
    data: Mapping[str, Any] = field(default_factory=dict)


Telling = Callable[[int, Sequence[Entry]], Mapping[int, Told]]
"""From a body and entries of it, what is told of each by its id; of those left out, nothing."""


@dataclass(frozen=True, slots=True)
class OutsideEvent:
    """A sort of event that programs outside may be told of."""

    type: str
    """`case.filed`: it stays, programs know it."""
    title: str
    kinds: frozenset[str]
    telling: Telling


_EVENTS: dict[str, OutsideEvent] = {}


def register_outside(type: str, title: str, kinds: Sequence[str], telling: Telling) -> None:
    """Let programs outside be told of entries of `kinds`, which are declared already.

    Raises:
        ValueError: there is such a type, or a kind is not declared.
    """
    if type in _EVENTS:
        raise ValueError(f"programs are told of {type!r} already")
    declare_also_untrue(kinds, OUTSIDE)
    _EVENTS[type] = OutsideEvent(type, title, frozenset(kinds), telling)


def outside_events() -> dict[str, OutsideEvent]:
    """Return what programs outside may be told of, by type, in the order of registration. No SQL."""
    return dict(_EVENTS)
