# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody behind an entry of the menu: the very list that its page shows."""

from django.db.models import QuerySet

from siac.cases.access import answers_to_approve
from siac.cases.models import AnswerDraft
from siac.organizations.public import Access


def approvals(access: Access) -> tuple[QuerySet[AnswerDraft]]:
    """Return what «Por aprobar» counts."""
    return (answers_to_approve(access),)
