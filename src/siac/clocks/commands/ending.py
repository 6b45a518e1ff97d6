# SPDX-License-Identifier: EUPL-1.2
"""End clocks as met or missed, take them back without judging, and announce misses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from siac.clocks.commands.clocks import (
    LIVE,
    calendar_of_clock,
    current_versions,
    pause_row,
    plan_clock,
    recompute,
    versions_of_specs,
)
from siac.clocks.domain.amounts import Unit
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.registry import (
    Moved,
    announce_missed,
    announce_missed_moved,
    announce_unmissed,
    lock_subjects,
)
from siac.clocks.domain.specs import ClockSpec
from siac.clocks.domain.terms import Pause
from siac.clocks.models import Clock
from siac.clocks.queries.calendars import (
    Versions,
)
from siac.clocks.reckoning import pause_effect, runs_since
from siac.kernel.errors import Refused

_S = Clock.State


@transaction.atomic
def finish(
    *,
    institution_id: int,
    subject_type: str,
    subject_ids: Sequence[int],
    kinds: Sequence[str] | None = None,
    sources: Sequence[str] | None = None,
    on: date,
    now: datetime,
) -> list[Clock]:
    """End the live clocks of subjects as met or missed on the local date `on`; return them.

    `kinds` and `sources` narrow which ones; None leaves them all in. A clock is met up to and including its
    due day, and while it waits for the person. `days_late` counts business days. Two SQL queries, one more if
    any is late; whoever asked through `on_missed` hears of each miss once.
    """
    clocks = _live_of(institution_id, subject_type, subject_ids, kinds, sources)
    late = [clock for clock in clocks if clock.state != _S.PAUSED and not _in_time(clock, on, now)]
    versions = current_versions(late) if late else {}
    for clock in clocks:
        clock.state, clock.paused_on, clock.ended_at = _S.MET, None, now
    for clock in late:
        clock.state, clock.days_late = _S.MISSED, _days_late(clock, on, versions)
    fresh = [clock for clock in late if clock.missed_at is None]
    for clock in fresh:
        clock.missed_at = now
    Clock.objects.bulk_update(clocks, ["state", "paused_on", "ended_at", "days_late", "missed_at"])
    announce_missed(fresh, now)
    return clocks


def _in_time(clock: Clock, on: date, now: datetime) -> bool:
    if Unit(clock.unit).is_exact and on == now.astimezone(ZoneInfo(clock.time_zone)).date():
        return now <= clock.due_at
    return on <= clock.due_on


def _days_late(clock: Clock, on: date, versions: Versions) -> int:
    calendar = calendar_of_clock(clock, versions)
    if on > calendar.last:
        raise Refused(
            Code.OUTSIDE_COVERAGE, day=on.isoformat(), first=str(calendar.first), last=str(calendar.last)
        )
    return min(calendar.business_between(clock.due_on, on), 32767)


def _live_of(
    institution_id: int,
    subject_type: str,
    subject_ids: Sequence[int],
    kinds: Sequence[str] | None,
    sources: Sequence[str] | None = None,
) -> list[Clock]:
    wanted = Q(institution_id=institution_id, subject_type=subject_type, subject_id__in=list(subject_ids))
    if kinds is not None:
        wanted &= Q(kind__in=list(kinds))
    if sources is not None:
        wanted &= Q(source__in=list(sources))
    return list(Clock.objects.select_for_update().filter(wanted, state__in=LIVE).order_by("pk"))


@transaction.atomic
def cancel(
    *,
    institution_id: int,
    subject_type: str,
    subject_ids: Sequence[int],
    kinds: Sequence[str] | None = None,
    sources: Sequence[str] | None = None,
    now: datetime,
) -> int:
    """End the live clocks of subjects without judging them (withdrawn, referred outside); return how many.

    An open wait is written down as one that lasts until then, so that `revive` loses nothing.
    """
    clocks = _live_of(institution_id, subject_type, subject_ids, kinds, sources)
    for clock in clocks:
        if clock.paused_on is not None:
            today = now.astimezone(ZoneInfo(clock.time_zone)).date()
            mark = Pause(
                max(clock.paused_on, runs_since(clock)),
                max(today, runs_since(clock)),
                pause_effect(clock),
                "sin efecto",
            )
            clock.pauses = [*clock.pauses, pause_row(mark)]
        clock.state, clock.paused_on, clock.ended_at = _S.CANCELLED, None, now
    Clock.objects.bulk_update(clocks, ["state", "paused_on", "ended_at", "pauses"])
    return len(clocks)


@transaction.atomic
def begin_ended(ended: Sequence[tuple[ClockSpec, datetime]], *, now: datetime) -> list[Clock]:
    """Save the clocks of what was over when somebody wrote it down, each with the moment at which it ended;
    return them, met or missed.

    Of a term that the calendar does not claim there is no clock. Two SQL queries, two more if any is late;
    whoever asked through `on_missed` hears of each miss.
    """
    if not ended:
        return []
    clocks = _judged(ended, now)
    Clock.objects.bulk_create(clocks)
    announce_missed([clock for clock in clocks if clock.state == _S.MISSED], now)
    return clocks


def _judged(ended: Sequence[tuple[ClockSpec, datetime]], now: datetime) -> list[Clock]:
    """Return the clocks, unsaved, of what is over, each met or missed; none of a term, or of an end, that the
    calendar does not claim (1 SQL).
    """
    versions = versions_of_specs(spec for spec, _ in ended)
    clocks = []
    for spec, ended_at in ended:
        try:
            clock = plan_clock(spec, versions=versions)
            clock.state, clock.ended_at = _S.MET, ended_at
            ended_on = ended_at.astimezone(ZoneInfo(clock.time_zone)).date()
            if not _in_time(clock, ended_on, ended_at):
                clock.state, clock.missed_at = _S.MISSED, now
                clock.days_late = _days_late(clock, ended_on, versions)
        except Refused as refused:
            if refused.code != Code.OUTSIDE_COVERAGE:
                raise
            continue
        clocks.append(clock)
    return clocks


@transaction.atomic
def judge_anew(
    *,
    institution_id: int,
    subject_type: str,
    subject_id: int,
    ended: Sequence[tuple[ClockSpec, datetime]],
    now: datetime,
) -> None:
    """Judge a subject again whose clocks were over when somebody wrote it down: it was written down wrong.

    What was missed and is missed all the same stays the same clock, with the moment at which it was
    announced; whoever asked through `on_missed_moved` hears of its new day. The others are taken back as
    `retract` does, and begun as `begin_ended` does. 3 SQL, 1 for each that stays missed, and what they do.
    """
    fresh = _judged(ended, now) if ended else []
    missed = {clock.source: clock for clock in fresh if clock.state == _S.MISSED}
    clocks = _standing(institution_id, subject_type, [subject_id])
    stay = {clock.source: clock for clock in clocks if clock.missed_at is not None and clock.source in missed}
    _take_back([clock for clock in clocks if stay.get(clock.source) is not clock], now)
    for source, clock in stay.items():
        missed[source].pk, missed[source].missed_at = clock.pk, clock.missed_at
        missed[source].save(force_update=True)
    begun = [clock for clock in fresh if clock.pk is None]
    Clock.objects.bulk_create(begun)
    announce_missed([clock for clock in begun if clock.state == _S.MISSED], now)
    announce_missed_moved(
        [
            Moved(
                clock.pk, institution_id, subject_type, subject_id, clock.due_on, missed[source].due_on,
                is_missed=True,
            )
            for source, clock in stay.items()
            if clock.due_on != missed[source].due_on
        ],
        now,
    )  # fmt: skip


@transaction.atomic
def retract(*, institution_id: int, subject_type: str, subject_ids: Sequence[int], now: datetime) -> None:
    """Take back the clocks of subjects, those that were judged too: what they rested on was written down
    wrong. Whoever asked through `on_unmissed` hears of each miss that is none (2 SQL, and what they do).
    """
    _take_back(_standing(institution_id, subject_type, subject_ids), now)


def _standing(institution_id: int, subject_type: str, subject_ids: Sequence[int]) -> list[Clock]:
    rows = Clock.objects.select_for_update().filter(
        institution_id=institution_id, subject_type=subject_type, subject_id__in=list(subject_ids)
    )
    return list(rows.exclude(state=_S.CANCELLED).order_by("pk"))


def _take_back(clocks: Sequence[Clock], now: datetime) -> None:
    missed = [clock.pk for clock in clocks if clock.missed_at is not None]
    for clock in clocks:
        clock.state, clock.paused_on, clock.missed_at = _S.CANCELLED, None, None
        clock.ended_at = clock.ended_at or now
    Clock.objects.bulk_update(clocks, ["state", "paused_on", "ended_at", "missed_at"])
    announce_unmissed(missed, now)


def lock_clocks(*, institution_id: int, subject_type: str, subject_ids: Sequence[int]) -> None:
    """Lock all clocks of subjects, the lowest id first (1 SQL): whoever changes those of several does
    this before the first change.
    """
    wanted = {"institution_id": institution_id, "subject_type": subject_type, "subject_id__in": subject_ids}
    list(Clock.objects.select_for_update().filter(**wanted).order_by("pk").values_list("pk"))


@transaction.atomic
def revive(
    *, institution_id: int, subject_type: str, subject_id: int, since: datetime, now: datetime
) -> list[Clock]:
    """Let the clocks that were cancelled at `since` run again as if they never had been; return them.

    The time between counts: a body that ended a case by mistake does not gain days. Three SQL queries.
    """
    clocks = list(
        Clock.objects.select_for_update()
        .filter(
            institution_id=institution_id,
            subject_type=subject_type,
            subject_id=subject_id,
            state=_S.CANCELLED,
            ended_at=since,
        )
        .order_by("pk")
    )
    versions = current_versions(clocks) if clocks else {}
    for clock in clocks:
        clock.state, clock.ended_at = _S.RUNNING, None
        recompute(clock, versions)
    Clock.objects.bulk_update(clocks, ["state", "ended_at", "due_on", "due_at", "calendar_version"])
    return clocks


@dataclass(frozen=True, slots=True)
class Overdue:
    """A running clock whose term has ended and was not yet announced."""

    pk: int
    institution_id: int
    subject_type: str
    subject_id: int


def overdue(now: datetime, *, limit: int, besides: Collection[int] = ()) -> list[Overdue]:
    """Return the clocks whose term has ended and was not yet announced, the earliest first, without those of
    the keys `besides` (1 SQL).
    """
    rows = _unannounced(now).exclude(pk__in=besides) if besides else _unannounced(now)
    fields = ("pk", "institution_id", "subject_type", "subject_id")
    return [Overdue(*row) for row in rows.order_by("due_at", "pk").values_list(*fields)[:limit]]


def _unannounced(now: datetime) -> QuerySet[Clock]:
    return Clock.objects.filter(state=_S.RUNNING, due_at__lte=now, missed_at__isnull=True)


@transaction.atomic
def announce_overdue(ahead: Sequence[Overdue], *, now: datetime) -> int:
    """Announce clocks whose term has ended; return how many.

    The clocks keep running: the body must still answer. Each is announced once, whoever runs this at the same
    time: the subjects are locked before their clocks, as every command does, and what was announced or ended
    meanwhile is passed over. Two SQL queries, the locks of the subjects and what the hooks do.
    """
    lock_subjects((each.subject_type, each.subject_id) for each in ahead)
    keys = [each.pk for each in ahead]
    clocks = list(_unannounced(now).filter(pk__in=keys).select_for_update().order_by("pk"))
    if clocks:
        Clock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(missed_at=now)
        for clock in clocks:
            clock.missed_at = now
        announce_missed(clocks, now)
    return len(clocks)


@transaction.atomic
def settle_overdue(now: datetime, *, limit: int = 200) -> int:
    """Announce the first `limit` clocks whose term has ended, all in one transaction; return how many were
    due. One more SQL query than `announce_overdue`.
    """
    ahead = overdue(now, limit=limit)
    if ahead:
        announce_overdue(ahead, now=now)
    return len(ahead)
