# SPDX-License-Identifier: EUPL-1.2
"""What an edition of the policy goes through, and how it stands on a day."""

from datetime import date
from enum import StrEnum

from siac.kernel.approvals import Approval, ApprovalStep


class EditionState(StrEnum):
    """What is kept of where an edition stands."""

    DRAFT = "draft"
    REVIEW = "review"
    """Proposed: its councils decide, and nobody writes in it."""
    APPROVED = "approved"


class Phase(StrEnum):
    """How an edition stands on a local day: what is kept, and its days."""

    DRAFT = "draft"
    REVIEW = "review"
    COMING = "coming"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


APPROVAL = Approval(
    after={
        (EditionState.DRAFT, ApprovalStep.WRITE): EditionState.DRAFT,
        (EditionState.DRAFT, ApprovalStep.SUBMIT): EditionState.REVIEW,
        (EditionState.REVIEW, ApprovalStep.CALL_BACK): EditionState.DRAFT,
        (EditionState.REVIEW, ApprovalStep.RETURN): EditionState.DRAFT,
        (EditionState.REVIEW, ApprovalStep.APPROVE): EditionState.APPROVED,
    },
    closed={
        ApprovalStep.WRITE: "policy_closed",
        ApprovalStep.SUBMIT: "policy_moment",
        ApprovalStep.CALL_BACK: "policy_moment",
        ApprovalStep.RETURN: "policy_moment",
        ApprovalStep.APPROVE: "policy_moment",
    },
)
"""Which step leads where: one council that rejects returns it, and then all are asked again."""


def phase(state: str, valid_from: date | None, valid_to: date | None, today: date) -> Phase:
    """Return how an edition stands on a local day; `valid_to` is its last day, None while none follows."""
    if state != EditionState.APPROVED or valid_from is None:
        return Phase(state)
    if valid_to is not None and valid_to < today:
        return Phase.SUPERSEDED
    return Phase.IN_FORCE if valid_from <= today else Phase.COMING
