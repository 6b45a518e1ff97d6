# SPDX-License-Identifier: EUPL-1.2
"""What the figures of a place said before a course and after it: asked of the context that keeps figures,
which stands above this one and registers how.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class PlaceEffect:
    """One figure of a place, in words, before a course began and after it ended, and what can be said of the
    difference.
    """

    metric: str
    before: str
    after: str
    verdict: str


Asked = Callable[[Institution, int, date, date, date], Sequence[PlaceEffect]]
"""(body, service point, first day of the course, its last day, today) -> its figures."""
_ASKED: list[Asked] = []


def register_place_effects(asked: Asked) -> None:
    """Let courses tell the figures of places; called when the application starts. The last one counts."""
    _ASKED[:] = [asked]


def place_effects(
    institution: Institution, point_id: int, *, starts_on: date, ends_on: date, today: date
) -> Sequence[PlaceEffect]:
    """Return the figures of a service point before and after a course; none where nobody keeps figures."""
    return _ASKED[0](institution, point_id, starts_on, ends_on, today) if _ASKED else ()
