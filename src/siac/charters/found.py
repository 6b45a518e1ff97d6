# SPDX-License-Identifier: EUPL-1.2
"""Findings about a promise that was not kept."""

from collections.abc import Mapping
from typing import cast

from django.urls import reverse

from siac.charters.models import Breach
from siac.charters.subjects import told
from siac.findings.public import Named
from siac.organizations.public import Access

BREACH = "breach"
"""The kind of what a finding about a broken promise is about."""


def breach_names(asking: object, ids: list[int]) -> Mapping[int, Named]:
    """Return what findings call broken promises, and the page of that on which they were not kept for whoever
    may open it (3 SQL). Its name is not told: others read the finding.
    """
    access = cast("Access", asking)
    rows = Breach.objects.filter(institution=access.institution, pk__in=ids)
    rows = rows.select_related("commitment", "case", "interaction__case", "result")
    found = list(rows)
    of = told(access, found)
    page = reverse("workspace:charters:compliance", args=[access.institution.slug])
    return {
        row.pk: Named(f"No se cumplió «{row.commitment.text[:120]}»", of[row.pk].url or page) for row in found
    }
