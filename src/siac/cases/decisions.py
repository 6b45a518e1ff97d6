# SPDX-License-Identifier: EUPL-1.2
"""How the law of a kind lets the body decide: the decisions it knows, what they
must say, the grounds of a denial.
"""

from collections.abc import Mapping

from siac.clocks.public import Decision, Ground, law_rule, rule_book


def _decisions(rule_id: str) -> tuple[Decision, ...]:
    rule = law_rule(rule_id) if rule_id else None
    return rule.outcomes if rule else ()


def outcomes_of(rule_id: str) -> Mapping[str, str] | None:
    """Return the decisions that a kind with that legal term admits, by code;
    None where it admits all in the usual words.
    """
    return {decision.code: decision.words for decision in _decisions(rule_id)} or None


def says_measures(rule_id: str) -> bool:
    """Return whether the law of a kind has a decision that says corrective measures (Peru's book:
    Aceptado).
    """
    return any(decision.measures for decision in _decisions(rule_id))


def measures_problem(rule_id: str, outcome: str, measures: str) -> str:
    """Return why corrective measures do not fit an answer, as a code; empty where they do."""
    if any(decision.measures and decision.code == outcome for decision in _decisions(rule_id)):
        return "" if measures.strip() else "measures_missing"
    return "measures_not_here" if measures.strip() else ""


def ground_text(ground: Ground) -> str:
    """Return a ground as people read it: its words and its article."""
    return f"{ground.words} ({ground.article})"


def ground_words(ground_id: str) -> str:
    """Return the ground of a denial by its id as people read it; empty where there is none."""
    ground = rule_book().ground(ground_id) if ground_id else None
    return ground_text(ground) if ground else ground_id
