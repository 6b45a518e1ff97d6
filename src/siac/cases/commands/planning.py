# SPDX-License-Identifier: EUPL-1.2
"""Which clocks a case has and when each ends: computed, not yet saved."""

from datetime import date, datetime, time

from siac.cases.domain.clock_kinds import (
    ACKNOWLEDGEMENT,
    APPEAL,
    APPEAL_WINDOW,
    COMMITMENT,
    CORRECTION,
    DELAY,
    EVALUATION,
    LEGAL,
    PLATFORM,
    REVIEW,
    STANDARD,
    SUBJECT,
    THIRD_PARTY,
    UNIT,
)
from siac.cases.extensions import Occasion, Promise, promises
from siac.cases.models import Case, CaseKind, Channel
from siac.cases.queries import kinds
from siac.clocks.public import (
    Amount,
    Clock,
    ClockSpec,
    Correction,
    Rule,
    Unit,
    WorkingCalendar,
    book_for,
    calendar_for,
    plan_clock,
    rule_of,
    versions_for,
)
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_tree

_FILING_CHANNEL: dict[str, str] = {
    Channel.WEB: "web",
    Channel.API: "web",
    Channel.EMAIL: "web",
    Channel.COUNTER: "desk",
    Channel.PHONE: "desk",
    Channel.LETTER: "desk",
    Channel.IMPORT: "desk",
    Channel.PLATFORM: "libro",
}
"""How `clocks` names the way a request came in, which decides its day 0
(electronic filing outside office hours).
"""


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
    amount: Amount | None = None,
    channel: str | None = None,
    office_id: int | None = None,
    subject: str = SUBJECT,
) -> Clock:
    spec = ClockSpec(
        institution_id=institution.pk,
        subject_type=subject,
        subject_id=(case.pk or 0) if subject == SUBJECT else 0,
        kind=kind,
        label=label[:200],
        place=place_for(institution, case.unit_id),
        time_zone=institution.time_zone,
        event_at=event_at,
        rule_id=rule_id,
        amount=Amount(days, Unit.BUSINESS_DAYS) if days else amount,
        source=source,
        channel=channel,
        closes_at=institution.office_closes_at,
        office_id=office_id,
        begun_on=institution.local_date(case.filed_at),
    )
    return plan_clock(spec, versions=versions_for(institution), book=book_for(institution))


def legal_spec(
    institution: Institution,
    kind: CaseKind,
    *,
    channel: str,
    unit_id: int | None,
    filed_at: datetime,
    case_id: int = 0,
) -> ClockSpec:
    """Return what the legal clock of a case of `kind` measures, filed by `channel` at `filed_at`."""
    return ClockSpec(
        institution_id=institution.pk,
        subject_type=SUBJECT,
        subject_id=case_id,
        kind=LEGAL,
        label="Plazo legal",
        place=place_for(institution, unit_id),
        time_zone=institution.time_zone,
        event_at=filed_at,
        rule_id=kind.rule_id,
        source=f"kind:{kind.pk}",
        channel=_FILING_CHANNEL[channel],
        closes_at=institution.office_closes_at,
    )


def plan_legal_clock(institution: Institution, kind: CaseKind, case: Case) -> Clock:
    """Return the legal clock of `case`, computed but not saved."""
    spec = legal_spec(institution, kind, channel=case.channel, unit_id=case.unit_id, filed_at=case.filed_at)
    return plan_clock(spec, versions=versions_for(institution), book=book_for(institution))


def plan_clocks(institution: Institution, kind: CaseKind, case: Case) -> list[Clock]:
    """Return the clocks that filing `case` starts, computed but not saved:
    legal term, own standard, charter promises.
    """
    filed_on = institution.local_date(case.filed_at)
    source = f"kind:{kind.pk}"
    clocks = [plan_legal_clock(institution, kind, case)]
    clocks += _plan_beside(institution, case, rule_of(clocks[0]), source)
    if kind.unit_days and case.unit_id:
        clocks.append(plan_unit_clock(institution, case, kind.unit_days, at=case.filed_at))
    if kind.standard_days or kind.standard_rule:
        clocks.append(_plan_standard(institution, kind, case))
    promised = promises(institution, Occasion.of_case(case), filed_on)
    return [*clocks, *(plan_promise_clock(institution, case, each) for each in promised)]


def plan_promise_clock(institution: Institution, case: Case, promise: Promise) -> Clock:
    """Return the term of a promise of a charter, from the filing on."""
    return _plan(
        institution,
        case,
        COMMITMENT,
        source=promise.source,
        label=promise.label,
        event_at=case.filed_at,
        amount=promise.amount,
    )


def _plan_standard(institution: Institution, kind: CaseKind, case: Case) -> Clock:
    """Return the term that the body gives itself: days from the filing, or as its own rule counts."""
    return _plan(
        institution,
        case,
        STANDARD,
        source=f"kind:{kind.pk}",
        label=f"Plazo que se da {institution.short_name}",
        event_at=case.filed_at,
        days=kind.standard_days or 0,
        rule_id=kind.standard_rule,
        channel=_FILING_CHANNEL[case.channel] if kind.standard_rule else None,
    )


