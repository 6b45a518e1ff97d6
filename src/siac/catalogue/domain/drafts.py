# SPDX-License-Identifier: EUPL-1.2
"""How a sheet comes to be published: written, sent to review, approved by somebody else."""

from enum import StrEnum

from siac.kernel.approvals import Approval, ApprovalStep


class DraftState(StrEnum):
    """Where a sheet that is being written stands."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    LEFT = "left"


OPEN = frozenset({DraftState.DRAFT.value, DraftState.REVIEW.value})
"""States from which it may still be published."""
_D, _R = DraftState.DRAFT.value, DraftState.REVIEW.value
APPROVAL = Approval(
    after={
        (_D, ApprovalStep.WRITE): _D,
        (_D, ApprovalStep.SUBMIT): _R,
        (_R, ApprovalStep.CALL_BACK): _D,
        (_R, ApprovalStep.RETURN): _D,
        (_R, ApprovalStep.APPROVE): DraftState.PUBLISHED.value,
        (_D, ApprovalStep.DISCARD): DraftState.LEFT.value,
    },
    closed={
        ApprovalStep.WRITE: "sheet_not_open",
        ApprovalStep.SUBMIT: "sheet_not_open",
        ApprovalStep.CALL_BACK: "sheet_not_in_review",
        ApprovalStep.RETURN: "sheet_not_in_review",
        ApprovalStep.APPROVE: "sheet_not_in_review",
        ApprovalStep.DISCARD: "sheet_not_open",
    },
)
"""What is in review is not written on: it is called back first, so that who approves reads what stands."""
