# SPDX-License-Identifier: EUPL-1.2
"""The rules of a body as values, what they would do with cases already there, and what they did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet
from django.utils.functional import cached_property

from siac.accounts.public import Role
from siac.cases.access import visible_to
from siac.cases.domain.numbers import folio
from siac.cases.domain.routing import (
    Conditions,
    Effects,
    Event,
    Facts,
    Outcome,
    Rule,
    Sender,
    Step,
    Targets,
    Words,
    route,
)
from siac.cases.models import Case, OutcomeLabel, RoutingRule, RoutingRun
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.infra.config_cache import ConfigCache
from siac.infra.search import tokens
from siac.organizations.public import Access, Holders, Institution, roles_held, unit_tree

LOOKED_AT = 200
"""So many of the latest cases a preview looks at."""
SHOWN = 20


def _load_rules(institution_id: int) -> list[RoutingRule]:
    return list(RoutingRule.objects.filter(institution_id=institution_id).order_by("position", "pk"))


_RULES: ConfigCache[list[RoutingRule]] = ConfigCache(_load_rules)


def routing_rules(institution: Institution) -> list[RoutingRule]:
    """Return the rules of a body in their order, in use or not; no SQL when warm."""
    return _RULES.get(institution)


def _load_staff(institution_id: int) -> list[tuple[str, int | None, int]]:
    return roles_held(institution_id)


_STAFF: ConfigCache[list[tuple[str, int | None, int]]] = ConfigCache(_load_staff)


def words_of_line(text: str) -> Words:
    """Return the folded tokens of a text, as rules compare them. No SQL."""
    return frozenset(tokens(text))


def alternatives(text: str) -> tuple[Words, ...]:
    """Return the groups of words that the lines of `text` ask for; lines of stop words alone are left out.

    No SQL.
    """
    groups = (words_of_line(line) for line in text.splitlines())
    return tuple(group for group in groups if group)


def question_codes(institution: Institution) -> dict[str, frozenset[str]]:
    """Return the codes that a question has in the kinds of a body, by its label (no SQL when warm)."""
    found: dict[str, set[str]] = {}
    for kind in kinds(institution).values():
        for question in kind.parsed_questions():
            found.setdefault(question.label, set()).add(question.code)
    return {label: frozenset(codes) for label, codes in found.items()}


def as_rule(institution: Institution, row: RoutingRule) -> Rule:
    """Return a rule, saved or not, as the value that is matched. No SQL when warm."""
    codes = question_codes(institution) if row.answers else {}
    asked = [line.partition("|") for line in row.answers.splitlines() if line.strip()]
    conditions = Conditions(
        kinds=frozenset(row.kinds),
        channels=frozenset(row.channels),
        topics=frozenset(row.topics),
        senders=frozenset(row.senders),
        words=alternatives(row.words),
        places=alternatives(row.places),
        answers=tuple(
            (codes.get(label.strip(), frozenset()), words_of_line(text)) for label, _, text in asked
        ),
        restricted=row.restricted,
    )
    effects = Effects(
        row.set_topic_id,
        row.set_unit_id,
        row.set_assignee_id,
        in_turn=row.in_turn,
        restrict=row.set_restricted,
    )
    events = {Event.FILED, Event.CLASSIFIED} if row.on_classified else {Event.FILED}
    return Rule(row.pk or 0, row.version, row.name, conditions, effects, frozenset(events))


class Routing:
    """All that is needed to route cases of a body: no SQL when warm."""

    def __init__(self, institution: Institution) -> None:
        self.institution = institution
        self.rows = [row for row in routing_rules(institution) if row.is_active]

    @cached_property
    def rules(self) -> list[Rule]:
        return [as_rule(self.institution, row) for row in self.rows]

    def officers(self, unit_id: int) -> list[int]:
        """Return who attends the cases of a unit, by id."""
        tree = unit_tree(self.institution)
        return Holders(tree, _STAFF.get(self.institution)).over(Role.UNIT_OFFICER, tree.current(unit_id))

    def targets(self, rules: Iterable[Rule]) -> Targets:
        """Return what `rules` may point to today."""
        tree = unit_tree(self.institution)
        turns = {rule.effects.unit_id for rule in rules if rule.effects.in_turn and rule.effects.unit_id}
        return Targets(
            topics=frozenset(pk for pk, topic in topics(self.institution).items() if topic.is_active),
            units=frozenset(pk for pk in tree.nodes if tree.current(pk) is not None),
            people=frozenset(user for _, _, user in _STAFF.get(self.institution)),
            attended=frozenset(unit for unit in turns if self.officers(unit)),
        )


def answer_words(answers: Mapping[str, Any]) -> dict[str, Words]:
    """Return the tokens of each answer of a case. No SQL."""
    return {code: words_of_line(str(value)) for code, value in answers.items()}


def with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Bring along, in the same SQL, what `facts_of` needs: the stored stems
    stand for the text, which is not read.
    """
    found: QuerySet[Case] = cases.annotate(
        stems=Func(F("text__search"), function="tsvector_to_array"),
        place_text=F("text__place"),
        given=F("text__answers"),
        sender=F("person__kind"),
    )
    return found


