# SPDX-License-Identifier: EUPL-1.2
"""Findings about how people are attended in a place."""

from collections.abc import Mapping
from typing import cast

from django.urls import reverse

from siac.findings.public import Named
from siac.organizations.public import Access
from siac.servicepoints.public import service_points

ROOM = "room"
"""The kind of what a finding about the room of a service point is about."""


def room_names(asking: object, ids: list[int]) -> Mapping[int, Named]:
    """Return what findings call rooms, and their page. No SQL when warm."""
    body = cast("Access", asking).institution
    known = service_points(body)
    return {
        pk: Named(f"Sala de {known[pk].name}", reverse("workspace:counter:room", args=[body.slug, pk]))
        for pk in ids
        if pk in known
    }
