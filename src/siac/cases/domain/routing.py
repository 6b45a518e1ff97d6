# SPDX-License-Identifier: EUPL-1.2
"""Which rules speak of a case and what they do with it: values in, steps out.

Nothing here reads or writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

REFERRALS_LIMIT = 3
"""So often rules may refer one case in its life; whoever reads it refers it from then on."""
RULES_LIMIT = 100
"""So many rules a body may have: all of them are asked about every request that comes in."""
Words = frozenset[str]


class Event(StrEnum):
    """When rules are asked."""

    FILED = "filed"
    CLASSIFIED = "classified"


class Sender(StrEnum):
    """Who sent it, as far as a rule may know."""

    NATURAL = "natural"
    LEGAL = "legal"
    ANONYMOUS = "anonymous"


class Outcome(StrEnum):
    """What became of a rule that matched."""

    APPLIED = "applied"
    SETTLED = "settled"
    """All it would do was said before it: by a person, or by a rule above."""
    GONE = "gone"
    """The unit, topic or officer it names is no longer in use, or nobody attends the unit."""
    LIMIT = "limit"
    """It would have referred the case once more than `REFERRALS_LIMIT`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a case when rules are asked; words are folded tokens (see `infra.search`)."""

    kind_id: int
    channel: str
    topic_id: int | None
    sender: Sender
    is_restricted: bool
    words: Words
    place: Words
    answers: Mapping[str, Words] = field(default_factory=dict)
    """By the code of the question."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that are given must hold; an empty one holds always."""

    kinds: frozenset[int] = frozenset()
    channels: frozenset[str] = frozenset()
    topics: frozenset[int] = frozenset()
    senders: frozenset[str] = frozenset()
    words: tuple[Words, ...] = ()
    """Alternatives: all the words of one of them must occur in the text."""
    places: tuple[Words, ...] = ()
    """Alternatives, likewise, for the place."""
    answers: tuple[tuple[frozenset[str], Words], ...] = ()
    """(codes of a question, words): one of these answers must hold the words;
    no words: it must have been given.
    """
    restricted: bool | None = None

    def hold(self, facts: Facts) -> bool:
        """Return whether a case with these facts is one of those meant."""
        return (
            (not self.kinds or facts.kind_id in self.kinds)
            and (not self.channels or facts.channel in self.channels)
            and (not self.topics or facts.topic_id in self.topics)
            and (not self.senders or facts.sender in self.senders)
            and self.restricted in (None, facts.is_restricted)
            and self._worded(facts)
        )

    def _worded(self, facts: Facts) -> bool:
        return (
            (not self.words or any(group <= facts.words for group in self.words))
            and (not self.places or any(group <= facts.place for group in self.places))
            and all(
                any(code in facts.answers and words <= facts.answers[code] for code in codes)
                for codes, words in self.answers
            )
        )


@dataclass(frozen=True, slots=True)
class Effects:
    """What a rule decides, or what was decided already; None and False: nothing about that."""

    topic_id: int | None = None
    unit_id: int | None = None
    assignee_id: int | None = None
    in_turn: bool = False
    """Assign to the officers of the unit in turn."""
    restrict: bool = False

    @property
    def assigns(self) -> bool:
        return self.in_turn or self.assignee_id is not None

    def __bool__(self) -> bool:
        return self != Effects()


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule of a body."""

    id: int
    version: int
    name: str
    conditions: Conditions
    effects: Effects
    events: frozenset[Event] = frozenset({Event.FILED})


@dataclass(frozen=True, slots=True)
class Targets:
    """What rules may point to today."""

    topics: frozenset[int]
    units: frozenset[int]
    people: frozenset[int]
    attended: frozenset[int] = frozenset()
    """Units with an officer to whom a case can be assigned in turn."""

    def has(self, effects: Effects) -> bool:
        """Return whether everything that `effects` names is in use."""
        return (
            (effects.topic_id is None or effects.topic_id in self.topics)
            and (effects.unit_id is None or effects.unit_id in self.units)
            and (effects.assignee_id is None or effects.assignee_id in self.people)
            and (not effects.in_turn or effects.unit_id in self.attended)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that matched, and what it did."""

    rule: Rule
    outcome: Outcome
    effects: Effects = Effects()


def route(
    rules: Sequence[Rule],
    facts: Facts,
    *,
    event: Event,
    said: Effects,
    targets: Targets,
    referrals: int = 0,
    unit_id: int | None = None,
) -> list[Step]:
    """Ask `rules` in their order, each once, and return a step for each that matched.

    Every thing is decided by who speaks first: a person (`said`), then the rules from the top. A
    rule sees the topic and the confidentiality that rules above it gave. `unit_id` has the case
    already; `referrals` of its life were by rules.
    """
    steps: list[Step] = []
    for rule in rules:
        if event not in rule.events or not rule.conditions.hold(facts):
            continue
        step = _step(rule, said, targets, spent=referrals >= REFERRALS_LIMIT, unit_id=unit_id)
        steps.append(step)
        said = _added(said, step.effects)
        facts = replace(
            facts,
            topic_id=step.effects.topic_id or facts.topic_id,
            is_restricted=facts.is_restricted or step.effects.restrict,
        )
    return steps


def _step(rule: Rule, said: Effects, targets: Targets, *, spent: bool, unit_id: int | None) -> Step:
    wanted = rule.effects
    if not targets.has(wanted):
        return Step(rule, Outcome.GONE)
    refers = wanted.unit_id not in (None, unit_id) and said.unit_id is None
    limited = refers and spent
    open_to_assign = wanted.assigns and not said.assigns and not limited
    if wanted.in_turn and wanted.unit_id is not None and said.unit_id not in (None, wanted.unit_id):
        open_to_assign = False  # somebody else got the case: its turn is not for that unit
    left = Effects(
        topic_id=wanted.topic_id if said.topic_id is None else None,
        unit_id=wanted.unit_id if refers and not limited else None,
        assignee_id=wanted.assignee_id if open_to_assign else None,
        in_turn=wanted.in_turn and open_to_assign,
        restrict=wanted.restrict and not said.restrict,
    )
    if limited:
        return Step(rule, Outcome.LIMIT, left)
    return Step(rule, Outcome.APPLIED if left else Outcome.SETTLED, left)


def _added(said: Effects, more: Effects) -> Effects:
    return Effects(
        topic_id=said.topic_id or more.topic_id,
        unit_id=said.unit_id or more.unit_id,
        assignee_id=said.assignee_id or more.assignee_id,
        in_turn=said.in_turn or more.in_turn,
        restrict=said.restrict or more.restrict,
    )


def decided(steps: Sequence[Step]) -> Effects:
    """Return all that the steps decided together."""
    total = Effects()
    for step in steps:
        total = _added(total, step.effects)
    return total
