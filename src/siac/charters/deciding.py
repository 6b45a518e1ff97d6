# SPDX-License-Identifier: EUPL-1.2
"""Editions of charters on the agenda of collegiate bodies, and what these decided about them."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.urls import reverse

from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import UNAPPROVED
from siac.charters.models import CharterEdition
from siac.governance.public import Decidable, Named
from siac.organizations.public import Access

EDITION = "charter_edition"


def _offered(asking: object) -> Mapping[int, str]:
    """Return the editions that are being written or reviewed (1 SQL)."""
    access = cast("Access", asking)
    rows = CharterEdition.objects.filter(institution=access.institution, state__in=UNAPPROVED)
    return {row.pk: _name(row) for row in rows.select_related("charter").order_by("charter__title", "pk")}


def _names(asking: object, numbers: Sequence[int]) -> Mapping[int, Named]:
    """Return what editions are called, with their page for whoever may open it (1 SQL)."""
    access = cast("Access", asking)
    rows = CharterEdition.objects.filter(institution=access.institution, pk__in=numbers)
    found = {}
    for row in rows.select_related("charter"):
        url = reverse("workspace:charters:charter", args=[access.institution.slug, row.charter_id])
        opens = access.has(CharterRight.READ)
        found[row.pk] = Named(_name(row), f"{url}?edicion={row.number}" if opens else "")
    return found


def _name(row: CharterEdition) -> str:
    return f"{row.charter.title}, edición {row.number}"


DECIDABLE = Decidable(EDITION, "Carta", _offered, _names)
