# SPDX-License-Identifier: EUPL-1.2
"""Let the rules of a body route a case. The system acts, and the journal says by which rule and version.

Rules run inside the transaction of what they follow: the unit they choose
decides which calendar and terms a case gets.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from siac.cases.commands.answer_drafts import call_back
from siac.cases.commands.terms import follow_topic, hand_to_unit
from siac.cases.domain.routing import Effects, Event, Facts, Outcome, Step, decided, route
from siac.cases.domain.states import Move, after, allowed
from siac.cases.features import Arrival, Router
from siac.cases.models import Case, RoutingRun
from siac.cases.routing.queries import Routing, answer_words, facts_of, with_facts, words_of_line
from siac.cases.series import FOLIOS
from siac.journal.public import NewEntry, record_many
from siac.organizations.public import Institution, unit_tree

ROUTED = "cases.routed"


def route_filing(institution: Institution, what: Arrival) -> list[Step]:
    """Return what the rules of the body say of a request that comes in (no SQL when warm)."""
    routing = Routing(institution)
    if not routing.rows:
        return []
    facts = Facts(
        kind_id=what.kind.pk,
        channel=what.channel,
        topic_id=what.said.topic_id,
        sender=what.sender,
        is_restricted=what.said.restrict,
        words=words_of_line(" ".join((what.subject, what.body, what.place, *what.answers.values()))),
        place=words_of_line(what.place),
        answers=answer_words(what.answers),
    )
    targets = routing.targets(routing.rules)
    return route(routing.rules, facts, event=Event.FILED, said=what.said, targets=targets)


_TAKE = f"""
WITH turn AS (UPDATE cases_routingrule SET turn = turn + 1 WHERE id = %(turn)s RETURNING turn - 1 AS before),
numbers AS (
    {FOLIOS.taking("%(institution)s", "%(year)s", "1")}
),
who AS (
    SELECT COALESCE(
        (SELECT (%(officers)s::bigint[])[1 + before %% cardinality(%(officers)s::bigint[])] FROM turn),
        %(assignee)s::bigint
    ) AS id
),
runs AS (
    INSERT INTO cases_routingrun (institution_id, case_id, rule_id, rule_version, event, case_version,
        outcome, topic_id, unit_id, assignee_id, restricted, at)
    SELECT %(institution)s, %(case)s, step.rule, step.version, 'filed', %(case_version)s, step.outcome,
        step.topic, step.unit, CASE WHEN step.assigns THEN who.id END, step.restricted, %(now)s
    FROM who, jsonb_to_recordset(%(steps)s::jsonb) AS step(
        place int, rule bigint, version int, outcome text, topic bigint, unit bigint, assigns boolean,
        restricted boolean)
    ORDER BY step.place
)
SELECT numbers.last, who.id FROM numbers, who
"""  # noqa: S608 - the statement of the folios is the product's own


def take_routed_numbers(case: Case, steps: Sequence[Step], *, now: datetime) -> None:
    """Give an unsaved case its folio and its assignee, and keep what each rule did with it, in 1 SQL.

    It is the statement that takes the folio; what must be written before it goes in one of its own, so a
    filing that rules route costs one more than others. A turn, like a folio, stays taken until the
    transaction ends and is given back if it fails.
    """
    rule_id, officers = _turn(case.institution, steps)
    kept = [
        {
            "place": place, "rule": step.rule.id, "version": step.rule.version, "outcome": step.outcome.value,
            "topic": step.effects.topic_id, "unit": step.effects.unit_id, "assigns": step.effects.assigns,
            "restricted": step.effects.restrict,
        }
        for place, step in enumerate(steps)
    ]  # fmt: skip
    given = {
        "institution": case.institution_id,
        "case": case.pk,
        "year": case.year,
        "turn": rule_id,
        "officers": officers,
        "assignee": decided(steps).assignee_id,
        "case_version": case.version,
        "now": now,
        "steps": json.dumps(kept),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        case.number, case.assignee_id = cursor.fetchone()


def _turn(institution: Institution, steps: Sequence[Step]) -> tuple[int | None, list[int]]:
    """Return the rule that assigns in turn, if one does, and the officers whose turn it may be."""
    for step in steps:
        if step.effects.in_turn and step.rule.effects.unit_id is not None:
            return step.rule.id, Routing(institution).officers(step.rule.effects.unit_id)
    return None, []


def _assignee_by(institution: Institution, steps: Sequence[Step]) -> int | None:
    """Return who gets the case by these steps; taking a turn costs 1 SQL and
    holds the rule's row until the commit.
    """
    rule_id, officers = _turn(institution, steps)
    if rule_id is None:
        return decided(steps).assignee_id
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_routingrule SET turn = turn + 1 WHERE id = %s RETURNING turn - 1", [rule_id]
        )
        turn: int = cursor.fetchone()[0]
    return officers[turn % len(officers)]


def routed_entries(case: Case, steps: Sequence[Step]) -> list[NewEntry]:
    """Return the journal entry of what rules did with a case: nobody's act, by these rules and versions."""
    if not steps:
        return []
    rules = [
        {"rule": step.rule.id, "version": step.rule.version, "outcome": step.outcome.value} for step in steps
    ]
    data: dict[str, Any] = {
        "rules": rules, "topic": case.topic_id, "unit": case.unit_id, "assignee": case.assignee_id,
        "restricted": case.is_restricted, "row": case.row_seal,
    }  # fmt: skip
    return [NewEntry(case.stream, ROUTED, data)]


