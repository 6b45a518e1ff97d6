# SPDX-License-Identifier: EUPL-1.2
"""Changes of calendars, and what each moved in one body."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from siac.clocks.bulk import NewDue
from siac.clocks.domain.registry import Named, subject_names, subjects_by_unit
from siac.clocks.models import CalendarChange, ClockMove
from siac.clocks.queries.calendars import layer_codes
from siac.organizations.public import Institution

SAMPLE = 20
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One clock from day to day, as people read it; no `after`: it would leave the covered years and
    stays.
    """

    subject: Named
    label: str
    before: date
    after: date | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do to the clocks of one body: how many, the first and
    last day, per unit, some of them.

    `elsewhere` counts clocks of other bodies on a shared calendar; `left` those of this one that would leave
    the covered years. `by_unit` counts subjects, most first.
    """

    moved: int
    elsewhere: int
    left: int
    first: Row | None
    last: Row | None
    by_unit: dict[str, int]
    sample: list[Row]


def preview_of(news: Sequence[NewDue], institution_id: int, sample: int = SAMPLE) -> Preview:
    """Return what a body is shown of the clocks that a change would move, the first `sample` one by one.

    Four SQL queries for cases.
    """
    own = [new for new in news if new.clock.institution_id == institution_id]
    moving = sorted((new for new in own if new.due_on), key=lambda new: (new.clock.due_on, new.clock.id))
    ends = [*moving[:sample], *moving[-1:]]
    names = subject_names(institution_id, [(n.clock.subject_type, n.clock.subject_id) for n in ends])
    rows = [
        Row(
            named(names, new.clock.subject_type, new.clock.subject_id),
            new.clock.label,
            new.clock.due_on,
            new.due_on,
        )
        for new in ends
    ]
    subjects = [(new.clock.subject_type, new.clock.subject_id) for new in moving]
    return Preview(
        moved=len(moving),
        elsewhere=len(news) - len(own),
        left=len(own) - len(moving),
        first=rows[0] if rows else None,
        last=rows[-1] if rows else None,
        by_unit=subjects_by_unit(institution_id, subjects),
        sample=rows[:-1],
    )


def named(names: dict[tuple[str, int], Named], subject_type: str, subject_id: int) -> Named:
    """Return what people call a subject, or its number where nobody names it."""
    return names.get((subject_type, subject_id)) or Named(f"{subject_type} {subject_id}")


def changes_for(institution: Institution) -> "QuerySet[CalendarChange]":
    """Return the changes of the calendars of a body, the newest first."""
    shared = Q(layer__institution=None, layer__code__in=layer_codes(institution.place))
    rows = CalendarChange.objects.filter(Q(institution=institution) | shared)
    return rows.select_related("layer", "unit", "created_by").order_by("-pk")


def moves_of(change: CalendarChange, institution: Institution) -> "QuerySet[ClockMove]":
    """Return the clocks of one body that a change moved or had to leave, by the day they ended before."""
    return ClockMove.objects.filter(change=change, institution=institution).order_by("due_from", "pk")


def move_rows(institution: Institution, moves: Iterable[ClockMove]) -> Iterator[Row]:
    """Yield moves as people read them; two SQL queries for each thousand."""
    batch: list[ClockMove] = []
    for move in moves:
        batch.append(move)
        if len(batch) == CHUNK:
            yield from _rows(institution, batch)
            batch = []
    if batch:
        yield from _rows(institution, batch)


def _rows(institution: Institution, moves: Sequence[ClockMove]) -> Iterator[Row]:
    names = subject_names(institution.pk, [(move.subject_type, move.subject_id) for move in moves])
    for move in moves:
        subject = named(names, move.subject_type, move.subject_id)
        yield Row(subject, move.label, move.due_from, move.due_to)
