# SPDX-License-Identifier: EUPL-1.2
"""From an event to a computed term: which rule, which day 0, which due day and instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import Rule, RuleBook
from siac.clocks.domain.starts import OFFICIAL, Start, StartPolicy, answer_of, start_of
from siac.clocks.domain.terms import Pause, due, due_instant, end_of
from siac.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Event:
    """What starts a term: the local date and time at the seat, the channel, and the seat's clock.

    `at` None: the hour is not known and never shifts anything. `channel` None: a bare amount is
    not shifted, and a procedure is one that the body began itself. `begun_on`: when the
    procedure began, which chooses some rules.
    """

    on: date
    zone: ZoneInfo
    at: time | None = None
    channel: str | None = None
    closes_at: time | None = None
    begun_on: date | None = None

    @property
    def instant(self) -> datetime:
        """The event as an aware instant; without an hour, the first moment of its day."""
        return datetime.combine(self.on, self.at or time.min, self.zone)


@dataclass(frozen=True, slots=True)
class Term:
    """A computed term. `due_at` is the instant it ends (24:00 local of `due_on`, or an hour), in UTC."""

    rule: Rule | None
    amount: Amount
    extended: Amount | None
    country: str
    event_on: date
    start: Start
    due_on: date
    due_at: datetime
    nominal: date
    """The last day before it rolled to a business day: whoever acts by then is
    safe where nobody accepts the roll.
    """
    counted_to: date
    """The last day that can count (see `siac.clocks.domain.terms.Due`)."""
    unsuspended: date
    pauses: tuple[Pause, ...]

    @property
    def total(self) -> Amount:
        """The whole length, extension included."""
        return self.extended or self.amount


def compute(
    book: RuleBook,
    calendar: WorkingCalendar,
    *,
    what: str | Amount,
    country: str,
    event: Event,
    extended: bool | Amount = False,
    pauses: Sequence[tuple[date, date]] = (),
) -> Term:
    """Compute the term of a rule id, or of a bare amount, from an event.

    `extended` True takes the rule's own extension (a bare amount needs an amount). `pauses` are (asked on,
    answered on) pairs of local dates; the rule says whether they suspend or restart, a bare amount suspends.

    Raises:
        Refused: unknown or not yet valid rule, no term, another country, not
            extendable, bad pause, uncovered.
    """
    rule = None if isinstance(what, Amount) else rule_for(book, what, country, event)
    amount = what if isinstance(what, Amount) else amount_of(rule)
    longer = extended_amount(rule, amount, extended) if extended else None
    start = start_of_event(rule, book.general[country], calendar, event)
    effect = rule.pause_effect if rule else "suspend"
    if pauses and effect == "none":
        raise Refused(Code.NOT_SUSPENDED_BY_RULE, rule=rule.id if rule else "")
    marks = tuple(
        wait(book.general[country], calendar, asked, answered, mode=effect) for asked, answered in pauses
    )
    calendar.check_claimed(start.day0)
    return term_from(
        calendar,
        rule=rule,
        amount=amount,
        extended=longer,
        country=country,
        event=event,
        start=start,
        pauses=marks,
        roll=True,
    )


def wait(
    policy: StartPolicy,
    calendar: WorkingCalendar,
    asked_on: date,
    answered_on: date,
    *,
    mode: str,
    reason: str = "",
) -> Pause:
    """Return a wait for the person: an answer that came on a day off may count from the next business day.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    counted = answer_of(policy, calendar, answered_on).day0
    return Pause(asked_on, counted, mode, reason, answered_on if counted != answered_on else None)


