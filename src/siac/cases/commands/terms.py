# SPDX-License-Identifier: EUPL-1.2
"""What happens to the clocks of a case when something happens to it; its own due days keep in step
with them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from siac.cases.commands.planning import (
    calendar_of,
    plan_appeal_clocks,
    plan_clocks,
    plan_correction_clock,
    plan_delay_clock,
    plan_duty_clock,
    plan_promise_clock,
    plan_review_clock,
    plan_unit_clock,
)
from siac.cases.domain.clock_kinds import (
    ACKNOWLEDGEMENT,
    APPEAL_WINDOW,
    BODY_CLOCKS,
    CASE_CLOCKS,
    COMMITMENT,
    CORRECTION,
    DELAY,
    DUE_CLOCKS,
    EVALUATION,
    LEGAL,
    PLATFORM,
    REVIEW,
    STANDARD,
    SUBJECT,
    THIRD_PARTY,
    UNIT,
)
from siac.cases.domain.silence import Silence, Stage, silence_of
from siac.cases.domain.states import State
from siac.cases.extensions import Occasion, promises
from siac.cases.features import waits_for_others
from siac.cases.models import Case, CaseKind
from siac.cases.queries import kinds
from siac.clocks.public import (
    Clock,
    Correction,
    Rule,
    WorkingCalendar,
    book_for,
    clocks_of,
    extend,
    finish,
    pause,
    resume,
    revive,
    rule_of,
    starting,
)
from siac.clocks.public import cancel as cancel_clocks
from siac.infra.ready import send
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


def set_due(case: Case, clocks: Iterable[Clock]) -> None:
    """Put the body's next day and the legal day on the case, from its clocks."""
    live = [
        clock
        for clock in clocks
        if clock.kind in DUE_CLOCKS and clock.state in (Clock.State.RUNNING, Clock.State.PAUSED)
    ]
    running = [clock.due_on for clock in live if clock.state == Clock.State.RUNNING]
    case.due_on = min(running, default=None)
    # An answered case keeps its legal day: lists and figures tell by it whether the answer was in time.
    legal = [clock.due_on for clock in clocks if clock.kind in (LEGAL, REVIEW) and clock in live]
    case.legal_due_on = max(legal, default=case.legal_due_on)


def refresh_due(case: Case) -> None:
    """Put the body's next day and the legal day on the case, from its clocks as
    they stand (1 SQL); the caller saves.
    """
    set_due(case, _clocks(case))


def _clocks(case: Case) -> list[Clock]:
    return clocks_of(case.institution_id, SUBJECT, [case.pk])


def restart_for_kind(institution: Institution, kind: CaseKind, case: Case, *, now: datetime) -> None:
    """End the clocks of the former kind without judging them and start those of
    `kind`, from the day of filing.

    Raises:
        Refused: the case has been paused, extended or answered: its legal term
            has a history that must not be lost.
    """
    old = _clocks(case)
    if any(clock.pauses or clock.paused_on or clock.extended_at or _is_judged(clock) for clock in old):
        raise Refused("kind_has_history")
    cancel_clocks(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=(LEGAL, STANDARD, COMMITMENT, EVALUATION, ACKNOWLEDGEMENT, UNIT),
        now=now,
    )
    case.legal_due_on = None
    kept = [clock for clock in old if clock.kind == PLATFORM]  # it hangs on the book, not on the kind
    new = plan_clocks(institution, kind, case)
    if new:
        send([starting(new, subject_id=case.pk)])
    set_due(case, [*kept, *new])


def follow_topic(institution: Institution, case: Case, *, before: int | None, now: datetime) -> None:
    """Let the promises of a charter that speak of topics follow a change of topic: those of the topic
    `before` end without being judged, those of the new one count from the filing. No SQL where no promise
    speaks of either, else 4; the caller saves the case.

    A request that was answered, or that waited for its person, keeps the promises it had: its terms have a
    history that must not be lost.
    """
    filed_on, now_of = institution.local_date(case.filed_at), Occasion.of_case(case)
    former, wanted = (
        {promise.source: promise for promise in promises(institution, each, filed_on)}
        for each in (replace(now_of, topic_id=before), now_of)
    )
    if former.keys() == wanted.keys() or case.answered_at is not None or not case.is_open:
        return
    clocks = _clocks(case)
    if any(clock.pauses or clock.paused_on for clock in clocks):
        return
    ended = [source for source in former if source not in wanted]
    cancel_clocks(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=(COMMITMENT,),
        sources=ended,
        now=now,
    )
    live = {clock.source for clock in clocks if clock.state != Clock.State.CANCELLED}
    fresh = [promise for source, promise in wanted.items() if source not in live]
    if fresh:
        new = [plan_promise_clock(institution, case, promise) for promise in fresh]
        send([starting(new, subject_id=case.pk)])
    refresh_due(case)


