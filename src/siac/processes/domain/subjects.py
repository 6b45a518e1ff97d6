# SPDX-License-Identifier: EUPL-1.2
"""What a process is about: a thing of a higher context, known here by its kind and number only; and what that
context looks at before a phase is closed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Named:
    """What people call a thing, and its page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found: `is_error` keeps the phase from being closed; `url` leads to where it is mended."""

    is_error: bool
    text: str
    url: str = ""
    source: str = ""


Names = Callable[[Any, Sequence[int]], dict[int, Named]]
"""Given who asks (`Access`) and numbers, what each thing is called; what they may not know is left out."""
Finds = Callable[[Any, int, date], Sequence[Problem]]
"""Given the body, the number of the thing and a local day, what is wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a higher context looks at: its words, and what finds the problems."""

    title: str
    finds: Finds


_NAMES: dict[str, Names] = {}
_CHECKS: dict[str, Check] = {}


def register_process_subject(kind: str, names: Names) -> None:
    """Let processes be about things of this kind; called when the application starts.

    ValueError where it is taken.
    """
    if kind in _NAMES:
        raise ValueError(f"processes about {kind} are registered twice")
    _NAMES[kind] = names


def register_process_check(code: str, title: str, finds: Finds) -> None:
    """Let tasks of guides be done by what a check finds; called when the application starts.

    ValueError where the code is taken.
    """
    if code in _CHECKS:
        raise ValueError(f"the check {code} is registered twice")
    _CHECKS[code] = Check(title, finds)


def checks() -> dict[str, Check]:
    """Return the checks by code."""
    return dict(_CHECKS)


def is_subject(kind: str) -> bool:
    """Return whether a context registered this kind."""
    return kind in _NAMES


def named(access: Any, kind: str, ids: Sequence[int]) -> dict[int, Named]:
    """Return what things of a kind are called for who asks."""
    names = _NAMES.get(kind)
    return names(access, ids) if names else {}