def term_from(
    calendar: WorkingCalendar,
    *,
    rule: Rule | None,
    amount: Amount,
    extended: Amount | None,
    country: str,
    event: Event,
    start: Start,
    pauses: tuple[Pause, ...],
    roll: bool | None = None,
) -> Term:
    """Compute a term whose day 0 is already settled; `roll` says how one ends
    that no rule gives (None: months roll).

    Raises:
        Refused: as `siac.clocks.domain.terms.due`.
    """
    total = extended or amount
    if total.unit is Unit.MINUTES:
        # Somebody waits in a room: minutes pass as they do, whatever day it is.
        ends = event.instant.astimezone(UTC) + timedelta(minutes=total.number)
        on = ends.astimezone(event.zone).date()
        return Term(rule, amount, extended, country, event.on, start, on, ends, on, on, on, ())
    if total.unit is Unit.HOURS:
        # Hours run from the very moment, yet what came on a day off counts from the first hour of the next
        # business day.
        moved = datetime.combine(start.day0, time.min, event.zone)
        since = event.instant if start.day0 == event.on else moved
        ends = due_instant(calendar, event_at=since, hours=total.number, country=country, zone=event.zone)
        on = ends.astimezone(event.zone).date()
        return Term(rule, amount, extended, country, event.on, start, on, ends, on, on, on, ())
    roll = rule.roll if rule else roll
    # The day it would be without the waits is kept beside: pages say how much the wait for the person cost.
    free = due(calendar, day0=start.day0, amount=total, country=country, roll=roll)
    last = free
    if pauses:
        last = due(calendar, day0=start.day0, amount=total, country=country, pauses=pauses, roll=roll)
    ends = end_of(last.on, event.zone)
    return Term(
        rule,
        amount,
        extended,
        country,
        event.on,
        start,
        last.on,
        ends,
        last.nominal,
        last.counted_to,
        free.on,
        pauses,
    )


def rule_for(book: RuleBook, rule_id: str, country: str, event: Event) -> Rule:
    """Return the version of a rule in force on the day of the event, for a place of its own country.

    A rule chosen by the procedure is the one in force when that began, where `event` says so.

    Raises:
        Refused: UNKNOWN_RULE, RULE_NOT_IN_FORCE, RULE_OF_ANOTHER_COUNTRY.
    """
    # A law that spares procedures begun before it (Chile's digital domicile) is chosen by that beginning, and
    # each of its versions has to be asked: the former one does not know of the next.
    by_procedure = any(rule.by_procedure for rule in book.versions(rule_id))
    rule = book.in_force(rule_id, (event.begun_on if by_procedure else None) or event.on)
    if rule.country != country:
        raise Refused(Code.RULE_OF_ANOTHER_COUNTRY, rule=rule_id, country=country)
    return rule


def amount_of(rule: Rule | None) -> Amount:
    """Return a rule's amount.

    Raises:
        Refused: RULE_WITHOUT_TERM where the law sets a duty without a number.
    """
    if rule is None or rule.amount is None:
        raise Refused(Code.RULE_WITHOUT_TERM, rule=rule.id if rule else "")
    return rule.amount


def extended_amount(rule: Rule | None, amount: Amount, wanted: bool | Amount) -> Amount:
    """Return the whole length after an extension: the one given, else the rule's.

    Raises:
        Refused: NOT_EXTENDABLE, EXTENSION_NEEDS_DAY (the body fixes the day), EXTENSION_TOO_SHORT
            (also where it passes the rule's maximum).
    """
    if rule and rule.extension is None:
        raise Refused(Code.NOT_EXTENDABLE, rule=rule.id)
    allowed = rule.extension.total if rule and rule.extension else None
    longer = wanted if isinstance(wanted, Amount) else allowed
    if longer is None:
        raise Refused(Code.EXTENSION_NEEDS_DAY if rule else Code.NOT_EXTENDABLE, rule=str(amount))
    too_long = allowed is not None and longer.number > allowed.number
    if longer.unit is not amount.unit or longer.number <= amount.number or too_long:
        raise Refused(Code.EXTENSION_TOO_SHORT, amount=str(longer), limit=str(allowed or f"más de {amount}"))
    return longer


def start_of_event(rule: Rule | None, general: StartPolicy, calendar: WorkingCalendar, event: Event) -> Start:
    """Return day 0 of an event by its rule; a bare amount moves as filings do,
    and only where a channel is named.

    Raises:
        Refused: UNKNOWN_CHANNEL, OUTSIDE_COVERAGE.
    """
    if rule is None and event.channel is None:
        return Start(event.on)
    # What a body begins itself arrives by no channel, so no office hour moves it; what nobody named came, as
    # most does, over the web.
    unnamed = OFFICIAL if rule and rule.event == "initiation" else "web"
    return start_of(
        rule.start if rule else general,
        calendar,
        on=event.on,
        at=event.at,
        channel=event.channel or unnamed,
        closes_at=event.closes_at,
    )
