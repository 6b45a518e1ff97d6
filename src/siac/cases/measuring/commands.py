# SPDX-License-Identifier: EUPL-1.2
"""Writing the facts of cases: what is counted of each, as it is now."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from siac.cases.commands.planning import calendar_of
from siac.cases.domain.clock_kinds import LEGAL, STANDARD, SUBJECT, UNIT
from siac.cases.domain.states import State
from siac.cases.measuring.domain import Happened, first_contact, hour_of_week, reopened_soon
from siac.cases.models import Appeal, Case, CaseFact
from siac.clocks.public import Clock, WorkingCalendar, clocks_of, layer_codes, versions_for
from siac.journal.public import moments_of
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, institution_of, unit_tree
from siac.people.public import Statistical, statistics_of

_KINDS = {
    "registered": ("cases.filed",),
    "referred": ("cases.referred", "cases.routed"),
    "referral_undone": ("cases.referral_undone",),
    "asked": ("cases.information_asked",),
    "ask_undone": ("cases.ask_undone",),
    "contested": ("cases.contested",),
    "reopened": ("cases.reopened",),
}
_COLUMNS = [field.attname for field in CaseFact._meta.concrete_fields if not field.primary_key]
_ENDED = (Clock.State.MET, Clock.State.MISSED)
_ANONYMOUS = Statistical("anonymous", "")


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these cases of a body as they are now (7 SQL, however many)."""
    institution = institution_of(institution_id)
    cases = list(Case.objects.filter(institution_id=institution_id, pk__in=ids).order_by("pk"))
    clocks: dict[int, list[Clock]] = {}
    for clock in clocks_of(institution_id, SUBJECT, [case.pk for case in cases]):
        clocks.setdefault(clock.subject_id, []).append(clock)
    happened = _happened(institution_id, cases)
    people = statistics_of(institution_id, [case.person_id for case in cases if case.person_id])
    appeals: dict[int, list[Appeal]] = {}
    for appeal in Appeal.objects.filter(institution_id=institution_id, case__in=cases):
        appeals.setdefault(appeal.case_id, []).append(appeal)
    facts = [
        _fact(
            institution,
            calendar_of(institution, case.unit_id),
            case,
            clocks.get(case.pk, []),
            happened[case.stream],
            people.get(case.person_id or 0, _ANONYMOUS),
            appeals.get(case.pk, []),
        )
        for case in cases
    ]
    CaseFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["case"], update_fields=_COLUMNS, batch_size=500
    )


def _happened(institution_id: int, cases: Sequence[Case]) -> dict[str, Happened]:
    kinds = [kind for group in _KINDS.values() for kind in group]
    moments = moments_of(institution_id, [case.stream for case in cases], kinds)
    found = {}
    for case in cases:
        own = moments.get(case.stream, {})
        found[case.stream] = Happened(
            **{
                name: tuple(sorted(at for kind in group for at in own.get(kind, ())))
                for name, group in _KINDS.items()
            }
        )
    return found


def _fact(
    institution: Institution,
    calendar: WorkingCalendar,
    case: Case,
    clocks: Sequence[Clock],
    happened: Happened,
    person: Statistical,
    appeals: Sequence[Appeal],
) -> CaseFact:
    def local(moment: datetime | None) -> date | None:
        return None if moment is None else institution.local_date(moment)

    filed_on, answered_on = institution.local_date(case.filed_at), local(case.answered_at)
    # What was given up in a review of its answer did not end without one.
    closed_on = local(case.closed_at) if case.ending and answered_on is None else None
    ended_on = answered_on or closed_on
    if ended_on is None and case.state == State.CLOSED:
        # An earlier register may not say how it ended, or when: it does not wait for anything.
        ended_on = local(case.closed_at) or filed_on
    legal = _last(clocks, LEGAL)
    registered = happened.first("registered")
    referred = next(iter(happened.stayed), None)
    return CaseFact(
        case_id=case.pk,
        institution_id=case.institution_id,
        filed_on=filed_on,
        answered_on=answered_on,
        closed_on=closed_on,
        ended_on=ended_on,
        late_from=_late_from(case, legal, ended_on),
        certified_on=local(case.silence_certified_at),
        unit_id=case.unit_id or 0,
        kind_id=case.kind_id,
        topic_id=case.topic_id or 0,
        point_id=case.service_point_id or 0,
        service_id=case.service_id or 0,
        channel=case.channel,
        person=person.kind,
        audience=person.audience,
        answer_days=case.answer_days,
        calendar_days=(answered_on - filed_on).days if answered_on else None,
        days_late=_days_late(calendar, case, legal, answered_on),
        term_margin=_margin(calendar, case, legal, answered_on),
        # An earlier register may say no more than the day.
        arrived=None if case.batch_id else hour_of_week(case.filed_at.astimezone(institution.zone)),
        own_term=_verdict(clocks, STANDARD),
        unit_term=_verdict(clocks, UNIT),
        referral_days=_between(calendar, filed_on, local(referred)),
        registration_days=_between(calendar, filed_on, local(registered)),
        rating=case.rating,
        outcome=case.outcome,
        ending=case.ending,
        # What an earlier register did with it is not known here.
        is_first_contact=None if case.batch_id else first_contact(case.answered_at, happened),
        is_contested=bool(happened.contested),
        is_reopened=reopened_soon(case.answered_at, happened),
        is_completed=len(happened.asked) > len(happened.ask_undone),
        is_extended=legal is not None and legal.extended_amount is not None,
        is_by_staff=case.filed_by_id is not None,
        has_cause=case.cause_id is not None,
        **person.traits,
        appeals=len(appeals),
        appeals_lost=sum(each.result in (Appeal.Result.UPHELD, Appeal.Result.PARTLY) for each in appeals),
        appeals_decided=sum(bool(each.result) for each in appeals),
    )