def start_duty(
    institution: Institution, case: Case, *, source: str, label: str, rule_id: str, channel: str
) -> None:
    """Start the term of something that the body owes from the filing on and that no answer ends; the case's
    next day due is put right.
    """
    clock = plan_duty_clock(institution, case, source=source, label=label, rule_id=rule_id, channel=channel)
    send([starting([clock], subject_id=case.pk)])
    refresh_due(case)
    case.save(update_fields=["due_on"])


def end_duty(institution: Institution, case: Case, *, now: datetime) -> None:
    """End that term, met or missed; the caller saves the case."""
    finish(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=[PLATFORM],
        on=institution.local_date(now),
        now=now,
    )
    if case.is_open:
        refresh_due(case)


def _is_judged(clock: Clock) -> bool:
    return clock.kind in (LEGAL, REVIEW) and clock.state in (Clock.State.MET, Clock.State.MISSED)


def legal_rule(case: Case) -> Rule | None:
    """Return the rule version of the case's legal term, or None where it has none (1 SQL)."""
    legal = _legal(_clocks(case))
    return rule_of(legal) if legal else None


def _legal(clocks: Sequence[Clock]) -> Clock | None:
    """Return the legal clock, the one in force first."""
    own = [clock for clock in clocks if clock.kind == LEGAL]
    return next((clock for clock in own if clock.state != Clock.State.CANCELLED), own[-1] if own else None)


def asked_of(rule: Rule, asked: Clock | None) -> Correction | None:
    """Return what the rule of a case says of the term `asked` that its person
    has: to complete it, or to tell more.
    """
    more = asked is not None and asked.rule_id == rule.related.get("information") and rule.information
    return more or rule.correction


def pause_for_person(
    institution: Institution, case: Case, *, more: bool = False, now: datetime
) -> tuple[list[str], date | None]:
    """Stop the clocks whose rule says so while the person completes, and start the person's own term.

    `more`: nothing is missing, but the body needs to know more, where its law
    tells the two apart (Peru, art. 70).

    Returns the kinds that stopped and the last local day to complete (None where the rule gives no such
    term). A clock that is overdue already cannot be stopped: asking then does not heal the delay. What a
    paused legal term carries (the body's standard, a promise of the charter) waits with it.
    """
    today = institution.local_date(now)
    clocks = _clocks(case)
    stopped = _stop(clocks, asked_on=today, now=now)
    clocks = [stopped.get(clock.pk, clock) for clock in clocks]
    rule = rule_of(legal) if (legal := _legal(clocks)) else None
    until = None
    term = (more and rule.information) or rule.correction if rule else None
    if rule and term:
        own = plan_correction_clock(institution, case, rule, term, now=now)
        send([starting([own], subject_id=case.pk)])
        until = own.due_on
    set_due(case, clocks)
    return sorted(clock.kind for clock in stopped.values()), until


def after_information(
    institution: Institution, case: Case, *, now: datetime, on: date | None = None, met: bool = True
) -> None:
    """Let the stopped clocks run on from the local day `on` (today without it); the person's own term ends.

    `met` tells whether the person completed or the term simply ended (art. 22.1.a Ley 39/2015: then the term
    of the body goes on after the last day given).
    """
    day = on or institution.local_date(now)
    clocks = _clocks(case)
    legal = _legal(clocks)
    rule = rule_of(legal) if legal else None
    # The person has completed it, but somebody else is still heard: the term waits for both.
    held = waits_for_others(case, rule)
    waiting = [] if held else [clock.pk for clock in clocks if clock.state == Clock.State.PAUSED]
    asked = next((clock for clock in reversed(clocks) if clock.kind == CORRECTION), None)
    effect = said.effect if rule and (said := asked_of(rule, asked)) is rule.information and said else ""
    resumed = {clock.pk: clock for clock in resume(waiting, answered_on=day, effect=effect, now=now)}
    end = finish if met else cancel_clocks
    when: dict[str, Any] = {"on": day} if met else {}
    end(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=(CORRECTION,),
        now=now,
        **when,
    )
    set_due(case, [resumed.get(clock.pk, clock) for clock in clocks])


def suspend_for_third_party(institution: Institution, case: Case, *, now: datetime) -> list[str]:
    """Stop the terms of the body while a third party is heard (art.

    19.3 Ley 19/2013); return the kinds that stopped.
    """
    today = institution.local_date(now)
    clocks = _clocks(case)
    stopped = _stop(clocks, asked_on=today, now=now)
    set_due(case, [stopped.get(clock.pk, clock) for clock in clocks])
    return sorted(clock.kind for clock in stopped.values())


