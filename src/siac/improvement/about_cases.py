# SPDX-License-Identifier: EUPL-1.2
"""Findings about one request: a suggestion, a complaint."""

from collections.abc import Mapping
from typing import cast

from django.urls import reverse

from siac.cases.public import all_cases, openable
from siac.findings.public import Named
from siac.organizations.public import Access


def case_names(asking: object, ids: list[int]) -> Mapping[int, Named]:
    """Return what findings call requests, and their page, for whoever may open them (2 SQL)."""
    access = cast("Access", asking)
    seen = openable(access, ids)
    rows = all_cases(access.institution).filter(pk__in=seen).select_related("kind")
    page = "workspace:cases:case"
    return {
        row.pk: Named(
            f"Lo que dice una solicitud ({row.kind.name.lower()})",
            reverse(page, args=[access.institution.slug, row.folio]),
        )
        for row in rows
    }