def _last(clocks: Sequence[Clock], kind: str) -> Clock | None:
    """Return the clock of a kind that was begun last: a change of kind begins another one."""
    return max((each for each in clocks if each.kind == kind), key=lambda each: each.pk, default=None)


def _verdict(clocks: Sequence[Clock], kind: str) -> str:
    clock = _last(clocks, kind)
    return clock.state if clock is not None and clock.state in _ENDED else ""


def _late_from(case: Case, legal: Clock | None, ended_on: date | None) -> date | None:
    due_on = legal.due_on if legal is not None else case.legal_due_on
    if due_on is None or (legal is not None and _waits(legal, ended_on)):
        return None
    return due_on + timedelta(days=1) if ended_on is None or ended_on > due_on else None


def _waits(legal: Clock, ended_on: date | None) -> bool:
    """Return whether a term waits for the person, or waited until it ended without a judgement."""
    if legal.state == Clock.State.PAUSED:
        return True
    if legal.state != Clock.State.CANCELLED or not legal.pauses or ended_on is None:
        return False
    return date.fromisoformat(legal.pauses[-1]["answered_on"]) >= ended_on


def _days_late(
    calendar: WorkingCalendar, case: Case, legal: Clock | None, answered_on: date | None
) -> int | None:
    """Return the business days after the legal term at the first answer; 0 in time; None without answer or
    legal term.
    """
    due_on = legal.due_on if legal is not None else case.legal_due_on
    if answered_on is None or due_on is None:
        return None
    return _between(calendar, due_on, answered_on)


def _margin(
    calendar: WorkingCalendar, case: Case, legal: Clock | None, answered_on: date | None
) -> int | None:
    """Return the business days from the end of the legal term to the first answer, negative before it; None
    without answer or legal term, or where the calendar claims no days.
    """
    due_on = legal.due_on if legal is not None else case.legal_due_on
    if answered_on is None or due_on is None:
        return None
    try:
        return calendar.business_between(due_on, answered_on)
    except Refused:
        return None


def _between(calendar: WorkingCalendar, start: date, end: date | None) -> int | None:
    """Return the business days between two local days; None where one is missing, or lies where the calendar
    claims no days (an earlier register).
    """
    try:
        return None if end is None else calendar.business_between(start, max(start, end))
    except Refused:
        return None


def of_people(institution_id: int, person_ids: Sequence[int]) -> Sequence[int]:
    """Return the cases of some people: what figures know of these is a fact of their cases (1 SQL)."""
    rows = Case.objects.filter(institution_id=institution_id, person__in=list(person_ids))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def rests_on(institution: Institution) -> str:
    """Return a digest of the time zone and the calendars by which the facts of a body's cases are counted (no
    SQL when warm).
    """
    units = unit_tree(institution).nodes.values()
    places = sorted({institution.place, *(unit.place for unit in units if unit.place)})
    versions = versions_for(institution)
    codes = {code for place in places for code in layer_codes(place, institution.pk)}
    told = [institution.time_zone, places, sorted((code, versions.get(code, 0)) for code in codes)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def cases_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next cases of a body by id, after one (1 SQL)."""
    rows = Case.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])
