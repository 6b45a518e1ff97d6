# SPDX-License-Identifier: EUPL-1.2
"""What a change of calendar does to running clocks: first shown, then applied."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from siac.clocks.domain.calendar import DayOff, LayerDays, WorkingCalendar, merge
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.registry import Moved, announce_moved
from siac.clocks.models import CalendarLayer, Clock
from siac.clocks.queries.calendars import Versions, calendar_for, layer_codes, load_layers
from siac.clocks.reckoning import term_of, write_term
from siac.kernel.errors import Refused

_BATCH = 2000


def preview_calendar_change(
    layer_code: str, *, added: Sequence[date] = (), removed: Sequence[date] = (), kind: str = "holiday"
) -> list[tuple[int, date, date]]:
    """Return (clock id, due day now, due day then) of each live clock that a change of days off would move.

    Nothing is written. `added` and `removed` are local dates of the layer.

    Raises:
        Refused: UNKNOWN_LAYER; OUTSIDE_COVERAGE where a clock would leave the covered years.
    """
    layer = CalendarLayer.objects.filter(code=layer_code).first()
    if layer is None:
        raise Refused(Code.UNKNOWN_LAYER, layer=layer_code)
    found = []
    versions = _all_versions()
    cache: dict[tuple[str, int, bool], WorkingCalendar] = {}
    for clock in _touched(layer, [*added, *removed]).iterator(chunk_size=_BATCH):
        key = (clock.place, clock.institution_id, clock.decreed)
        if key not in cache:
            cache[key] = _changed(layer_code, clock, versions, added, removed, kind)
        due_on = term_of(clock, cache[key]).due_on
        if due_on != clock.due_on:
            found.append((clock.pk, clock.due_on, due_on))
    return found


@transaction.atomic
def apply_calendar_change(layer_code: str, *, days: Sequence[date], now: datetime) -> list[Moved]:
    """Move the live clocks that the current version of a layer moves, and pin that version; return the moves.

    Called after `add_days` or `revoke_days`, in their transaction. Clocks are written in batches, and the owners
    of their subjects are told (`register_subject`).

    Raises:
        Refused: UNKNOWN_LAYER, OUTSIDE_COVERAGE.
    """
    layer = CalendarLayer.objects.filter(code=layer_code).first()
    if layer is None:
        raise Refused(Code.UNKNOWN_LAYER, layer=layer_code)
    moves: list[Moved] = []
    versions = _all_versions()
    for batch in _batches(_touched(layer, days).select_for_update()):
        for clock in batch:
            moves += _repin(clock, versions)
        Clock.objects.bulk_update(batch, ["due_on", "due_at", "calendar_version"], batch_size=_BATCH)
    announce_moved(moves, now)
    return moves


def _touched(layer: CalendarLayer, days: Sequence[date]) -> "QuerySet[Clock]":
    """Live clocks whose count may cross one of `days` and whose place uses the layer."""
    live = Q(state__in=[Clock.State.RUNNING, Clock.State.PAUSED])
    crossing = Q(due_on__gte=min(days), day0__lte=max(days)) if days else Q(pk__in=[])
    if layer.institution_id is not None:
        using = Q(institution_id=layer.institution_id)
    else:
        # `CL:` at the start or after a blank: the stamp lists code:version pairs.
        using = Q(calendar_version__startswith=f"{layer.code}:") | Q(
            calendar_version__contains=f" {layer.code}:"
        )
    return Clock.objects.filter(live, crossing, using).order_by("pk")


def _batches(rows: "QuerySet[Clock]") -> Iterator[list[Clock]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _all_versions() -> dict[str, int]:
    # Every layer, not only the changed one: a moved due day may now cross a day another layer changed earlier.
    return dict(CalendarLayer.objects.values_list("code", "version"))


def _repin(clock: Clock, versions: Versions) -> list[Moved]:
    calendar = calendar_for(clock.place, clock.institution_id, decreed=clock.decreed, versions=versions)
    before = clock.due_on
    write_term(clock, term_of(clock, calendar), calendar)
    if clock.due_on == before:
        return []
    return [Moved(clock.pk, clock.institution_id, clock.subject_type, clock.subject_id, before, clock.due_on)]


def _changed(
    code: str, clock: Clock, versions: Versions, added: Sequence[date], removed: Sequence[date], kind: str
) -> WorkingCalendar:
    used = {
        name: versions[name] for name in layer_codes(clock.place, clock.institution_id) if name in versions
    }
    layers = {layer.code: layer for layer in load_layers(used)}
    mine = layers.get(code) or LayerDays(code, 0, None, None, ())
    kept = tuple((day, why) for day, why in mine.days if day not in removed)
    extra = tuple((day, DayOff("", kind, code)) for day in added)
    layers[code] = LayerDays(code, mine.version, mine.covers_from, mine.covers_to, kept + extra)
    return merge(layers.values(), decreed=clock.decreed)
