# SPDX-License-Identifier: EUPL-1.2
"""Findings about a cause that comes back in complaints."""

from collections.abc import Mapping
from typing import cast

from django.urls import reverse

from siac.cases.queries import causes
from siac.findings.public import Named
from siac.organizations.public import Access

CAUSE = "cause"
"""The kind of what a finding about a cause of complaints is about."""


def cause_names(asking: object, ids: list[int]) -> Mapping[int, Named]:
    """Return what findings call causes of complaints, and their page. No SQL when warm."""
    body = cast("Access", asking).institution
    known, url = causes(body), reverse("workspace:cases:causes", args=[body.slug])
    return {pk: Named(f"Reclamos por «{known[pk].name}»", url) for pk in ids if pk in known}
