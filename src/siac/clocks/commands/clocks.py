# SPDX-License-Identifier: EUPL-1.2
"""Start, pause, extend and end clocks. The caller writes the journal: it knows what the clock is for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.computing import extended_amount
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.registry import announce_missed
from siac.clocks.domain.specs import ClockSpec
from siac.clocks.domain.terms import Pause
from siac.clocks.models import Clock
from siac.clocks.queries.calendars import (
    Versions,
    calendar_for,
    layer_codes,
    layer_versions,
)
from siac.clocks.reckoning import clock_from, pause_effect, rule_of, term_of, write_term
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze

_S = Clock.State
_LIVE = (_S.RUNNING, _S.PAUSED)


def _versions_for(specs: Iterable[ClockSpec]) -> dict[str, int]:
    places = {(spec.place, spec.institution_id) for spec in specs}
    return layer_versions({code for place, owner in places for code in layer_codes(place, owner)})


def plan_clock(spec: ClockSpec, *, versions: Versions | None = None) -> Clock:
    """Return the clock that `spec` would start, unsaved. One SQL query, none with `versions` and a warm calendar.

    Raises:
        Refused: as `start_clocks`.
    """
    known = _versions_for([spec]) if versions is None else versions
    calendar = calendar_for(spec.place, spec.institution_id, decreed=spec.decreed, versions=known)
    return clock_from(spec, calendar)


@transaction.atomic
def start_clocks(specs: Sequence[ClockSpec], *, now: datetime) -> list[Clock]:
    """Start any number of clocks with one insert (and one query for the versions of their calendars).

    A clock whose term has already ended by `now` starts running all the same: old registers are imported so.

    Raises:
        Refused: UNKNOWN_RULE, RULE_NOT_IN_FORCE, RULE_WITHOUT_TERM, RULE_OF_ANOTHER_COUNTRY, UNKNOWN_PLACE,
            PLACE_WITHOUT_CALENDAR, UNKNOWN_CHANNEL, OUTSIDE_COVERAGE. Nothing is started then.
    """
    if not specs:
        return []
    versions = _versions_for(specs)
    return Clock.objects.bulk_create([plan_clock(spec, versions=versions) for spec in specs], batch_size=1000)


def _locked(clock_ids: Iterable[int]) -> list[Clock]:
    return list(Clock.objects.select_for_update().filter(pk__in=list(clock_ids)).order_by("pk"))


@transaction.atomic
def pause(clock_ids: Sequence[int], *, asked_on: date, now: datetime) -> list[Clock]:
    """Stop clocks while the person is asked for something; return those that stopped.

    A clock whose rule does not stop for that keeps running and is left out of the list. `asked_on`, a local
    date, is the day the request was notified; it still counts. Two SQL queries.

    Raises:
        Refused: NOT_RUNNING, ALREADY_PAUSED, TERM_HAS_ENDED, PAUSE_BEFORE_START.
    """
    stopped = [
        clock for clock in _locked(clock_ids) if pause_effect(clock) != "none" and clock.unit != Unit.HOURS
    ]
    for clock in stopped:
        _check_pause(clock, asked_on)
        clock.state, clock.paused_on = _S.PAUSED, asked_on
    Clock.objects.bulk_update(stopped, ["state", "paused_on"])
    return stopped


def _check_pause(clock: Clock, asked_on: date) -> None:
    if clock.state == _S.PAUSED:
        raise Refused(Code.ALREADY_PAUSED, since=str(clock.paused_on))
    if clock.state != _S.RUNNING:
        raise Refused(Code.NOT_RUNNING)
    if asked_on > clock.due_on:
        raise Refused(Code.TERM_HAS_ENDED, due=clock.due_on.isoformat())
    since = date.fromisoformat(clock.pauses[-1]["answered_on"]) if clock.pauses else clock.day0
    if asked_on < min(since, clock.event_on if not clock.pauses else since):
        raise Refused(Code.PAUSE_BEFORE_START, asked=asked_on.isoformat(), start=since.isoformat())


@transaction.atomic
def resume(clock_ids: Sequence[int], *, answered_on: date, now: datetime, reason: str = "") -> list[Clock]:
    """Let paused clocks run on from `answered_on` (a local date); return those that were paused.

    What was used stays used, or the term begins again, as the rule says. Three SQL queries and the calendars.

    Raises:
        Refused: ANSWERED_BEFORE_ASKED, NOT_RUNNING.
    """
    paused = [clock for clock in _locked(clock_ids) if clock.state == _S.PAUSED]
    versions = _current(paused) if paused else {}
    for clock in paused:
        asked = clock.paused_on or clock.day0
        mark = Pause(
            max(asked, clock.day0), max(answered_on, clock.day0), pause_effect(clock), squeeze(reason)
        )
        if answered_on < asked:
            raise Refused(
                Code.ANSWERED_BEFORE_ASKED, asked=asked.isoformat(), answered=answered_on.isoformat()
            )
        clock.pauses = [*clock.pauses, _pause_row(mark)]
        clock.state, clock.paused_on = _S.RUNNING, None
        _recompute(clock, versions)
    changed = ["state", "paused_on", "pauses", "due_on", "due_at", "calendar_version"]
    Clock.objects.bulk_update(paused, changed)
    return paused


def _pause_row(mark: Pause) -> dict[str, str]:
    return {
        "asked_on": mark.asked_on.isoformat(),
        "answered_on": mark.answered_on.isoformat(),
        "mode": mark.mode,
        "reason": mark.reason,
    }


def _current(clocks: Iterable[Clock]) -> Versions:
    # A clock pins the calendar of its own span; a change beyond its due day left it alone, and counts now.
    places = {(clock.place, clock.institution_id) for clock in clocks}
    return layer_versions({code for place, owner in places for code in layer_codes(place, owner)})


def _calendar(clock: Clock, versions: Versions) -> WorkingCalendar:
    return calendar_for(clock.place, clock.institution_id, decreed=clock.decreed, versions=versions)


def _recompute(clock: Clock, versions: Versions) -> None:
    calendar = _calendar(clock, versions)
    write_term(clock, term_of(clock, calendar), calendar)


@transaction.atomic
def extend(clock_id: int, *, reason: str, now: datetime, today: date, amount: Amount | None = None) -> Clock:
    """Give a clock its one extension: the whole amount grows, counted from the same start.

    `amount` is the whole length after it; without one, the rule's. `today` is the local date at the seat.

    Raises:
        Refused: REASON_MISSING, NOT_RUNNING, ALREADY_EXTENDED, TERM_HAS_ENDED, NOT_EXTENDABLE,
            EXTENSION_TOO_SHORT (not longer, or past what the rule allows).
    """
    if not squeeze(reason):
        raise Refused(Code.REASON_MISSING)
    clock = Clock.objects.select_for_update().get(pk=clock_id)
    _check_extension(clock, today)
    longer = extended_amount(rule_of(clock), Amount(clock.amount, Unit(clock.unit)), amount or True)
    clock.extended_amount, clock.extended_at = longer.number, now
    clock.extension_reason = squeeze(reason)[:500]
    _recompute(clock, _current([clock]))
    changed = ["extended_amount", "extended_at", "extension_reason", "due_on", "due_at", "calendar_version"]
    clock.save(update_fields=changed)
    return clock


def _check_extension(clock: Clock, today: date) -> None:
    if clock.state not in _LIVE:
        raise Refused(Code.NOT_RUNNING)
    if clock.extended_at is not None:
        raise Refused(Code.ALREADY_EXTENDED)
    # A missed term is never extended: that would erase the breach (art. 26 Ley 19.880, art. 32 Ley 39/2015).
    if clock.state == _S.RUNNING and today > clock.due_on:
        raise Refused(Code.TERM_HAS_ENDED, due=clock.due_on.isoformat())


@transaction.atomic
def finish(
    *,
    institution_id: int,
    subject_type: str,
    subject_ids: Sequence[int],
    kinds: Sequence[str] | None = None,
    on: date,
    now: datetime,
) -> list[Clock]:
    """End the live clocks of subjects as met or missed on the local date `on`; return them.

    `kinds` None ends every kind. A clock is met up to and including its due day, and while it waits for the
    person. `days_late` counts business days. Two SQL queries, one more if any is late; whoever asked
    through `on_missed` hears of each miss once.
    """
    clocks = _live_of(institution_id, subject_type, subject_ids, kinds)
    late = [clock for clock in clocks if clock.state != _S.PAUSED and not _in_time(clock, on, now)]
    versions = _current(late) if late else {}
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
    if clock.unit == Unit.HOURS and on == now.astimezone(ZoneInfo(clock.time_zone)).date():
        return now <= clock.due_at
    return on <= clock.due_on


def _days_late(clock: Clock, on: date, versions: Versions) -> int:
    calendar = _calendar(clock, versions)
    if on > calendar.last:
        raise Refused(
            Code.OUTSIDE_COVERAGE, day=on.isoformat(), first=str(calendar.first), last=str(calendar.last)
        )
    return min(calendar.business_between(clock.due_on, on), 32767)


def _live_of(
    institution_id: int, subject_type: str, subject_ids: Sequence[int], kinds: Sequence[str] | None
) -> list[Clock]:
    wanted = Q(institution_id=institution_id, subject_type=subject_type, subject_id__in=list(subject_ids))
    if kinds is not None:
        wanted &= Q(kind__in=list(kinds))
    return list(Clock.objects.select_for_update().filter(wanted, state__in=_LIVE).order_by("pk"))


@transaction.atomic
def cancel(
    *,
    institution_id: int,
    subject_type: str,
    subject_ids: Sequence[int],
    kinds: Sequence[str] | None = None,
    now: datetime,
) -> int:
    """End the live clocks of subjects without judging them (withdrawn, referred outside); return how many."""
    clocks = [clock.pk for clock in _live_of(institution_id, subject_type, subject_ids, kinds)]
    return Clock.objects.filter(pk__in=clocks).update(state=_S.CANCELLED, paused_on=None, ended_at=now)


@transaction.atomic
def settle_overdue(now: datetime, *, limit: int = 5000) -> int:
    """Announce the running clocks whose term has ended and was not yet announced; return how many.

    The clocks keep running: the body must still answer. Each is announced once, whoever runs this at the same
    time (rows are locked, locked ones skipped). Two SQL queries and what the hooks do.
    """
    due = Q(state=_S.RUNNING, due_at__lte=now, missed_at__isnull=True)
    clocks = list(
        Clock.objects.select_for_update(skip_locked=True).filter(due).order_by("due_at", "pk")[:limit]
    )
    if clocks:
        Clock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(missed_at=now)
        for clock in clocks:
            clock.missed_at = now
        announce_missed(clocks, now)
    return len(clocks)