def _keep_runs(case: Case, steps: Sequence[Step], *, now: datetime) -> None:
    """Write down what each rule did with a classified case (1 SQL)."""
    RoutingRun.objects.bulk_create(
        RoutingRun(
            institution_id=case.institution_id,
            case=case,
            rule_id=step.rule.id,
            rule_version=step.rule.version,
            event=Event.CLASSIFIED.value,
            case_version=case.version,
            outcome=step.outcome.value,
            topic_id=step.effects.topic_id,
            unit_id=step.effects.unit_id,
            assignee_id=case.assignee_id if step.effects.assigns else None,
            restricted=step.effects.restrict,
            at=now,
        )
        for step in steps
    )


def route_classified(institution: Institution, case: Case, *, now: datetime) -> list[Step]:
    """Ask the rules that follow a classification about `case`, which is locked
    and saved, and do what they say.

    The topic that the officer gave stands. A case that rules referred
    `REFERRALS_LIMIT` times stays where it is.
    """
    rules = [rule for rule in Routing(institution).rules if Event.CLASSIFIED in rule.events]
    if not rules or Move.REFER not in allowed(case.state):
        return []
    read: Any = with_facts(Case.objects.filter(pk=case.pk)).get()
    referrals = RoutingRun.objects.filter(
        case=case, unit__isnull=False, outcome=Outcome.APPLIED.value
    ).count()
    steps = route(
        rules,
        facts_of(read),
        event=Event.CLASSIFIED,
        said=Effects(topic_id=case.topic_id, restrict=case.is_restricted),
        targets=Routing(institution).targets(rules),
        referrals=referrals,
        unit_id=case.unit_id,
    )
    if steps:
        _apply(institution, case, steps, now=now)
    return steps


def _apply(institution: Institution, case: Case, steps: Sequence[Step], *, now: datetime) -> None:
    effects = decided(steps)
    before = case.topic_id
    case.topic_id = effects.topic_id or case.topic_id
    if case.topic_id != before:
        follow_topic(institution, case, before=before, now=now)
    case.is_restricted = case.is_restricted or effects.restrict
    unit_id = unit_tree(institution).current(effects.unit_id)
    if unit_id is not None:
        moves = unit_id != case.unit_id
        case.unit_id, case.assignee_id = unit_id, None
        case.state = after(case.state, Move.REFER)
        hand_to_unit(institution, case, now=now)
        if moves:
            call_back(case, actor=None, now=now)
    case.assignee_id = _assignee_by(institution, steps) or case.assignee_id
    case.save(
        update_fields=[
            "topic",
            "is_restricted",
            "unit",
            "assignee",
            "state",
            "due_on",
            "legal_due_on",
            "version",
        ]
    )
    record_many(case.institution_id, routed_entries(case, steps), now)
    _keep_runs(case, steps, now=now)


BY_RULES = Router(
    arrived=route_filing,
    take_numbers=take_routed_numbers,
    entries=routed_entries,
    classified=route_classified,
)
"""What filing and classifying ask."""
