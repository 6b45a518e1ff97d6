# SPDX-License-Identifier: EUPL-1.2
"""Which rules speak of a case and what they decide, as a table."""

from dataclasses import replace

import pytest

from siac.cases.domain.routing import (
    REFERRALS_LIMIT,
    Conditions,
    Effects,
    Event,
    Facts,
    Outcome,
    Rule,
    Sender,
    Targets,
    decided,
    route,
)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FACTS = Facts(
    kind_id=1,
    channel="web",
    topic_id=None,
    sender=Sender.NATURAL,
    is_restricted=False,
    words=words("bache grande calle"),
    place=words("calle larga centro"),
    answers={"donde": words("calle larga")},
)
TARGETS = Targets(frozenset({5, 6}), frozenset({10, 11}), frozenset({100}), attended=frozenset({10}))


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        (Conditions(), True),
        (Conditions(kinds=frozenset({1})), True),
        (Conditions(kinds=frozenset({2})), False),
        (Conditions(channels=frozenset({"web", "email"})), True),
        (Conditions(channels=frozenset({"email"})), False),
        (Conditions(topics=frozenset({5})), False),
        (Conditions(senders=frozenset({"natural"})), True),
        (Conditions(senders=frozenset({"anonymous"})), False),
        (Conditions(restricted=False), True),
        (Conditions(restricted=True), False),
        (Conditions(words=(words("bache"),)), True),
        (Conditions(words=(words("bache vereda"),)), False),
        (Conditions(words=(words("bache vereda"), words("calle grande"))), True),
        (Conditions(places=(words("centro"),)), True),
        (Conditions(places=(words("bache"),)), False),
        (Conditions(answers=((frozenset({"donde"}), words("larga")),)), True),
        (Conditions(answers=((frozenset({"donde"}), words("corta")),)), False),
        (Conditions(answers=((frozenset({"donde", "lugar"}), frozenset()),)), True),
        (Conditions(answers=((frozenset({"cuando"}), frozenset()),)), False),
        (Conditions(answers=((frozenset(), frozenset()),)), False),
        (Conditions(kinds=frozenset({1}), words=(words("perro"),)), False),
    ],
)
def test_all_conditions_must_hold(conditions, holds):
    assert conditions.hold(FACTS) is holds


ALWAYS, NOTHING = Conditions(), Effects()


def rule(number: int, effects: Effects, conditions: Conditions = ALWAYS, **more) -> Rule:
    return Rule(number, 1, f"Regla {number}", conditions, effects, **more)


def run(*rules: Rule, said: Effects = NOTHING, event: Event = Event.FILED, facts: Facts = FACTS, **more):
    return route(rules, facts, event=event, said=said, targets=TARGETS, **more)


@pytest.mark.parametrize(
    ("effects", "said", "outcome", "left"),
    [
        (Effects(unit_id=10), Effects(), Outcome.APPLIED, Effects(unit_id=10)),
        (Effects(unit_id=10), Effects(unit_id=11), Outcome.SETTLED, Effects()),
        (Effects(unit_id=10, topic_id=5), Effects(unit_id=11), Outcome.APPLIED, Effects(topic_id=5)),
        (Effects(topic_id=5), Effects(topic_id=6), Outcome.SETTLED, Effects()),
        (Effects(topic_id=7), Effects(), Outcome.GONE, Effects()),
        (Effects(unit_id=12), Effects(), Outcome.GONE, Effects()),
        (Effects(assignee_id=101), Effects(), Outcome.GONE, Effects()),
        (Effects(assignee_id=100), Effects(), Outcome.APPLIED, Effects(assignee_id=100)),
        (Effects(unit_id=10, in_turn=True), Effects(), Outcome.APPLIED, Effects(unit_id=10, in_turn=True)),
        (Effects(unit_id=10, in_turn=True), Effects(unit_id=10), Outcome.APPLIED, Effects(in_turn=True)),
        (Effects(unit_id=10, in_turn=True), Effects(unit_id=11), Outcome.SETTLED, Effects()),
        (Effects(unit_id=11, in_turn=True), Effects(), Outcome.GONE, Effects()),
        (Effects(restrict=True), Effects(restrict=True), Outcome.SETTLED, Effects()),
        (Effects(restrict=True), Effects(), Outcome.APPLIED, Effects(restrict=True)),
    ],
)
def test_what_was_said_before_stands(effects, said, outcome, left):
    (step,) = run(rule(1, effects), said=said)
    assert (step.outcome, step.effects) == (outcome, left)


def test_the_first_rule_decides_and_the_next_ones_see_what_it_gave():
    topical = Conditions(topics=frozenset({5}))
    steps = run(
        rule(1, Effects(topic_id=5)),
        rule(2, Effects(unit_id=10), topical),
        rule(3, Effects(unit_id=11, topic_id=6)),
    )
    assert [step.outcome for step in steps] == [Outcome.APPLIED, Outcome.APPLIED, Outcome.SETTLED]
    assert decided(steps) == Effects(topic_id=5, unit_id=10)


def test_a_rule_above_does_not_see_what_comes_below():
    steps = run(rule(2, Effects(unit_id=10), Conditions(topics=frozenset({5}))), rule(1, Effects(topic_id=5)))
    assert decided(steps) == Effects(topic_id=5)


def test_two_rules_that_point_to_each_other_end_after_one_round():
    there = rule(1, Effects(topic_id=5), Conditions(topics=frozenset({6})))
    back = rule(2, Effects(topic_id=6), Conditions(topics=frozenset({5})))
    steps = run(there, back, there, facts=replace(FACTS, topic_id=6))
    assert decided(steps).topic_id == 5


def test_a_rule_acts_only_on_its_events():
    only = rule(1, Effects(unit_id=10))
    both = rule(2, Effects(unit_id=10), events=frozenset(Event))
    assert run(only, event=Event.CLASSIFIED) == []
    assert len(run(only, both, event=Event.CLASSIFIED)) == 1


def test_referrals_by_rules_end_at_the_limit_and_the_rest_still_happens():
    moves = rule(1, Effects(unit_id=10, topic_id=5, in_turn=True))
    (last,) = run(moves, referrals=REFERRALS_LIMIT - 1, unit_id=11)
    assert last.outcome is Outcome.APPLIED
    (beyond,) = run(moves, referrals=REFERRALS_LIMIT, unit_id=11)
    assert (beyond.outcome, beyond.effects) == (Outcome.LIMIT, Effects(topic_id=5))


def test_the_unit_that_has_the_case_already_is_no_referral():
    (step,) = run(rule(1, Effects(unit_id=10)), referrals=REFERRALS_LIMIT, unit_id=10)
    assert step.outcome is Outcome.SETTLED
