# SPDX-License-Identifier: EUPL-1.2
"""Start, pause, extend and end clocks. The caller writes the journal: it knows what the clock is for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.computing import Term, extended_amount, wait
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import RuleBook
from siac.clocks.domain.specs import ClockSpec
from siac.clocks.domain.terms import Pause
from siac.clocks.models import Clock
from siac.clocks.queries.calendars import (
    Versions,
    calendar_for,
    layer_codes,
    layer_versions,
    place_of,
)
from siac.clocks.reckoning import (
    clock_from,
    pause_effect,
    pauses_of,
    rule_of,
    runs_since,
    term_of,
    term_of_spec,
    write_term,
)
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze

_S = Clock.State
LIVE = (_S.RUNNING, _S.PAUSED)
"""States in which a clock still counts."""


def versions_of_specs(specs: Iterable[ClockSpec]) -> dict[str, int]:
    """Return the versions that the calendars of clocks to be made have now (1 SQL)."""
    places = {(spec.place, spec.institution_id, spec.office_id) for spec in specs}
    return layer_versions({code for place in places for code in layer_codes(*place)})


def plan_clock(spec: ClockSpec, *, versions: Versions | None = None, book: RuleBook | None = None) -> Clock:
    """Return the clock that `spec` would start, unsaved; `planned.starting` saves it.

    One whose term has already ended starts running all the same: old registers are imported so.

    One SQL query, none with `versions` and a warm calendar.

    `book` names the rules of a body beside those of the law (`book_for`).

    Raises:
        Refused: UNKNOWN_RULE, RULE_NOT_IN_FORCE, RULE_WITHOUT_TERM, RULE_OF_ANOTHER_COUNTRY, UNKNOWN_PLACE,
            PLACE_WITHOUT_CALENDAR, UNKNOWN_CHANNEL, OUTSIDE_COVERAGE.
    """
    return clock_from(spec, _calendar_of_spec(spec, versions), book)


def plan_term(spec: ClockSpec, *, versions: Versions | None = None, book: RuleBook | None = None) -> Term:
    """Return the term of the clock that `spec` would start, without making the
    clock; costs and refuses as `plan_clock`.
    """
    return term_of_spec(spec, _calendar_of_spec(spec, versions), book)


def _calendar_of_spec(spec: ClockSpec, versions: Versions | None) -> WorkingCalendar:
    known = versions_of_specs([spec]) if versions is None else versions
    return calendar_for(
        spec.place, spec.institution_id, decreed=spec.decreed, versions=known, office_id=spec.office_id
    )


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
        clock
        for clock in _locked(clock_ids)
        if pause_effect(clock) != "none" and not Unit(clock.unit).is_exact
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
    last = clock.pauses[-1] if clock.pauses else {}
    since = date.fromisoformat(last.get("received_on") or last["answered_on"]) if last else clock.day0
    if asked_on < min(since, clock.event_on if not clock.pauses else since):
        raise Refused(Code.PAUSE_BEFORE_START, asked=asked_on.isoformat(), start=since.isoformat())


@transaction.atomic
def resume(
    clock_ids: Sequence[int], *, answered_on: date, now: datetime, reason: str = "", effect: str = ""
) -> list[Clock]:
    """Let paused clocks run on from `answered_on` (a local date); return those that were paused.

    What was used stays used, or the term begins again, as the rule says; `effect` (suspend, restart) is
    another that the rule has for what was asked. An answer on a day off counts as the law of the country says
    (Chile: from the next business day). Three SQL queries and the calendars.

    Raises:
        Refused: ANSWERED_BEFORE_ASKED, NOT_RUNNING.
    """
    paused = [clock for clock in _locked(clock_ids) if clock.state == _S.PAUSED]
    versions = current_versions(paused) if paused else {}
    for clock in paused:
        asked = clock.paused_on or clock.day0
        if answered_on < asked:
            raise Refused(
                Code.ANSWERED_BEFORE_ASKED, asked=asked.isoformat(), answered=answered_on.isoformat()
            )
        mark = wait(
            rule_book().general[place_of(clock.place).country],
            calendar_of_clock(clock, versions),
            max(asked, runs_since(clock)),
            max(answered_on, runs_since(clock)),
            mode=effect or pause_effect(clock),
            reason=squeeze(reason),
        )
        clock.pauses = [*clock.pauses, pause_row(mark)]
        clock.state, clock.paused_on = _S.RUNNING, None
        recompute(clock, versions)
    changed = ["state", "paused_on", "pauses", "due_on", "due_at", "calendar_version"]
    Clock.objects.bulk_update(paused, changed)
    return paused


def pause_row(mark: Pause) -> dict[str, str]:
    """Return a wait as the row of a clock keeps it."""
    received = {"received_on": mark.received_on.isoformat()} if mark.received_on else {}
    return {
        "asked_on": mark.asked_on.isoformat(),
        "answered_on": mark.answered_on.isoformat(),
        "mode": mark.mode,
        "reason": mark.reason,
    } | received


def current_versions(clocks: Iterable[Clock]) -> Versions:
    """Return the versions that the calendars of `clocks` have now (1 SQL)."""
    # A clock pins the calendar of its own span; a change beyond its due day left it alone, and counts now.
    places = {(clock.place, clock.institution_id, clock.office_id) for clock in clocks}
    return layer_versions({code for place in places for code in layer_codes(*place)})


def calendar_of_clock(clock: Clock, versions: Versions) -> WorkingCalendar:
    """Return the working calendar of a clock at some versions of its layers."""
    return calendar_for(
        clock.place,
        clock.institution_id,
        decreed=clock.decreed,
        versions=versions,
        office_id=clock.office_id,
    )


def recompute(clock: Clock, versions: Versions) -> None:
    """Compute the term of a clock anew and write it into its columns, unsaved."""
    calendar = calendar_of_clock(clock, versions)
    write_term(clock, term_of(clock, calendar), calendar)


@transaction.atomic
def extend(
    clock_id: int,
    *,
    reason: str,
    now: datetime,
    today: date,
    amount: Amount | None = None,
    until: date | None = None,
) -> Clock:
    """Give a clock its one extension: the whole amount grows, counted from the same start.

    `amount` is the whole length after it, or `until` the local day it then ends; without either, the rule's
    own length. `today` is the local date at the seat.

    Raises:
        Refused: REASON_MISSING, NOT_RUNNING, ALREADY_EXTENDED, TERM_HAS_ENDED, NOT_EXTENDABLE,
            EXTENSION_NEEDS_DAY, EXTENSION_DAY_OFF, EXTENSION_TOLD_LATE (past the day the rule gives to
            announce it), EXTENSION_TOO_SHORT (not longer, or past what the rule allows).
    """
    if not squeeze(reason):
        raise Refused(Code.REASON_MISSING)
    clock = Clock.objects.select_for_update().get(pk=clock_id)
    _check_extension(clock, today)
    calendar = calendar_of_clock(clock, current_versions([clock]))
    _check_announcement(clock, calendar, today)
    wanted = _amount_until(clock, calendar, until) if until else amount
    longer = extended_amount(rule_of(clock), Amount(clock.amount, Unit(clock.unit)), wanted or True)
    clock.extended_amount, clock.extended_at = longer.number, now
    clock.extension_reason = squeeze(reason)[:500]
    recompute(clock, current_versions([clock]))
    changed = ["extended_amount", "extended_at", "extension_reason", "due_on", "due_at", "calendar_version"]
    clock.save(update_fields=changed)
    return clock


def _check_extension(clock: Clock, today: date) -> None:
    if clock.state not in LIVE:
        raise Refused(Code.NOT_RUNNING)
    if clock.extended_at is not None:
        raise Refused(Code.ALREADY_EXTENDED)
    # A missed term is never extended: that would erase the breach (art. 26 Ley 19.880, art. 32 Ley 39/2015).
    if clock.state == _S.RUNNING and today > clock.due_on:
        raise Refused(Code.TERM_HAS_ENDED, due=clock.due_on.isoformat())


def _check_announcement(clock: Clock, calendar: WorkingCalendar, today: date) -> None:
    rule = rule_of(clock)
    notice = rule.extension.notice if rule and rule.extension else None
    if notice is not None:
        last = calendar.add_business(clock.day0, notice.number)
        if today > last:
            raise Refused(Code.EXTENSION_TOLD_LATE, until=f"{last:%d-%m-%Y}")


def _amount_until(clock: Clock, calendar: WorkingCalendar, until: date) -> Amount:
    """Return the whole length that makes a term end on `until`, pauses left out, in the unit of the clock."""
    if clock.unit != Unit.BUSINESS_DAYS:
        raise Refused(Code.BAD_AMOUNT, value=until.isoformat())
    if not calendar.is_business(until):
        raise Refused(Code.EXTENSION_DAY_OFF, day=f"{until:%d-%m-%Y}")
    waited = sum(calendar.business_between(pause.asked_on, pause.answered_on) for pause in pauses_of(clock))
    return Amount(max(calendar.business_between(clock.day0, until) - waited, 1), Unit.BUSINESS_DAYS)
