# SPDX-License-Identifier: EUPL-1.2
"""A change of calendar as staff make it: the day counts at once for new clocks,
the running ones follow as a job.

The job works in batches, each a transaction with its journal entries; whoever takes over from a dead worker
goes on behind the last batch, and no clock is moved twice.
"""

from collections.abc import Generator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from siac.clocks.bulk import Live, NewDue, live_rows, recomputed
from siac.clocks.commands.calendar import add_days, revoke_days
from siac.clocks.commands.moves import BATCH, concerned, current_calendars, write
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.registry import Moved, announce_moved, lock_subjects
from siac.clocks.models import CalendarChange, CalendarLayer, Clock, ClockMove
from siac.infra.jobs import LONG
from siac.infra.longwork import Line, Step, TimeSource, begin, finish
from siac.journal.public import record
from siac.kernel.text import squeeze
from siac.kernel.work_states import WorkState

LINE = Line(CalendarChange, "clocks.follow_calendar", "change_id", queue=LONG, related=("layer",))
_NOTE = """
INSERT INTO clocks_clockmove (change_id, institution_id, clock_id, subject_type, subject_id, label, due_from,
  due_to)
SELECT %s, v.* FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::date[],
  %s::date[]) AS v
"""


@transaction.atomic
def begin_adding(
    *,
    layer_code: str,
    days: Sequence[date],
    name: str,
    kind: str,
    source: str,
    reason: str,
    institution_id: int,
    actor_id: int | None,
    now: datetime,
) -> CalendarChange:
    """Add days off and start the job that moves every live clock they touch.

    Raises:
        Refused: as `add_days`; nothing is changed then.
    """
    layer = add_days(
        layer_code=layer_code,
        days=days,
        name=name,
        kind=kind,
        source=source,
        reason=reason,
        institution_id=institution_id,
        actor_id=actor_id,
        now=now,
    )
    action = CalendarChange.Action.ADDED
    return _begin(layer, action, days, name, reason, institution_id, actor_id, now)


@transaction.atomic
def begin_revoking(
    *,
    layer_code: str,
    days: Sequence[date],
    name: str,
    reason: str,
    institution_id: int,
    actor_id: int | None,
    now: datetime,
) -> CalendarChange:
    """Revoke days off and start the job that moves every live clock they touch;
    `name` is what the day was called.

    Raises:
        Refused: as `revoke_days`; nothing is changed then.
    """
    layer = revoke_days(
        layer_code=layer_code,
        days=days,
        reason=reason,
        institution_id=institution_id,
        actor_id=actor_id,
        now=now,
    )
    action = CalendarChange.Action.REVOKED
    return _begin(layer, action, days, name, reason, institution_id, actor_id, now)


def _begin(
    layer: CalendarLayer,
    action: str,
    days: Sequence[date],
    name: str,
    reason: str,
    institution_id: int,
    actor_id: int | None,
    now: datetime,
) -> CalendarChange:
    change = CalendarChange(
        institution_id=institution_id,
        layer=layer,
        action=action,
        days=[day.isoformat() for day in sorted(set(days))],
        name=squeeze(name)[:120],
        reason=squeeze(reason)[:300],
        created_by_id=actor_id,
        created_at=now,
    )
    return start_moving(change)


def start_moving(change: CalendarChange) -> CalendarChange:
    """Save a new change and start the job that moves its clocks; one that concerns none is done."""
    change.total = concerned(change).count()
    if change.total:
        return begin(LINE, change, now=change.created_at, refusal=Code.CHANGE_NOT_FAILED)
    change.state, change.begun_at, change.ended_at = WorkState.DONE, change.created_at, change.created_at
    change.save()
    return change


@transaction.atomic
def go_on(*, change_id: int, institution_id: int, now: datetime) -> CalendarChange:
    """Start the job of an interrupted change again; it goes on where it stopped.

    Raises:
        Refused: it is not interrupted (calendar_change_not_failed).
    """
    change = CalendarChange.objects.select_for_update().get(pk=change_id, institution_id=institution_id)
    return begin(LINE, change, now=now, refusal=Code.CHANGE_NOT_FAILED)


def following(change: CalendarChange, clock: TimeSource) -> Generator[Step[CalendarChange], Any, None]:
    """Move the running clocks of a change of calendar; begun again by the next worker if this one dies."""
    while (yield move_batch):
        continue


def move_batch(change: CalendarChange, now: datetime) -> bool:
    """Move the next clocks of a change and write down which; return whether there may be more.

    The subjects are locked before their clocks, as every command does, so that no two wait for each other.
    """
    pending = _pending(change)
    ahead = list(
        pending.filter(pk__gt=change.position).values_list("pk", "subject_type", "subject_id")[:BATCH]
    )
    if not ahead:
        return _turn(change, now)
    lock_subjects((subject_type, subject_id) for _, subject_type, subject_id in ahead)
    chosen = pending.filter(pk__in=[pk for pk, _, _ in ahead]).select_for_update(of=("self",))
    rows = live_rows(chosen.values_list(*Live._fields))
    if change.layer is None:
        rows = [row._replace(place=change.place_to) for row in rows]
    news = recomputed(rows, current_calendars())
    moves = write(news, now=now)
    if change.layer is None:
        Clock.objects.filter(pk__in=[new.clock.id for new in news if new.due_on]).update(
            place=change.place_to
        )
    announce_moved(moves, now)
    _note(change, news, moves)
    change.position = ahead[-1][0]
    change.done += len(news)
    change.save(update_fields=["position", "done", "moved", "left"])
    return True


def _pending(change: CalendarChange) -> "QuerySet[Clock]":
    """Live clocks that the change touches and that do not yet count as it says."""
    done = ClockMove.objects.filter(change=change, clock_id=OuterRef("pk"))
    rows = concerned(change).filter(~Exists(done))
    layer = change.layer
    if layer is None:
        return rows
    return rows.exclude(calendar_version__regex=rf"(^| ){layer.code}:{layer.version}( |$)")


def _turn(change: CalendarChange, now: datetime) -> bool:
    """Look once more from the start, for clocks saved meanwhile on the old calendar; then end the change."""
    if change.position:
        change.position = 0
        change.save(update_fields=["position"])
        return True
    finish(change, now)
    data = {"change": change.pk, "moved": change.moved, "left": change.left}
    if change.layer is None:
        stream = f"institution:{change.institution_id}"
    else:
        stream = f"calendar:{change.layer.code}"
        # The layer's row is what stands for its chain: edits of it and the end
        # of a change must not write at once.
        CalendarLayer.objects.select_for_update(no_key=True).get(code=change.layer.code)
    record(change.institution_id, stream, "calendar.clocks_moved", now, change.created_by_id, data)
    return False


def _note(change: CalendarChange, news: Sequence[NewDue], moves: Sequence[Moved]) -> None:
    moved = {move.clock_id for move in moves}
    rows = [new for new in news if new.clock.id in moved or new.due_on is None]
    columns: list[Any] = [
        [new.clock.institution_id for new in rows],
        [new.clock.id for new in rows],
        [new.clock.subject_type for new in rows],
        [new.clock.subject_id for new in rows],
        [new.clock.label for new in rows],
        [new.clock.due_on for new in rows],
        [new.due_on for new in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [change.pk, *columns])
    change.moved += len(moved)
    change.left += len(rows) - len(moved)
