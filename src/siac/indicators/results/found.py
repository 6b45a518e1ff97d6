# SPDX-License-Identifier: EUPL-1.2
"""Findings about a result that is not where it should be."""

from collections.abc import Mapping
from typing import cast

from django.urls import reverse

from siac.findings.public import Named
from siac.indicators.models import IndicatorResult
from siac.organizations.public import Access

RESULT = "indicator_result"
"""The kind of what a finding about a result of an indicator is about."""


def result_names(asking: object, ids: list[int]) -> Mapping[int, Named]:
    """Return what findings call results of indicators, and their page (1 SQL)."""
    body = cast("Access", asking).institution
    rows = IndicatorResult.objects.filter(institution=body, pk__in=ids).select_related("indicator")
    return {
        row.pk: Named(
            f"{row.indicator.name}, {row.first:%d-%m-%Y} a {row.last:%d-%m-%Y}",
            reverse("workspace:indicators:result", args=[body.slug, row.pk]),
        )
        for row in rows
    }
