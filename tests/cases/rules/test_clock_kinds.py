# SPDX-License-Identifier: EUPL-1.2
"""Which clocks bind the body: for each role of a rule in the packs, and for
what the body promises beside the law.
"""

import pytest

from siac.cases.domain import clock_kinds as kinds
from siac.clocks.domain.rules import ROLES
from siac.clocks.public import rule_book

BINDS, THEIRS, ELSEWHERE, NONE = "next due, alerts", "the person's", "of the appeal, alerts", "no clock"
EXPECTED = {
    "acknowledgement": BINDS,
    "evaluation": BINDS,
    "delay_report": BINDS,
    "defence": ELSEWHERE,
    "appeal_decision": ELSEWHERE,
    "correction": THEIRS,
    "information": THEIRS,
    "objection": THEIRS,
    "third_party": NONE,
    "transfer": NONE,
    "duplicate": NONE,
    "silence": NONE,
}


def said(role: str) -> str:
    kind = kinds.ROLE_CLOCKS[role]
    if kind is None:
        return NONE
    if kind == kinds.APPEAL:
        return ELSEWHERE
    return BINDS if kind in kinds.DUE_CLOCKS and kind in kinds.ALERTED else THEIRS


@pytest.mark.parametrize(("role", "what"), EXPECTED.items())
def test_each_role_of_a_rule_says_whether_its_clock_binds_the_body(role, what):
    assert said(role) == what


def test_no_role_of_a_pack_was_forgotten():
    used = {role for rule in rule_book().rules for role in rule.related}
    assert used <= set(EXPECTED) == set(ROLES) == set(kinds.ROLE_CLOCKS)


def test_what_counts_beside_the_rules():
    """The answer, the review and the move to the platform alert; the body's own
    promises only count for the next day due.
    """
    for kind in (kinds.LEGAL, kinds.REVIEW):
        assert kind in kinds.DUE_CLOCKS and kind in kinds.ALERTED
    assert kinds.PLATFORM in kinds.DUE_CLOCKS and kinds.PLATFORM not in kinds.BODY_CLOCKS
    for kind in (kinds.STANDARD, kinds.COMMITMENT, kinds.UNIT):
        assert kind in kinds.DUE_CLOCKS and kind not in kinds.ALERTED
