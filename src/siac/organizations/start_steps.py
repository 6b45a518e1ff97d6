# SPDX-License-Identifier: EUPL-1.2
"""What a body needs before it can answer its first request; each context adds
its own line, derived from its rows.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass

from django.urls import reverse

from siac.organizations.models import Institution, StartMark

HIDDEN = "hidden"
"""The mark of a body that put the finished list away."""


@dataclass(frozen=True, slots=True)
class StartStep:
    """One line of «Para empezar».

    `is_done(institution)` looks at the rows (1 SQL at most); None: only a person can say so. `confirm` is the
    sentence with which a person says that it is done or not wanted; empty: nobody can. `url_name` takes the
    `slug` of the body, as the one of `other` does: (url_name, label) of another way to do it.
    """

    code: str
    label: str
    hint: str
    url_name: str
    order: int
    is_done: Callable[[Institution], bool] | None = None
    confirm: str = ""
    other: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class StartLine:
    """A step as it stands in one body; `is_marked`: a person said so, and can take it back."""

    code: str
    label: str
    hint: str
    url: str
    is_done: bool
    is_marked: bool
    confirm: str
    other: tuple[str, str] | None
    """(address, label) of another way to do it."""


_STEPS: dict[str, StartStep] = {}


def register_start_step(step: StartStep) -> None:
    """Add a line to «Para empezar»; registering the same code again replaces it."""
    _STEPS[step.code] = step


def confirmable(code: str) -> bool:
    """Return whether a person may say of a step that it is done."""
    return code == HIDDEN or (code in _STEPS and bool(_STEPS[code].confirm))


def start_marks(institution: Institution) -> set[str]:
    """Return what people said (1 SQL)."""
    return set(StartMark.objects.filter(institution=institution).values_list("code", flat=True))


def start_lines(institution: Institution, marks: Container[str]) -> list[StartLine]:
    """Return every line in order, each from the real state (at most 1 SQL a line)."""
    return [
        _line(step, institution, marks) for step in sorted(_STEPS.values(), key=lambda s: (s.order, s.code))
    ]


def _line(step: StartStep, institution: Institution, marks: Container[str]) -> StartLine:
    shown = step.is_done is not None and step.is_done(institution)
    marked = bool(step.confirm) and step.code in marks
    url = reverse(step.url_name, args=[institution.slug])
    other = (reverse(step.other[0], args=[institution.slug]), step.other[1]) if step.other else None
    return StartLine(
        step.code,
        step.label,
        step.hint,
        url,
        shown or marked,
        marked and not shown,
        "" if shown else step.confirm,
        other,
    )


def is_starting(institution: Institution) -> bool:
    """Return whether the list is the home of whoever administers: something is
    left, or nobody put it away yet.

    Never in a practice body: it begins as its source stands.
    """
    if institution.is_practice:
        return False
    marks = start_marks(institution)
    return HIDDEN not in marks or not all(line.is_done for line in start_lines(institution, marks))