def facts_of(case: Any) -> Facts:
    """Return the facts of a case read through `with_facts`. No SQL."""
    return Facts(
        kind_id=case.kind_id,
        channel=case.channel,
        topic_id=case.topic_id,
        sender=Sender(case.sender) if case.person_id else Sender.ANONYMOUS,
        is_restricted=case.is_restricted,
        words=frozenset(case.stems or ()),
        place=words_of_line(case.place_text or ""),
        answers=answer_words(case.given or {}),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a rule would change about a case, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Match:
    """A case that a rule would match, and what would be different."""

    folio: str
    filed_at: datetime
    kind: str
    changes: list[Change]
    note: str
    """Why it would do nothing, where it would not."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would do with the latest `looked` cases that are not
    restricted: `matches` shows the newest `SHOWN`.
    """

    looked: int
    matched: int
    changed: int
    matches: list[Match]


def preview(institution: Institution, draft: RoutingRule) -> Preview:
    """Return what a rule, saved or not, would do with the latest cases, in its
    place among the others (1 SQL when warm).

    Restricted cases are left out: who writes rules need not be one of those who read them.
    """
    rule, routing = as_rule(institution, draft), Routing(institution)
    others = [row for row in routing.rows if row.pk != draft.pk]
    above = [row for row in others if draft.pk and (row.position, row.pk) < (draft.position, draft.pk)]
    before = above if draft.pk else others
    rules = [*(as_rule(institution, row) for row in before), rule]
    targets = routing.targets(rules)
    cases = with_facts(Case.objects.filter(institution=institution, is_restricted=False)).order_by("-pk")
    cases = cases.select_related("assignee")[:LOOKED_AT]
    found: list[Match] = []
    looked = 0
    for case in cases:
        looked += 1
        steps = route(rules, facts_of(case), event=Event.FILED, said=Effects(), targets=targets)
        step = next((step for step in steps if step.rule is rule), None)
        if step is not None:
            found.append(_match(institution, case, step))
    return Preview(looked, len(found), sum(bool(match.changes) for match in found), found[:SHOWN])


def _match(institution: Institution, case: Case, step: Step) -> Match:
    changes = _changes(institution, case, step.effects)
    note = "" if step.outcome is Outcome.APPLIED else OutcomeLabel(step.outcome.value).label
    kind = kinds(institution)[case.kind_id].name
    return Match(folio(case.year, case.number), case.filed_at, kind, changes, note)


def _changes(institution: Institution, case: Case, effects: Effects) -> list[Change]:
    units, known = unit_tree(institution).nodes, topics(institution)
    found = []
    if effects.topic_id not in (None, case.topic_id):
        old = known[case.topic_id].name if case.topic_id else "sin tema"
        found.append(Change("Tema", old, known[effects.topic_id or 0].name))
    if effects.unit_id not in (None, case.unit_id):
        was = units[case.unit_id].name if case.unit_id else "sin unidad"
        found.append(Change("Unidad", was, units[effects.unit_id or 0].name))
    if effects.in_turn or effects.assignee_id not in (None, case.assignee_id):
        who = "por turno" if effects.in_turn else "la persona indicada"
        found.append(Change("Responsable", case.assignee.name if case.assignee else "nadie", who))
    if effects.restrict:
        found.append(Change("Reserva", "no", "sí"))
    return found


def runs_of(case: Case) -> list[RoutingRun]:
    """Return what rules did with a case, in order (1 SQL)."""
    rows = RoutingRun.objects.filter(case=case).select_related("rule", "topic", "unit", "assignee")
    return list(rows.order_by("pk"))


def runs_by_rule(access: Access, rule: RoutingRule) -> QuerySet[RoutingRun]:
    """Return what a rule did, for paging; with restricted cases only those that the holder of
    `access` sees.

    Lazy: no SQL until it is read.
    """
    rows = RoutingRun.objects.filter(rule=rule).select_related("case", "topic", "unit", "assignee")
    readable = visible_to(access).filter(is_restricted=True).values("pk")
    return rows.filter(Q(case__is_restricted=False) | Q(case__in=readable))


def counts_since(institution: Institution, since: datetime) -> dict[int, int]:
    """Return how often each rule matched since then, by rule (1 SQL)."""
    rows = RoutingRun.objects.filter(rule__institution=institution, at__gte=since).order_by()
    return {row["rule"]: row["count"] for row in rows.values("rule").annotate(count=Count("pk"))}
