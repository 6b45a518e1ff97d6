# SPDX-License-Identifier: EUPL-1.2
"""A version of a rule that was shipped is never rewritten: terms that run pinned it."""

from pathlib import Path

import pytest

from siac.clocks.domain.amounts import Unit
from siac.clocks.domain.packs import rule_book

SHIPPED = [line.split() for line in (Path(__file__).parent / "standing.txt").read_text().splitlines()[1:]]


def rolls(rule):
    if rule.amount is None or rule.amount.unit in (Unit.BUSINESS_DAYS, Unit.HOURS):
        return "-"
    by_unit = rule.amount.unit is Unit.MONTHS
    return "rolls" if (by_unit if rule.roll is None else rule.roll) else "stays"


@pytest.mark.parametrize("line", SHIPPED, ids=[f"{line[0]} v{line[1]}" for line in SHIPPED])
def test_what_a_shipped_version_says_to_the_terms_that_pinned_it_stands(line):
    rule_id, version, *said = line
    rule = rule_book().exactly(rule_id, int(version))
    longer, fix = rule.extension, rule.correction
    related = said.pop()
    assert said == [
        str(rule.amount or "-"),
        rolls(rule),
        f"{longer.total or 'day'}/{longer.notice or '-'}" if longer else "-",
        f"{fix.amount}/{fix.effect}/{fix.outcome}/{fix.declared}/{fix.asked_within or '-'}" if fix else "-",
        rule.silence_effect,
        rule.third_party_effect or "-",
    ]
    if related != "-":
        assert dict(pair.split("=") for pair in related.split(",")).items() <= rule.related.items()


def test_every_version_that_is_shipped_is_written_down():
    known = {(line[0], int(line[1])) for line in SHIPPED}
    assert {(rule.id, rule.version) for rule in rule_book().rules} == known


def test_a_withdrawn_version_starts_no_term_and_says_why():
    withdrawn = [rule for rule in rule_book().rules if rule.withdrawn]
    assert withdrawn
    for rule in withdrawn:
        assert not rule.in_force(rule.valid_from)
        assert (
            rule_book()
            .in_force(rule.id, max(rule.valid_from, rule_book().latest(rule.id).valid_from))
            .version
            != rule.version
        )
