# SPDX-License-Identifier: EUPL-1.2
"""Findings about what a survey shows."""

from collections.abc import Mapping
from typing import cast

from django.urls import reverse

from siac.findings.public import Named
from siac.organizations.public import Access
from siac.surveys.models import Survey

SURVEY = "survey"
"""The kind of what a finding about a survey is about."""


def survey_names(asking: object, ids: list[int]) -> Mapping[int, Named]:
    """Return what findings call surveys, and the page of their gaps (1 SQL)."""
    body = cast("Access", asking).institution
    rows = Survey.objects.filter(institution=body, pk__in=ids)
    page = "workspace:surveys:results"
    return {row.pk: Named(f"Encuesta «{row.name}»", reverse(page, args=[body.slug, row.pk])) for row in rows}