def _stop(clocks: Sequence[Clock], *, asked_on: date, now: datetime) -> dict[int, Clock]:
    running = [
        clock.pk
        for clock in clocks
        if clock.kind in (LEGAL, STANDARD, COMMITMENT, REVIEW)
        and clock.state == Clock.State.RUNNING
        and asked_on <= clock.due_on  # what is late stays late: asking must not hide it
    ]
    return {clock.pk: clock for clock in pause(running, asked_on=asked_on, now=now)}


def settle_third_party(
    institution: Institution, case: Case, *, source: str, until: date, now: datetime
) -> None:
    """End the term of one third party, whose clock is of `source`: it answered, or its last day passed."""
    finish(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=(THIRD_PARTY,),
        sources=(source,),
        on=min(institution.local_date(now), until),
        now=now,
    )


def resume_after_third_parties(institution: Institution, case: Case, *, last: date, now: datetime) -> None:
    """Let what waited for third parties run on from `last`, unless it also waits for the person."""
    if case.state == State.WAITING:
        return
    clocks = _clocks(case)
    waiting = [clock.pk for clock in clocks if clock.state == Clock.State.PAUSED]
    resumed = {clock.pk: clock for clock in resume(waiting, answered_on=last, now=now)}
    set_due(case, [resumed.get(clock.pk, clock) for clock in clocks])


def start_delay_clock(institution: Institution, case: Case, rule: Rule, *, now: datetime) -> Clock:
    """Start the term that the report of a delay opens."""
    clock = plan_delay_clock(institution, case, rule, now=now)
    send([starting([clock], subject_id=case.pk)])
    set_due(case, _clocks(case))
    return clock


def legal_clock(case: Case) -> Clock | None:
    """Return the legal clock of a case, the one in force first (1 SQL)."""
    return _legal(_clocks(case))


def correction_clock(case: Case) -> Clock | None:
    """Return the person's latest term to complete the request, in any state (1 SQL)."""
    return next((clock for clock in reversed(_clocks(case)) if clock.kind == CORRECTION), None)


def delay_clock(case: Case) -> Clock | None:
    """Return the last term that a reported delay opened, or None (1 SQL)."""
    return next((clock for clock in reversed(_clocks(case)) if clock.kind == DELAY), None)


def appeal_clocks(case: Case) -> list[Clock]:
    """Return the terms to appeal that run for a case now (1 SQL)."""
    return [clock for clock in _clocks(case) if clock.kind == APPEAL_WINDOW and clock.ended_at is None]


def extend_legal(
    institution: Institution, case: Case, *, reason: str, until: date | None = None, now: datetime
) -> None:
    """Give the running legal clock its one extension, to the rule's length or to the day `until`.

    Raises:
        Refused: as `clocks.extend`, or there is no legal clock (no_legal_clock).
    """
    clocks = _clocks(case)
    legal = _legal(clocks)
    if legal is None:
        raise Refused("no_legal_clock")
    longer = extend(legal.pk, reason=reason, now=now, today=institution.local_date(now), until=until)
    set_due(case, [longer if clock.pk == longer.pk else clock for clock in clocks])


def evaluated(institution: Institution, case: Case, *, now: datetime) -> None:
    """End the clock of the first evaluation: somebody looked at the case and
    did something about it (PE: 3 days).
    """
    _end(institution, case, (EVALUATION,), now=now)


def acknowledged(institution: Institution, case: Case, *, now: datetime) -> list[Clock]:
    """End the clock of the acknowledgement; return it, or nothing where there was none left."""
    return _end(institution, case, (ACKNOWLEDGEMENT,), now=now)


def _end(institution: Institution, case: Case, kinds_: tuple[str, ...], *, now: datetime) -> list[Clock]:
    """End clocks of some kinds, judged on today, and put the days of the rest
    on the case; costs 1 SQL where none runs.
    """
    clocks = _clocks(case)
    if not any(clock.kind in kinds_ and clock.ended_at is None for clock in clocks):
        return []
    ended = finish(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=kinds_,
        on=institution.local_date(now),
        now=now,
    )
    gone = {clock.pk: clock for clock in ended}
    set_due(case, [gone.get(clock.pk, clock) for clock in clocks])
    return ended


