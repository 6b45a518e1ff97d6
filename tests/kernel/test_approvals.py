# SPDX-License-Identifier: EUPL-1.2
"""Which step leads where on the way to an approval, and that what was looked at still stands."""

import pytest

from siac.kernel.approvals import OVERTAKEN, Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused

LETTER = Approval(
    after={
        ("", ApprovalStep.SUBMIT): "waits",
        ("waits", ApprovalStep.APPROVE): "sent",
        ("waits", ApprovalStep.RETURN): "",
        ("failed", ApprovalStep.RESUME): "sent",
    },
    closed=dict.fromkeys(ApprovalStep, "letter_closed") | {ApprovalStep.RESUME: "letter_not_failed"},
)


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


@pytest.mark.parametrize("step", ApprovalStep)
@pytest.mark.parametrize("state", ["", "waits", "sent", "failed"])
def test_a_step_leads_somewhere_only_at_its_moment(state, step):
    if (state, step) in LETTER.after:
        assert LETTER.move(state, step) == LETTER.after[state, step]
        return
    refused = refusal(lambda: LETTER.move(state, step, name="Carta"))
    assert refused.code == ("letter_not_failed" if step is ApprovalStep.RESUME else "letter_closed")
    assert refused.context == {"name": "Carta"}


@pytest.mark.parametrize(
    ("state", "seen", "code"),
    [
        ("waits", "now", None),
        ("waits", None, None),
        ("waits", "before", OVERTAKEN),
        ("waits", "", OVERTAKEN),
        ("sent", "before", "letter_closed"),
    ],
)
def test_what_may_be_approved(state, seen, code):
    if code is None:
        assert LETTER.approve(state, stands="now", seen=seen) == "sent"
    else:
        assert refusal(lambda: LETTER.approve(state, stands="now", seen=seen)).code == code


def test_a_digest_changes_with_every_value_and_not_with_the_order_of_keys():
    assert digest_of({"a": 1, "b": 2}, [1]) == digest_of({"b": 2, "a": 1}, [1])
    told = [("a", "b"), ("ab",), ("b", "a"), ("a", None), ("a", ""), (["a", "b"],), ("ñ",), ("n",), ()]
    assert len({digest_of(*parts) for parts in told}) == len(told)
