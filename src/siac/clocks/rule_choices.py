# SPDX-License-Identifier: EUPL-1.2
"""Rules as they are offered to be chosen: those that fit, in words with their article, law by law."""

from collections.abc import Iterable
from datetime import date

from siac.clocks.domain.rules import Rule
from siac.clocks.queries.own_rules import rules_for
from siac.clocks.texts import rule_text
from siac.organizations.public import Institution

STARTS_A_CASE = frozenset({"filing", "receipt", "registration", "initiation"})
"""Events with which the term of an answer can begin: something came in."""
OWN_GROUP = "Reglas propias"


def answer_rules(institution: Institution, today: date, current: str = "") -> list[Rule]:
    """Return the rules by which a request can be answered here today, and the one in use, by law and name.

    What only runs beside another rule (a referral, an acknowledgement, the
    hearing of a third party) answers nothing.
    """
    known = rules_for(institution)
    beside = {companion for rule in known for companion in rule.related.values()}
    fit = {rule.id: rule for rule in known if rule.id == current and rule.amount is not None}
    fit |= {
        rule.id: rule
        for rule in known
        if rule.amount is not None and rule.law_behind and rule.in_force(today)
        and rule.event in STARTS_A_CASE and rule.id not in beside
    }  # fmt: skip
    return sorted(fit.values(), key=lambda rule: (rule.source, rule.name, rule.id))


def grouped_rules(rules: Iterable[Rule], own: frozenset[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return rules as (law, [(id, words)]) in their order, a body's own ones
    last; `own` are the ids of those.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for rule in rules:
        title = OWN_GROUP if rule.id in own else rule.source
        groups.setdefault(title, []).append((rule.id, rule_text(rule)))
    last = groups.pop(OWN_GROUP, None)
    return [*groups.items(), *([(OWN_GROUP, last)] if last else [])]