def hand_to_unit(institution: Institution, case: Case, *, now: datetime) -> None:
    """Start the internal term of the unit that now has the case; the former unit's ends, judged on today."""
    days = kinds(institution)[case.kind_id].unit_days
    _end(institution, case, (EVALUATION, UNIT), now=now)
    if days and case.unit_id:
        send([starting([plan_unit_clock(institution, case, days, at=now)], subject_id=case.pk)])
        set_due(case, _clocks(case))


def end_without_answer(institution: Institution, case: Case, *, now: datetime) -> None:
    """Take back the clocks of a case that ends without an answer, judged by nobody."""
    cancel_clocks(
        institution_id=institution.pk, subject_type=SUBJECT, subject_ids=[case.pk], kinds=CASE_CLOCKS, now=now
    )
    case.due_on = None


def run_again(institution: Institution, case: Case, *, since: datetime, now: datetime) -> None:
    """Let the clocks that ended with the case at `since` run again; the days between count."""
    revive(institution_id=institution.pk, subject_type=SUBJECT, subject_id=case.pk, since=since, now=now)
    cancel_clocks(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=(CORRECTION, APPEAL_WINDOW),
        now=now,
    )
    set_due(case, _clocks(case))


def after_answer(institution: Institution, case: Case, *, now: datetime) -> tuple[int, list[str]]:
    """End the clocks that wait for an answer; return the business days used and the kinds that were
    missed.
    """
    today = institution.local_date(now)
    clocks = _clocks(case)
    legal = _legal(clocks)
    days = days_used(calendar_of(institution, case.unit_id), legal, today) if legal else 0
    ended = finish(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=BODY_CLOCKS,
        on=today,
        now=now,
    )
    case.due_on = None
    return days, sorted(clock.kind for clock in ended if clock.state == Clock.State.MISSED)


def silence_for(
    institution: Institution, case: Case, *, now: datetime, clocks: Sequence[Clock] | None = None
) -> Silence:
    """Return what silence means for an open case now; 1 SQL, none where its `clocks` are given."""
    if not case.is_open:
        return Silence(Stage.RUNNING)
    own = clocks_of(case.institution_id, SUBJECT, [case.pk]) if clocks is None else clocks
    legal = next((clock for clock in own if clock.kind == LEGAL and clock.ended_at is None), None)
    rule = rule_of(legal) if legal else None
    if legal is None or rule is None:
        return Silence(Stage.RUNNING)
    delay = next((clock for clock in reversed(own) if clock.kind == DELAY), None)
    ends = _silent_after(institution, case, legal, rule) if legal.state == Clock.State.RUNNING else None
    return silence_of(
        rule.silence_effect,
        today=institution.local_date(now),
        due_on=ends,
        needs_report="delay_report" in rule.related,
        last_term=delay.due_on if delay else None,
    )


def _silent_after(institution: Institution, case: Case, legal: Clock, rule: Rule) -> date:
    """Return the last local day before silence means something: in Peru the days
    to notify pass too (30 + 5, art. 188.1).
    """
    own = (
        book_for(institution).in_force(rule.related["silence"], legal.event_on)
        if "silence" in rule.related
        else None
    )
    more = own.amount.number - rule.amount.number if own and own.amount and rule.amount else 0
    return (
        calendar_of(institution, case.unit_id).add_business(legal.due_on, more) if more > 0 else legal.due_on
    )


def open_appeals(institution: Institution, case: Case, *, against: str, now: datetime) -> list[Clock]:
    """Start a clock for each appeal with a term that the rule of the case gives
    `against` a denial or a silence.

    The terms are the person's, from the notification, which is today (art. 41
    Ley 19.880, art. 40.2 Ley 39/2015).
    """
    rule = legal_rule(case)
    found = plan_appeal_clocks(institution, case, rule, against=against, now=now) if rule else []
    if found:
        send([starting(found, subject_id=case.pk)])
    return found


def days_used(calendar: WorkingCalendar, clock: Clock, today: date) -> int:
    """Return the business days from day 0 of `clock` to `today`, without those
    in which it waited for the person.
    """
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
    """Return the last local day on which the citizen may contest an answer
    given now; None where it may not be.
    """
    days = kinds(institution)[case.kind_id].contest_days
    if days == 0:
        return None
    return calendar_of(institution, case.unit_id).add_business(institution.local_date(now), days)


def start_review(institution: Institution, case: Case, *, now: datetime, until: date | None = None) -> None:
    """Start the clock of an answer that must be given again, to the day `until` where somebody else
    fixed it.
    """
    clock = plan_review_clock(institution, case, now=now, until=until)
    case.legal_due_on = None
    cancel_clocks(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_ids=[case.pk],
        kinds=(APPEAL_WINDOW,),
        now=now,
    )
    send([starting([clock], subject_id=case.pk)])
    set_due(case, _clocks(case))
