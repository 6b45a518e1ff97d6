# SPDX-License-Identifier: EUPL-1.2
"""The clocks of a case: which ones a filing starts, and keeping the case's own due day in step with them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from siac.cases.extensions import promises
from siac.cases.models import Case, CaseKind, Channel
from siac.cases.queries import kinds
from siac.clocks.public import (
    Amount,
    Clock,
    ClockSpec,
    Unit,
    WorkingCalendar,
    calendar_for,
    clocks_of,
    extend,
    finish,
    pause,
    plan_clock,
    resume,
    start_planned,
    versions_for,
)
from siac.clocks.public import cancel as cancel_clocks
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_tree

SUBJECT = "case"
LEGAL, STANDARD, COMMITMENT, REVIEW = "legal", "standard", "commitment", "review"
ANSWER_CLOCKS = (LEGAL, STANDARD, COMMITMENT, REVIEW)
"""Clocks that an answer ends."""

_FILING_CHANNEL: dict[str, str] = {
    Channel.WEB: "web",
    Channel.API: "web",
    Channel.EMAIL: "web",
    Channel.COUNTER: "desk",
    Channel.PHONE: "desk",
    Channel.LETTER: "desk",
    Channel.IMPORT: "desk",
}
"""How `clocks` names the way a request came in, which decides its day 0 (electronic filing outside office hours)."""


def place_for(institution: Institution, unit_id: int | None) -> str:
    """Return the place expression whose calendar counts for a case: its unit's, else the body's."""
    node = unit_tree(institution).nodes.get(unit_id) if unit_id else None
    return (node.place if node else "") or institution.place


def calendar_of(institution: Institution, unit_id: int | None = None) -> WorkingCalendar:
    """Return the working calendar of a body at the place of a unit; no SQL when warm."""
    return calendar_for(place_for(institution, unit_id), institution.pk, versions=versions_for(institution))


def _plan(
    institution: Institution,
    case: Case,
    kind: str,
    *,
    source: str,
    label: str,
    event_at: datetime,
    rule_id: str = "",
    days: int = 0,
    channel: str | None = None,
) -> Clock:
    spec = ClockSpec(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_id=case.pk or 0,
        kind=kind,
        label=label[:200],
        place=place_for(institution, case.unit_id),
        time_zone=institution.time_zone,
        event_at=event_at,
        rule_id=rule_id,
        amount=Amount(days, Unit.BUSINESS_DAYS) if days else None,
        source=source,
        channel=channel,
        closes_at=institution.office_closes_at,
    )
    return plan_clock(spec, versions=versions_for(institution))


def plan_legal_clock(institution: Institution, kind: CaseKind, case: Case) -> Clock:
    """Return the legal clock of `case`, computed but not saved: the only one that requests of an earlier register get."""
    return _plan(
        institution,
        case,
        LEGAL,
        source=f"kind:{kind.pk}",
        label="Plazo legal",
        event_at=case.filed_at,
        rule_id=kind.rule_id,
        channel=_FILING_CHANNEL[case.channel],
    )


def plan_clocks(institution: Institution, kind: CaseKind, case: Case) -> list[Clock]:
    """Return the clocks that filing `case` starts, computed but not saved: legal term, own standard, charter promises."""
    filed_on = institution.local_date(case.filed_at)
    source = f"kind:{kind.pk}"
    clocks = [plan_legal_clock(institution, kind, case)]
    if kind.standard_days:
        label = f"Plazo que se da {institution.short_name}"
        days = kind.standard_days
        clocks.append(
            _plan(institution, case, STANDARD, source=source, label=label, event_at=case.filed_at, days=days)
        )
    for promise in promises(institution, kind, filed_on):
        clocks.append(
            _plan(
                institution,
                case,
                COMMITMENT,
                source=promise.source,
                label=promise.label,
                event_at=case.filed_at,
                days=promise.days,
            )
        )
    return clocks


def set_due(case: Case, clocks: Iterable[Clock]) -> None:
    """Put the next day that matters and the legal day on the case, from its clocks."""
    live = [clock for clock in clocks if clock.state in (Clock.State.RUNNING, Clock.State.PAUSED)]
    running = [clock.due_on for clock in live if clock.state == Clock.State.RUNNING]
    case.due_on = min(running, default=None)
    legal = [clock.due_on for clock in clocks if clock.kind in (LEGAL, REVIEW) and clock in live]
    case.legal_due_on = max(legal, default=case.legal_due_on)


def _clocks(case: Case) -> list[Clock]:
    return clocks_of(case.institution_id, SUBJECT, [case.pk])


def restart_for_kind(institution: Institution, kind: CaseKind, case: Case, *, now: datetime) -> None:
    """End the clocks of the former kind without judging them and start those of `kind`, from the day of filing.

    Raises:
        Refused: the case has been paused or extended: its legal term has a history that must not be lost.
    """
    old = _clocks(case)
    if any(clock.pauses or clock.extended_at for clock in old):
        raise Refused("kind_has_history")
    cancel_clocks(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=(LEGAL, STANDARD, COMMITMENT),
        now=now,
    )
    case.legal_due_on = None
    set_due(case, start_planned(plan_clocks(institution, kind, case), subject_id=case.pk))


def pause_for_person(institution: Institution, case: Case, *, now: datetime) -> list[str]:
    """Stop the clocks whose rule says so while the person completes; return the kinds that stopped.

    A clock that is overdue already cannot be stopped: asking then does not heal the delay.
    """
    today = institution.local_date(now)
    clocks = _clocks(case)
    running = [clock for clock in clocks if clock.state == Clock.State.RUNNING and today <= clock.due_on]
    stopped = {clock.pk: clock for clock in pause([clock.pk for clock in running], asked_on=today, now=now)}
    set_due(case, [stopped.get(clock.pk, clock) for clock in clocks])
    return sorted(clock.kind for clock in stopped.values())


def after_information(institution: Institution, case: Case, *, now: datetime) -> None:
    """Let the stopped clocks run on from today."""
    clocks = _clocks(case)
    waiting = [clock.pk for clock in clocks if clock.state == Clock.State.PAUSED]
    resumed = {clock.pk: clock for clock in resume(waiting, answered_on=institution.local_date(now), now=now)}
    set_due(case, [resumed.get(clock.pk, clock) for clock in clocks])


def extend_legal(institution: Institution, case: Case, *, reason: str, now: datetime) -> None:
    """Give the running legal clock its one extension; raises as `clocks.extend`."""
    clocks = _clocks(case)
    legal = next((clock for clock in clocks if clock.kind == LEGAL), None)
    if legal is None:
        raise Refused("no_legal_clock")
    longer = extend(legal.pk, reason=reason, now=now, today=institution.local_date(now))
    set_due(case, [longer if clock.pk == longer.pk else clock for clock in clocks])


def after_answer(institution: Institution, case: Case, *, now: datetime) -> tuple[int, list[str]]:
    """End the clocks that wait for an answer; return the business days used and the kinds that were missed."""
    today = institution.local_date(now)
    clocks = _clocks(case)
    legal = next(
        (clock for clock in clocks if clock.kind == LEGAL and clock.state != Clock.State.CANCELLED), None
    )
    days = days_used(calendar_of(institution, case.unit_id), legal, today) if legal else 0
    ended = finish(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=ANSWER_CLOCKS,
        on=today,
        now=now,
    )
    return days, sorted(clock.kind for clock in ended if clock.state == Clock.State.MISSED)


def days_used(calendar: WorkingCalendar, clock: Clock, today: date) -> int:
    """Return the business days from day 0 of `clock` to `today`, without those in which it waited for the person."""
    used = calendar.business_between(clock.day0, max(today, clock.day0))
    for asked, answered in _waits(clock, today):
        used -= calendar.business_between(asked, answered)
    return max(used, 0)


def _waits(clock: Clock, today: date) -> Sequence[tuple[date, date]]:
    waits = [(date.fromisoformat(p["asked_on"]), date.fromisoformat(p["answered_on"])) for p in clock.pauses]
    if clock.paused_on is not None:
        waits.append((clock.paused_on, max(today, clock.paused_on)))
    return waits


def contest_until(institution: Institution, case: Case, *, now: datetime) -> date | None:
    """Return the last local day on which the citizen may contest an answer given now; None where it may not be."""
    days = kinds(institution)[case.kind_id].contest_days
    if days == 0:
        return None
    return calendar_of(institution, case.unit_id).add_business(institution.local_date(now), days)


def start_review(institution: Institution, case: Case, *, now: datetime) -> None:
    """Start the clock of a contested answer."""
    days = kinds(institution)[case.kind_id].review_days
    label = f"Plazo de la revisión {case.reviews}"
    clock = _plan(
        institution, case, REVIEW, source=f"review:{case.reviews}", label=label, event_at=now, days=days
    )
    case.legal_due_on = None
    set_due(case, start_planned([clock], subject_id=case.pk))
