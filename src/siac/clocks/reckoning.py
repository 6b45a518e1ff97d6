# SPDX-License-Identifier: EUPL-1.2
"""Between the Clock row and the rules: read a row as a term, write a term into a row."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.computing import (
    Event,
    Term,
    amount_of,
    rule_for,
    start_of_event,
    term_from,
)
from siac.clocks.domain.own import is_own
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.rules import Rule, RuleBook
from siac.clocks.domain.specs import ClockSpec
from siac.clocks.domain.starts import Start
from siac.clocks.domain.terms import SUSPEND, Pause
from siac.clocks.models import Clock
from siac.clocks.queries.calendars import place_of
from siac.clocks.queries.own_rules import own_rule


def rule_of(clock: Clock) -> Rule | None:
    """Return the rule version a clock pins, or None for a bare amount."""
    if is_own(clock.rule_id):
        return own_rule(clock.rule_id, clock.rule_version)
    return rule_book().exactly(clock.rule_id, clock.rule_version) if clock.rule_id else None


def pause_effect(clock: Clock) -> str:
    """Return what asking the person does to a clock: none, suspend or restart. A bare amount suspends."""
    rule = rule_of(clock)
    return rule.pause_effect if rule else SUSPEND


def pauses_of(clock: Clock) -> tuple[Pause, ...]:
    """Return the closed pauses of a clock."""
    return tuple(
        Pause(
            date.fromisoformat(p["asked_on"]),
            date.fromisoformat(p["answered_on"]),
            p["mode"],
            p["reason"],
            date.fromisoformat(p["received_on"]) if p.get("received_on") else None,
        )
        for p in clock.pauses
    )


def term_of(clock: Clock, calendar: WorkingCalendar) -> Term:
    """Recompute the term of a clock from its own columns on a calendar.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    unit = Unit(clock.unit)
    zone = ZoneInfo(clock.time_zone)
    started = clock.started_at.astimezone(zone)
    return term_from(
        calendar,
        rule=rule_of(clock),
        amount=Amount(clock.amount, unit),
        extended=Amount(clock.extended_amount, unit) if clock.extended_amount else None,
        country=place_of(clock.place).country,
        event=Event(clock.event_on, zone, started.time()),
        start=Start(clock.day0, clock.start_reason),
        pauses=pauses_of(clock),
    )


def runs_since(clock: Clock) -> date:
    """Return the local day from which a clock runs now: its day 0, or that of the last answer it
    waited for.
    """
    return max([clock.day0, *(pause.answered_on for pause in pauses_of(clock))])


def write_term(clock: Clock, term: Term, calendar: WorkingCalendar) -> None:
    """Put a computed term into the columns of a clock, with the calendar versions it used."""
    clock.day0, clock.start_reason = term.start.day0, term.start.why[:250]
    clock.due_on, clock.due_at = term.due_on, term.due_at
    clock.calendar_version = calendar.stamp


def term_of_spec(spec: ClockSpec, calendar: WorkingCalendar, book: RuleBook | None = None) -> Term:
    """Return the term that a spec asks for, by the rules of the law or those of `book`.

    Raises:
        Refused: unknown or not yet valid rule, no term, another country, unknown channel, uncovered dates.
    """
    zone = ZoneInfo(spec.time_zone)
    country = place_of(spec.place).country
    local: datetime = spec.event_at.astimezone(zone)
    event = Event(local.date(), zone, local.time(), spec.channel, spec.closes_at, spec.begun_on)
    known = book or rule_book()
    rule = rule_for(known, spec.rule_id, country, event) if spec.rule_id else None
    amount = spec.amount or amount_of(rule)
    start = start_of_event(rule, known.general[country], calendar, event)
    calendar.check_claimed(start.day0)
    return term_from(
        calendar,
        rule=rule,
        amount=amount,
        extended=None,
        country=country,
        event=event,
        start=start,
        pauses=(),
    )


def clock_from(spec: ClockSpec, calendar: WorkingCalendar, book: RuleBook | None = None) -> Clock:
    """Return the unsaved clock of a spec.

    Raises:
        Refused: as `term_of_spec`.
    """
    term = term_of_spec(spec, calendar, book)
    clock = Clock(
        institution_id=spec.institution_id,
        subject_type=spec.subject_type,
        subject_id=spec.subject_id,
        kind=spec.kind,
        source=spec.source,
        label=spec.label,
        rule_id=term.rule.id if term.rule else "",
        rule_version=term.rule.version if term.rule else 0,
        place=spec.place,
        office_id=spec.office_id,
        time_zone=spec.time_zone,
        decreed=spec.decreed,
        amount=term.amount.number,
        unit=term.amount.unit.value,
        event_on=term.event_on,
        started_at=spec.event_at,
    )
    write_term(clock, term, calendar)
    return clock