def _plan_beside(institution: Institution, case: Case, rule: Rule | None, source: str) -> list[Clock]:
    """Return the clocks that the rule of a case starts beside its term: acknowledgement and first
    evaluation.
    """
    related = rule.related if rule else {}
    return [
        _plan(
            institution,
            case,
            kind,
            source=source,
            label=label,
            event_at=case.filed_at,
            rule_id=related[kind],
            channel=_FILING_CHANNEL[case.channel],
        )
        for kind, label in (
            (ACKNOWLEDGEMENT, "Acuse de recibo"),
            (EVALUATION, "Evaluación inicial"),
        )
        if kind in related
    ]


def plan_unit_clock(institution: Institution, case: Case, days: int, *, at: datetime) -> Clock:
    """Return the internal term of the unit that has the case: `days` business
    days from `at`, its closures left out.
    """
    return _plan(
        institution,
        case,
        UNIT,
        source=f"unit:{case.unit_id}",
        label="Plazo interno de la unidad",
        event_at=at,
        days=days,
        office_id=case.unit_id,
    )


def plan_duty_clock(
    institution: Institution, case: Case, *, source: str, label: str, rule_id: str, channel: str
) -> Clock:
    """Return the term of something that the body owes from the filing on and that no answer ends."""
    return _plan(
        institution,
        case,
        PLATFORM,
        source=source,
        label=label,
        event_at=case.filed_at,
        rule_id=rule_id,
        channel=channel,
    )


def plan_correction_clock(
    institution: Institution, case: Case, rule: Rule, correction: Correction, *, now: datetime
) -> Clock:
    """Return the term that the person has, from today, to complete the request, or to tell more about it."""
    more = correction is rule.information
    rule_id = rule.related.get("information" if more else "correction", "")
    return _plan(
        institution,
        case,
        CORRECTION,
        source=f"rule:{rule.id}",
        label="Plazo de la persona para dar más información"
        if more
        else "Plazo de la persona para completar",
        event_at=now,
        rule_id=rule_id,
        amount=None if rule_id else correction.amount,
    )


def plan_third_party_clock(institution: Institution, case: Case, rule: Rule, *, now: datetime) -> Clock:
    """Return the term that a third party has, from today, to object; the caller names it in `source`."""
    return _plan(
        institution,
        case,
        THIRD_PARTY,
        source="",
        label="Plazo del tercero para oponerse",
        event_at=now,
        rule_id=rule.related["objection"],
    )


def plan_delay_clock(institution: Institution, case: Case, rule: Rule, *, now: datetime) -> Clock:
    """Return the term that the body has left once the person reported the delay (art. 64 Ley 19.880)."""
    return _plan(
        institution,
        case,
        DELAY,
        source=f"rule:{rule.id}",
        label="Plazo tras la denuncia de la demora",
        event_at=now,
        rule_id=rule.related["delay_report"],
    )


def plan_appeal_term(
    institution: Institution,
    case: Case,
    rule: Rule | None,
    *,
    own: bool,
    notified_on: date,
    until: date | None,
) -> Clock:
    """Return the term of the body to defend an answer, or to decide an appeal to itself (`own`), from the
    local day it was told: to the day `until` that the authority named, else what `rule` says.

    Raises:
        Refused: neither says one (appeal_until_needed), or `until` is not a business day (appeal_day).
    """
    rule_id = (rule.related if rule else {}).get("appeal_decision" if own else "defence", "")
    if until is None and not rule_id:
        raise Refused("appeal_until_needed")
    return _plan(
        institution,
        case,
        APPEAL,
        subject=APPEAL,
        source=f"case:{case.pk}",
        label=f"Plazo para {'resolver el recurso' if own else 'enviar los descargos'}",
        event_at=datetime.combine(notified_on, time(12), tzinfo=institution.zone),
        rule_id="" if until else rule_id,
        days=days_to(institution, case, notified_on, until) if until else 0,
    )


def days_to(institution: Institution, case: Case, since: date, until: date) -> int:
    """Return the business days from `since` to `until` where the case is.

    Raises:
        Refused: `until` is not a business day, or lies before (appeal_day).
    """
    calendar = calendar_of(institution, case.unit_id)
    if until < since or not calendar.is_business(until):
        raise Refused("appeal_day")
    return max(calendar.business_between(since, until), 1)


def plan_review_clock(
    institution: Institution, case: Case, *, now: datetime, until: date | None = None
) -> Clock:
    """Return the clock of the review number `case.reviews`: as long as its kind says, or to the day
    `until`.
    """
    days = days_to(institution, case, institution.local_date(now), until) if until else 0
    return _plan(
        institution,
        case,
        REVIEW,
        source=f"review:{case.reviews}",
        label=f"Plazo de la revisión {case.reviews}",
        event_at=now,
        days=days or kinds(institution)[case.kind_id].review_days,
    )


def plan_appeal_clocks(
    institution: Institution, case: Case, rule: Rule, *, against: str, now: datetime
) -> list[Clock]:
    """Return a clock for each appeal with a term that `rule` gives `against` a denial or a silence."""
    return [
        _plan(
            institution,
            case,
            APPEAL_WINDOW,
            source=f"appeal:{rule.id}:{number}",
            label=appeal.body[:200],
            event_at=now,
            amount=appeal.amount,
        )
        for number, appeal in enumerate(rule.appeals)
        if appeal.amount and appeal.against in ("any", against)
    ]
