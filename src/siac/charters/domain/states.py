# SPDX-License-Identifier: EUPL-1.2
"""Where an edition of a charter stands, and what may be done with it from there."""

from enum import StrEnum


class EditionState(StrEnum):
    """Where an edition stands; whether an approved one is in force is told by its days."""

    DRAFT = "draft"
    PUBLISHED_DRAFT = "prepublished"
    REVIEW = "review"
    APPROVED = "approved"
    ABANDONED = "abandoned"


UNAPPROVED = (EditionState.DRAFT, EditionState.PUBLISHED_DRAFT, EditionState.REVIEW)
"""States in which it is written; a charter has one such edition at a time."""


class Step(StrEnum):
    """What somebody does with an edition as a whole."""

    PREPUBLISH = "prepublish"
    """Show the draft to everybody, who may comment until a day."""
    END_COMMENTS = "end_comments"
    """Take it back to be written, with the comments answered."""
    SUBMIT = "submit"
    """Ask for the technical and political review."""
    RETURN = "return"
    """Send it back to be written, with the reason."""
    APPROVE = "approve"
    ABANDON = "abandon"


_LEADS: dict[Step, dict[EditionState, EditionState]] = {
    Step.PREPUBLISH: {EditionState.DRAFT: EditionState.PUBLISHED_DRAFT},
    Step.END_COMMENTS: {EditionState.PUBLISHED_DRAFT: EditionState.DRAFT},
    Step.SUBMIT: {EditionState.DRAFT: EditionState.REVIEW},
    Step.RETURN: {EditionState.REVIEW: EditionState.DRAFT},
    Step.APPROVE: {EditionState.REVIEW: EditionState.APPROVED},
    Step.ABANDON: dict.fromkeys(UNAPPROVED, EditionState.ABANDONED),
}


def after(state: str, step: Step) -> EditionState | None:
    """Return where a step leads from a state; None where it cannot be taken."""
    return _LEADS[step].get(EditionState(state))


def steps_from(state: str) -> list[Step]:
    """Return the steps that can be taken from a state, in their order."""
    return [step for step in Step if after(state, step) is not None]
