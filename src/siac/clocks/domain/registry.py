# SPDX-License-Identifier: EUPL-1.2
"""Extension points: higher contexts register here when the application starts; clocks never import them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    is_unmissed: bool = False
    """It had been announced as missed, and by its new day it is not over yet."""
    is_missed: bool = False
    """It had been announced as missed, and by its new day it is over all the same."""


@dataclass(frozen=True, slots=True)
class Named:
    """What people call the subject of a clock: its name, its page (empty: none
    to open) and the unit that has it.
    """

    name: str
    url: str = ""
    unit: str = ""


MovedHook = Callable[[Sequence[Moved], datetime], None]
MissedHook = Callable[[Sequence[Any], datetime], None]
UnmissedHook = Callable[[Sequence[int], datetime], None]
MissedMovedHook = Callable[[Sequence[Moved], datetime], None]
LockHook = Callable[[Sequence[int]], None]
NamesHook = Callable[[int, Sequence[int]], Mapping[int, Named]]
UnitsHook = Callable[[int, Sequence[int]], Mapping[str, int]]
WithinHook = Callable[[int, Collection[int], bool], Any]
OpensHook = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class _Subject:
    on_moved: MovedHook
    lock: LockHook | None
    names: NamesHook | None
    by_unit: UnitsHook | None
    within: WithinHook | None
    opens: OpensHook | None


_subjects: dict[str, _Subject] = {}
_missed: list[MissedHook] = []
_unmissed: list[UnmissedHook] = []
_missed_moved: list[MissedMovedHook] = []


def register_subject(
    subject_type: str,
    *,
    on_moved: MovedHook,
    lock: LockHook | None = None,
    names: NamesHook | None = None,
    by_unit: UnitsHook | None = None,
    within: WithinHook | None = None,
    opens: OpensHook | None = None,
) -> None:
    """Have `on_moved(moves, now)` called, inside the transaction, when a calendar change moves its clocks.

    `lock(subject_ids)` locks the subjects' rows before their clocks, as every other command does.
    `names` and `by_unit` tell, for a body and ids of subjects, what people call them and how many each
    unit has. `within` gives, for a body and ids of units (and whether those without a unit count), the
    query of the ids of subjects that they have. `opens` says whether somebody, by their access to a body,
    may open such subjects at all.
    """
    _subjects[subject_type] = _Subject(on_moved, lock, names, by_unit, within, opens)


def _ids_by_type(subjects: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for subject_type, subject_id in subjects:
        found.setdefault(subject_type, set()).add(subject_id)
    return {subject_type: sorted(ids) for subject_type, ids in found.items()}


def lock_subjects(subjects: Iterable[tuple[str, int]]) -> None:
    """Lock the rows of subjects (type, id) whose owners asked for it: types as
    they were registered, then by id.
    """
    wanted = _ids_by_type(subjects)
    for subject_type, subject in _subjects.items():
        if subject.lock and subject_type in wanted:
            subject.lock(wanted[subject_type])


def subject_names(institution_id: int, subjects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Named]:
    """Return what people call subjects (type, id) of a body; those nobody names are left out."""
    found: dict[tuple[str, int], Named] = {}
    for subject_type, ids in _ids_by_type(subjects).items():
        subject = _subjects.get(subject_type)
        if subject and subject.names:
            named = subject.names(institution_id, ids)
            found |= {(subject_type, subject_id): name for subject_id, name in named.items()}
    return found


def subjects_by_unit(institution_id: int, subjects: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return how many of the subjects each unit of a body has, most first."""
    found: dict[str, int] = {}
    for subject_type, ids in _ids_by_type(subjects).items():
        subject = _subjects.get(subject_type)
        if subject and subject.by_unit:
            for unit, count in subject.by_unit(institution_id, ids).items():
                found[unit] = found.get(unit, 0) + count
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def subjects_within(institution_id: int, units: Collection[int], *, or_none: bool) -> dict[str, Any]:
    """Return, by type, the query of the ids of the subjects that units of a body
    have, and those without a unit if `or_none`.
    """
    return {
        subject_type: subject.within(institution_id, units, or_none)
        for subject_type, subject in _subjects.items()
        if subject.within
    }


def may_open(access: Any) -> bool:
    """Return whether the holder of `access` may open some subjects, so that their names lead somewhere."""
    return any(subject.opens is not None and subject.opens(access) for subject in _subjects.values())


def on_missed(hook: MissedHook) -> None:
    """Have `hook(clocks, now)` called once per missed clock, in the transaction that finds the miss."""
    if hook not in _missed:
        _missed.append(hook)


def on_unmissed(hook: UnmissedHook) -> None:
    """Have `hook(clock_ids, now)` called, in the transaction of a change of calendar or of a correction, with
    the clocks whose announced miss it takes back: their term is not over yet, or what they rested on was
    written down wrong. Those that run on are announced anew when they miss again.
    """
    if hook not in _unmissed:
        _unmissed.append(hook)


def on_missed_moved(hook: MissedMovedHook) -> None:
    """Have `hook(moves, now)` called, in the transaction of a change of calendar or of a correction, with the
    moves of clocks that were announced as missed and are all the same: they were missed on another day.
    """
    if hook not in _missed_moved:
        _missed_moved.append(hook)


def announce_moved(moves: Sequence[Moved], now: datetime) -> None:
    """Tell each subject's owner about its moved clocks, and everyone who asked about misses taken back or of
    another day.
    """
    for subject_type, subject in _subjects.items():
        own = [move for move in moves if move.subject_type == subject_type]
        if own:
            subject.on_moved(own, now)
    announce_unmissed([move.clock_id for move in moves if move.is_unmissed], now)
    announce_missed_moved([move for move in moves if move.is_missed], now)


def announce_missed_moved(moves: Sequence[Moved], now: datetime) -> None:
    """Tell everyone who asked about clocks that were missed on another day than it was said."""
    if moves:
        for hook in _missed_moved:
            hook(moves, now)


def announce_unmissed(clock_ids: Sequence[int], now: datetime) -> None:
    """Tell everyone who asked about misses that are taken back."""
    if clock_ids:
        for hook in _unmissed:
            hook(clock_ids, now)


def announce_missed(clocks: Sequence[Any], now: datetime) -> None:
    """Tell everyone who asked about clocks that were missed."""
    if clocks:
        for hook in _missed:
            hook(clocks, now)
