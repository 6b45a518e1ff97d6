# SPDX-License-Identifier: EUPL-1.2
"""What a change of calendar does to running clocks: first shown, then applied."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from siac.clocks.bulk import CalendarKey, Live, NewDue, live_rows, recomputed
from siac.clocks.domain.calendar import DayOff, LayerDays, WorkingCalendar, merge
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.registry import Moved, announce_moved, subjects_within
from siac.clocks.models import CalendarChange, CalendarLayer, CalendarPreview, Clock
from siac.clocks.queries.calendars import Versions, calendar_for, layer_codes, load_layers
from siac.kernel.errors import Refused
from siac.organizations.public import units_placed_elsewhere

BATCH = 2000
_WRITE = """
UPDATE clocks_clock AS c SET due_on = v.due_on, due_at = v.due_at, calendar_version = v.stamp,
  missed_at = CASE WHEN v.due_at > %s THEN NULL ELSE c.missed_at END
FROM unnest(%s::bigint[], %s::date[], %s::timestamptz[], %s::text[]) AS v(id, due_on, due_at, stamp)
  WHERE c.id = v.id
"""


def layer_by_code(code: str) -> CalendarLayer:
    """Return a layer.

    Raises:
        Refused: UNKNOWN_LAYER.
    """
    layer = CalendarLayer.objects.filter(code=code).first()
    if layer is None:
        raise Refused(Code.UNKNOWN_LAYER, layer=code)
    return layer


def preview_batches(
    layer: CalendarLayer, *, added: Sequence[date] = (), removed: Sequence[date] = (), kind: str = "holiday"
) -> Iterator[list[NewDue]]:
    """Yield the live clocks that a change of days off might touch, some at a time, each as it would end then.

    Writes nothing, and holds nothing between two of them.
    """

    @cache
    def changed(key: CalendarKey) -> WorkingCalendar:
        return _changed(layer.code, key, versions, added, removed, kind)

    versions = all_versions()
    for batch in _batches(touched(layer, [*added, *removed]), locked=False):
        yield recomputed(batch, changed)


def place_batches(
    institution_id: int, unit_id: int | None, before: str, after: str
) -> Iterator[list[NewDue]]:
    """Yield the live clocks of a body, or of its unit, some at a time, each as it would end at another place.

    Writes nothing, and holds nothing between two of them.
    """
    calendars = current_calendars()
    for batch in _batches(placed(institution_id, unit_id, before), locked=False):
        yield recomputed([row._replace(place=after) for row in batch], calendars)


@transaction.atomic
def apply_calendar_change(layer_code: str, *, days: Sequence[date], now: datetime) -> list[Moved]:
    """Move the live clocks that the current version of a layer moves, and pin that version; return the moves.

    All at once, in the transaction of `add_days` or `revoke_days`: for the set-up of an
    installation. What people change moves as a job (`commands.changes`). The owners of the
    clocks' subjects are told (`register_subject`).

    Raises:
        Refused: UNKNOWN_LAYER; OUTSIDE_COVERAGE where a clock would leave the covered years.
    """
    layer = layer_by_code(layer_code)
    moves: list[Moved] = []
    calendar = current_calendars()
    for batch in _batches(touched(layer, days), locked=True):
        news = recomputed(batch, calendar)
        lost = next((new for new in news if new.due_on is None), None)
        if lost is not None:
            bounds = calendar(lost.clock.calendar_key)
            raise Refused(
                Code.OUTSIDE_COVERAGE,
                day=lost.clock.due_on.isoformat(),
                first=bounds.first.isoformat(),
                last=bounds.last.isoformat(),
            )
        moves += write(news, now=now)
    announce_moved(moves, now)
    return moves


def current_calendars() -> Callable[[CalendarKey], WorkingCalendar]:
    """Return what gives the calendar of a clock as all layers stand now. One SQL query at once, few later."""
    # Every layer, not only the changed one: a moved due day may now cross a day
    # another layer changed earlier.
    versions = all_versions()

    @cache
    def calendar(key: CalendarKey) -> WorkingCalendar:
        place, institution_id, office_id, decreed = key
        return calendar_for(place, institution_id, decreed=decreed, versions=versions, office_id=office_id)

    return calendar


def write(news: Sequence[NewDue], *, now: datetime) -> list[Moved]:
    """Put new days into locked clocks in one statement, and pin their calendars; return those whose day
    moved.

    One that was announced as missed and whose term is not over by its new day is missed no more: a day that
    was decreed afterwards un-breaks it. What ended keeps how it was judged.
    """
    covered = [new for new in news if new.due_on]
    if covered:
        columns = [
            list(column)
            for column in zip(*((n.clock.id, n.due_on, n.due_at, n.stamp) for n in covered), strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [now, *columns])
    return [
        Moved(
            new.clock.id,
            new.clock.institution_id,
            new.clock.subject_type,
            new.clock.subject_id,
            new.clock.due_on,
            new.due_on,
            new.clock.missed_at is not None and new.due_at > now,
            new.clock.missed_at is not None and new.due_at <= now,
        )
        for new in covered
        if new.due_on and new.due_on != new.clock.due_on
    ]


def touched(layer: CalendarLayer, days: Sequence[date]) -> "QuerySet[Clock]":
    """Live clocks whose count may cross one of `days` and whose place uses the layer."""
    live = Q(state__in=[Clock.State.RUNNING, Clock.State.PAUSED])
    crossing = Q(due_on__gte=min(days), day0__lte=max(days)) if days else Q(pk__in=[])
    if layer.unit_id is not None:
        using = Q(institution_id=layer.institution_id, office_id=layer.unit_id)
    elif layer.institution_id is not None:
        using = Q(institution_id=layer.institution_id)
    else:
        # `CL:` at the start or after a blank: the stamp lists code:version pairs.
        using = Q(calendar_version__startswith=f"{layer.code}:") | Q(
            calendar_version__contains=f" {layer.code}:"
        )
    return Clock.objects.filter(live, crossing, using).order_by("pk")


def placed(institution_id: int, unit_id: int | None, place: str) -> "QuerySet[Clock]":
    """Live clocks that count on the days of `place` because it is the place of a
    unit; of the body, where `unit_id` is None.

    Those of a unit that says the same place of its own are none of the body's.
    1 SQL query for the units of the body.
    """
    units = units_placed_elsewhere(institution_id, place) if unit_id is None else [unit_id]
    having = Q(pk__in=[])
    for subject_type, ids in subjects_within(institution_id, units, or_none=unit_id is None).items():
        having |= Q(subject_type=subject_type, subject_id__in=ids)
    live = Q(state__in=[Clock.State.RUNNING, Clock.State.PAUSED])
    return Clock.objects.filter(live, having, institution_id=institution_id, place=place).order_by("pk")


def concerned(what: CalendarChange | CalendarPreview) -> "QuerySet[Clock]":
    """Live clocks that a change, made or only asked for, might move."""
    if what.layer is None:
        return placed(what.institution_id, what.unit_id, what.place_from)
    return touched(what.layer, what.dates)


def _batches(rows: "QuerySet[Clock]", *, locked: bool) -> Iterator[list[Live]]:
    last = 0
    wanted = rows.select_for_update(of=("self",)) if locked else rows
    while batch := live_rows(wanted.filter(pk__gt=last).values_list(*Live._fields)[:BATCH]):
        yield batch
        last = batch[-1].id


def all_versions() -> dict[str, int]:
    """Return the current version of every layer. One SQL query."""
    return dict(CalendarLayer.objects.values_list("code", "version"))


def _changed(
    code: str,
    key: CalendarKey,
    versions: Versions,
    added: Sequence[date],
    removed: Sequence[date],
    kind: str,
) -> WorkingCalendar:
    place, institution_id, office_id, decreed = key
    codes = layer_codes(place, institution_id, office_id)
    layers = {
        layer.code: layer
        for layer in load_layers({name: versions[name] for name in codes if name in versions})
    }
    mine = layers.get(code) or LayerDays(code, 0, None, None, ())
    kept = tuple((day, why) for day, why in mine.days if day not in removed)
    extra = tuple((day, DayOff("", kind, code)) for day in added)
    layers[code] = LayerDays(code, mine.version, mine.covers_from, mine.covers_to, kept + extra)
    return merge(layers.values(), decreed=decreed)
