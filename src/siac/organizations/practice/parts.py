# SPDX-License-Identifier: EUPL-1.2
"""What a practice body takes over from its source: each context says how its own
configuration is copied, or why something stays.

A test asks that of every model with a key to a body, so that none that comes later is forgotten.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.models import Institution
from siac.ui.public import refusal_text

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Copying:
    """A source, the body that it is copied to, by whom and when; `ids` fills up with what rows became."""

    source: Institution
    body: Institution
    actor: User | None
    now: datetime
    ids: dict[tuple[type[Model], int], int] = field(default_factory=dict)

    @property
    def common(self) -> dict[str, Any]:
        """What every command of configuration is told."""
        return {"institution": self.body, "actor": self.actor, "now": self.now}

    def new_id(self, model: type[Model], old: int | None) -> int | None:
        """Return what a row of the source became; None for what stayed behind."""
        return None if old is None else self.ids.get((model, old))

    def new_ids(self, model: type[Model], old: Iterable[int]) -> list[int]:
        """Return what those of some rows became that were copied, in their order."""
        return [new for new in (self.new_id(model, pk) for pk in old) if new is not None]

    def each(self, rows: Iterable[Row], copy: Callable[[Row], Model | None]) -> None:
        """Copy rows one after another, remembering what each became.

        Raises:
            Refused: the command behind refuses one as it stands today (practice_unsound), by its name.
        """
        for row in rows:
            try:
                made = copy(row)
            except Refused as refused:
                raise Refused("practice_unsound", part=str(row), reason=refusal_text(refused)) from refused
            if made is not None:
                self.ids[type(row), row.pk] = made.pk


@dataclass(frozen=True, slots=True)
class PracticePart:
    """One part of a body's configuration: `copy` brings it over by the ordinary
    commands, so that versions and journal are whole.

    `models` are those with a key to a body whose rows it makes. Parts go in the order of `order`: what points
    comes after what it points to, and the configuration is fresh in memory when each begins.
    """

    code: str
    order: int
    copy: Callable[[Copying], None]
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PracticeCases:
    """The invented cases: how many a body gets, and the playing of one, whole,
    by its place in the order of filing.
    """

    count: Callable[[Institution], int]
    play: Callable[[Institution, int, datetime], None]


_PARTS: dict[str, PracticePart] = {}
_LEFT: dict[str, str] = {}
_CASES: list[PracticeCases] = []


def register_practice_part(part: PracticePart) -> None:
    """Add a part that practice bodies take over; registering the same code again replaces it."""
    _PARTS[part.code] = part


def register_left_behind(reasons: Mapping[str, str]) -> None:
    """Say of models with a key to a body why their rows are not copied: label -> reason."""
    _LEFT.update(reasons)


def register_practice_cases(cases: PracticeCases) -> None:
    """Set the invented cases; the last ones registered count."""
    _CASES[:] = [cases]


def practice_parts() -> list[PracticePart]:
    """Return the parts in the order in which they are copied."""
    return sorted(_PARTS.values(), key=lambda part: (part.order, part.code))


def left_behind() -> Mapping[str, str]:
    """Return which models stay behind, and why."""
    return _LEFT


def practice_cases() -> PracticeCases | None:
    """Return the invented cases, where a context has some."""
    return _CASES[0] if _CASES else None
