# SPDX-License-Identifier: EUPL-1.2
"""The steps from charters to an award: each reached by its proofs, the first that none proves comes next."""

import pytest

from siac.policy.domain.maturity import Level, Proof, path

ONE = [Proof("x")]
CHARTERS, CERTIFIED, ISO, AWARD = Level


@pytest.mark.parametrize(
    ("proven", "reached", "following"),
    [
        ((), "----", CHARTERS),
        ((CHARTERS,), "x---", CERTIFIED),
        ((CHARTERS, CERTIFIED), "xx--", ISO),
        ((CHARTERS, AWARD), "x--x", CERTIFIED),
        ((CERTIFIED,), "-x--", CHARTERS),
        ((CHARTERS, CERTIFIED, ISO, AWARD), "xxxx", None),
    ],
)
def test_steps_are_reached_by_their_proofs(proven, reached, following):
    found = path(dict.fromkeys(proven, ONE))
    assert "".join("x" if each.is_reached else "-" for each in found) == reached
    assert [each.step.level for each in found if each.is_next] == ([following] if following else [])
