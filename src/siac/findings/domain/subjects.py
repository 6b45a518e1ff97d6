# SPDX-License-Identifier: EUPL-1.2
"""What a finding is about: a thing of a higher context, known here by its kind and number only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: a kind that a context registered, and the number of the thing."""

    kind: str
    pk: int


@dataclass(frozen=True, slots=True)
class Named:
    """What people call a thing, and its page (empty: none that opens)."""

    name: str
    url: str = ""


Names = Callable[[object, list[int]], Mapping[int, Named]]
"""Given who asks (`Access`) and numbers, what each thing is called; what they may not know is left out."""
_NAMES: dict[str, Names] = {}
_SHOWN_BY: dict[str, str] = {}


def register_finding_subject(kind: str, names: Names, *, source: str = "") -> None:
    """Let findings be about things of this kind; called when the application starts. `source`: what shows
    such a finding where a page offers to open one («cause» of complaints: `complaints`).

    ValueError where it is taken.
    """
    if kind in _NAMES:
        raise ValueError(f"findings about {kind} are registered twice")
    _NAMES[kind] = names
    _SHOWN_BY[kind] = source


def source_of(kind: str) -> str:
    """Return what shows findings about things of a kind; empty where nothing is usual."""
    return _SHOWN_BY.get(kind, "")


def as_address(subject: Subject) -> str:
    """Return a subject as it stands in an address: «cause-12»."""
    return f"{subject.kind}-{subject.pk}"


def from_address(text: str) -> Subject | None:
    """Return the subject of an address; None where it means nothing that is known here."""
    kind, _, number = text.rpartition("-")
    if not is_subject(kind) or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return Subject(kind, int(number))


def is_subject(kind: str) -> bool:
    """Return whether a context registered this kind."""
    return kind in _NAMES


def named(access: object, subject: Subject) -> Named | None:
    """Return what a thing is called for who asks; None where they may not know it, or it is gone."""
    names = _NAMES.get(subject.kind)
    return names(access, [subject.pk]).get(subject.pk) if names else None
