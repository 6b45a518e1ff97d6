# SPDX-License-Identifier: EUPL-1.2
"""The appeals that wait for the body."""

from django.db.models import QuerySet

from siac.cases.access import appeals_for
from siac.cases.models import Appeal
from siac.organizations.public import Access


def pending_appeals(access: Access) -> QuerySet[Appeal]:
    """Return the appeals of the cases that the holder of `access` may see which nobody has decided yet.

    Lazy: no SQL until it is read.
    """
    return appeals_for(access).filter(state=Appeal.State.PENDING)
