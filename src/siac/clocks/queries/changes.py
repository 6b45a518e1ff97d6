# SPDX-License-Identifier: EUPL-1.2
"""Changes of calendars, and what each moved in one body."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from siac.clocks.bulk import NewDue
from siac.clocks.domain.registry import Named, subject_names, subjects_by_unit
from siac.clocks.models import CalendarChange, CalendarPreview, ClockMove
from siac.clocks.queries.calendars import layer_codes
from siac.organizations.public import Institution

SAMPLE = 50
LATEST = 3
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


@dataclass(frozen=True, slots=True)
class Sums:
    """What a change would do to the clocks of one body, in numbers and ids, as JSON can keep it.

    `rows` are clocks one by one, by the day they end on now: (subject type, subject id, label, day, day
    then); the last row is the last of all.
    """

    moved: int
    elsewhere: int
    left: int
    by_unit: dict[str, int]
    rows: list[tuple[str, int, str, str, str]]


def sums_of(news: Sequence[NewDue], institution_id: int) -> Sums:
    """Return what a change that moves `news` does to a body, the first `SAMPLE` clocks one by one (1 SQL)."""
    own = [new for new in news if new.clock.institution_id == institution_id]
    moving = sorted((new for new in own if new.due_on), key=lambda new: (new.clock.due_on, new.clock.id))
    return Sums(
        moved=len(moving),
        elsewhere=len(news) - len(own),
        left=len(own) - len(moving),
        by_unit=subjects_by_unit(
            institution_id, [(new.clock.subject_type, new.clock.subject_id) for new in moving]
        ),
        rows=[
            (
                new.clock.subject_type,
                new.clock.subject_id,
                new.clock.label,
                str(new.clock.due_on),
                str(new.due_on),
            )
            for new in [*moving[:SAMPLE], *moving[-1:]]
        ],
    )


def told(sums: Sums, institution_id: int) -> Preview:
    """Return a preview as people read it; subjects are called as they are now, one that was restricted
    meanwhile is not named (2 SQL for cases).
    """
    names = subject_names(institution_id, [(kind, pk) for kind, pk, *_ in sums.rows])
    rows = [
        Row(named(names, kind, pk), label, date.fromisoformat(before), date.fromisoformat(after))
        for kind, pk, label, before, after in sums.rows
    ]
    return Preview(
        moved=sums.moved,
        elsewhere=sums.elsewhere,
        left=sums.left,
        first=rows[0] if rows else None,
        last=rows[-1] if rows else None,
        by_unit=sums.by_unit,
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


def undecided(institution: Institution, user_id: int, *, now: datetime) -> list[CalendarPreview]:
    """Return the latest previews that a user asked for within a day and has not applied (1 SQL)."""
    rows = CalendarPreview.objects.filter(
        institution=institution, requested_by=user_id, change=None, created_at__gte=now - timedelta(days=1)
    )
    return list(rows.order_by("-pk")[:LATEST])


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
