# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with surveys."""

from siac.accounts.public import INSIDE, Right, Role


class SurveyRight(Right):
    """Rights over questionnaires, who is asked, and what was answered."""

    READ = (
        "survey.read",
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.COMMITTEE_MEMBER,
        Role.AUDITOR,
        Role.PLANNING,
        Role.INTERNAL_AUDITOR,
    )
    """See surveys and their results; no answer by itself tells who gave it."""
    DESIGN = "survey.design", Role.QUALITY_MANAGER
    """Write questionnaires and say when they are sent."""
    COMMENT = ("survey.comment", *INSIDE)
    """Read how something will be measured, and say what one thinks of it before it is decided."""
    ENTER = (
        "survey.enter",
        Role.FRONT_DESK,
        Role.UNIT_OFFICER,
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
    )
    """Enter what somebody says on the telephone or wrote on paper."""
