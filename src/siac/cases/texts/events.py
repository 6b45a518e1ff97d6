# SPDX-License-Identifier: EUPL-1.2
"""What happens to a case, in words for the house and for its person, and what it makes untrue."""

from dataclasses import dataclass
from types import ModuleType

from siac.infra.metrics import FACTS
from siac.journal.public import declare_events
from siac.ui.public import register_refusals


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A kind of entry in the journal of a case, in words for the house and, where they differ, `to_person`.

    `is_internal`: its person is not told that it happened. `takes_back`: the kind of what did not
    happen after all; to its person neither did.
    """

    kind: str
    words: str
    to_person: str = ""
    is_internal: bool = False
    takes_back: str = ""


_EVENTS: dict[str, CaseEvent] = {}


def register_events(*events: CaseEvent) -> None:
    """Declare and name entries that are written in the journals of cases; called when the application starts.

    Raises:
        ValueError: a kind of entry is declared already.
    """
    for event in events:
        # Whatever happens to a case may change what it counts for.
        declare_events(event.kind, untrue=(FACTS,))
        _EVENTS[event.kind] = event


def event_name(kind: str) -> str:
    """Return the words for a kind of journal entry of a case."""
    return _EVENTS[kind].words if kind in _EVENTS else kind


def event_for_citizen(kind: str) -> str:
    """Return the words for a kind of journal entry of a case, said to its person."""
    return (_EVENTS[kind].to_person if kind in _EVENTS else "") or event_name(kind)


def is_public_event(kind: str) -> bool:
    """Return whether a citizen sees this kind of entry in the history."""
    return kind in _EVENTS and not _EVENTS[kind].is_internal


def taken_back_by(kind: str) -> str:
    """Return the kind of entry that one of this kind takes back; nothing for most."""
    return _EVENTS[kind].takes_back if kind in _EVENTS else ""


def register_words(texts: ModuleType) -> None:
    """Register the refusals (`REFUSALS`), the events (`EVENTS`) and the entries in other chains than those of
    cases (`RECORDED`) of a feature's words, where it has any.
    """
    register_refusals(getattr(texts, "REFUSALS", {}))
    register_events(*getattr(texts, "EVENTS", ()))
    declare_events(*getattr(texts, "RECORDED", ()))
