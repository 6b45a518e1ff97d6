# SPDX-License-Identifier: EUPL-1.2
"""Editions of the policy on the agenda of the councils that must approve them."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.urls import reverse

from siac.governance.public import Decidable, Named
from siac.organizations.public import Access
from siac.policy.commands.approving import council_decided
from siac.policy.domain.rights import PolicyRight
from siac.policy.models import PolicyRound
from siac.policy.queries import ROUND


def _offered(asking: object) -> Mapping[int, str]:
    """Return what was proposed and is not decided (1 SQL)."""
    access = cast("Access", asking)
    rows = PolicyRound.objects.filter(institution=access.institution, ended_at=None)
    return {row.pk: _name(row) for row in rows.select_related("edition").order_by("pk")}


def _names(asking: object, numbers: Sequence[int]) -> Mapping[int, Named]:
    """Return what proposals are called, with their page: who reads the policy opens it, and while it is
    decided those who sit in a council that was asked (1 SQL).
    """
    access = cast("Access", asking)
    rows = PolicyRound.objects.filter(institution=access.institution, pk__in=numbers)
    found = {}
    for row in rows.select_related("edition"):
        url = reverse("workspace:policy:edition", args=[access.institution.slug, row.edition.number])
        opens = row.ended_at is None or access.has(PolicyRight.READ)
        found[row.pk] = Named(_name(row), url if opens else "")
    return found


def _name(row: PolicyRound) -> str:
    again = f", propuesta {row.number}" if row.number > 1 else ""
    return f"{row.edition.title}, edición {row.edition.number}{again}"


DECIDABLE = Decidable(ROUND, "Política", _offered, _names, council_decided)
