# SPDX-License-Identifier: EUPL-1.2
"""The calendars that all bodies of an installation share, as another installation compares them."""

import hashlib
from dataclasses import dataclass

from siac.clocks.models import CalendarLayer, LayerDay


@dataclass(frozen=True, slots=True)
class SharedCalendar:
    """`digest`: SHA-256 in hexadecimal of its standing days, of what each is."""

    id: int
    code: str
    digest: str


def shared_calendars(country: str) -> list[SharedCalendar]:
    """Return the calendars of a country that are of no body, by code (2 SQL)."""
    layers = list(CalendarLayer.objects.filter(institution=None, country=country).order_by("code"))
    days: dict[int, list[str]] = {each.pk: [] for each in layers}
    standing = LayerDay.objects.filter(layer__in=layers, revoked_at=None).order_by("layer", "date")
    for layer, date, kind in standing.values_list("layer_id", "date", "kind"):
        days[layer].append(f"{date} {kind}")
    return [
        SharedCalendar(each.pk, each.code, hashlib.sha256("\n".join(days[each.pk]).encode()).hexdigest())
        for each in layers
    ]
