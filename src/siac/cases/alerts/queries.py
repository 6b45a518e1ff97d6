# SPDX-License-Identifier: EUPL-1.2
"""The alerts that speak to somebody."""

from django.db.models import Q, QuerySet

from siac.cases.access import visible_to
from siac.cases.models import CaseAlert
from siac.organizations.public import Access, unit_tree


def alerts_for(access: Access) -> QuerySet[CaseAlert]:
    """Return the alerts that speak to the holder of `access`, seen or not: by
    name, or by a role over the case's unit.

    Lazy: no SQL until it is read.
    """
    tree = unit_tree(access.institution)
    speaks = Q(user=access.user)
    for grant in access.grants:
        own = Q(audience=grant.role.value, user=None)
        speaks |= own if grant.unit_id is None else own & Q(unit__in=tree.below(grant.unit_id))
    return CaseAlert.objects.filter(
        speaks, institution=access.institution, case__in=visible_to(access).values("pk")
    ).select_related("case")


def unseen_alerts(access: Access) -> QuerySet[CaseAlert]:
    """Return the alerts for the holder of `access` that nobody of the same role has seen yet.

    Lazy: no SQL until it is read.
    """
    return alerts_for(access).filter(seen_at=None)


def alerts(access: Access) -> tuple[QuerySet[CaseAlert]]:
    """Return what «Alertas de plazo» counts. Lazy: no SQL until it is read."""
    return (unseen_alerts(access),)
