# SPDX-License-Identifier: EUPL-1.2
"""Extension points: higher contexts register here when the application starts; clocks never import them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Moved:
    """A running clock whose due day a calendar change moves."""

    clock_id: int
    institution_id: int
    subject_type: str
    subject_id: int
    due_from: date
    due_to: date


MovedHook = Callable[[Sequence[Moved], datetime], None]
MissedHook = Callable[[Sequence[Any], datetime], None]

_moved: dict[str, MovedHook] = {}
_missed: list[MissedHook] = []


def register_subject(subject_type: str, *, on_moved: MovedHook) -> None:
    """Have `on_moved(moves, now)` called, inside the transaction, when a calendar change moves its clocks."""
    _moved[subject_type] = on_moved


def on_missed(hook: MissedHook) -> None:
    """Have `hook(clocks, now)` called once per missed clock, in the transaction that finds the miss."""
    if hook not in _missed:
        _missed.append(hook)


def announce_moved(moves: Sequence[Moved], now: datetime) -> None:
    """Tell each subject's owner about its moved clocks."""
    for subject_type, hook in _moved.items():
        own = [move for move in moves if move.subject_type == subject_type]
        if own:
            hook(own, now)


def announce_missed(clocks: Sequence[Any], now: datetime) -> None:
    """Tell everyone who asked about clocks that were missed."""
    if clocks:
        for hook in _missed:
            hook(clocks, now)
