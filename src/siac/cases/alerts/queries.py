# SPDX-License-Identifier: EUPL-1.2
"""The alerts that nobody has seen yet."""

from django.db.models import QuerySet

from siac.cases.access import alerts_for
from siac.cases.models import CaseAlert
from siac.organizations.public import Access


def unseen_alerts(access: Access) -> QuerySet[CaseAlert]:
    """Return the alerts for the holder of `access` that nobody of the same role has seen yet.

    Lazy: no SQL until it is read.
    """
    return alerts_for(access).filter(seen_at=None)


def alerts(access: Access) -> tuple[QuerySet[CaseAlert]]:
    """Return what «Alertas de plazo» counts. Lazy: no SQL until it is read."""
    return (unseen_alerts(access),)
