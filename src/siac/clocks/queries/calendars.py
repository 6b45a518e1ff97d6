# SPDX-License-Identifier: EUPL-1.2
"""Calendars of places, built once per process and set of versions."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.db.models import Q

from siac.clocks.domain.calendar import DayOff, LayerDays, WorkingCalendar, merge
from siac.clocks.domain.places import Place, parse_place
from siac.clocks.domain.refusals import Code
from siac.clocks.models import CalendarLayer, LayerDay
from siac.countries.public import Claim
from siac.kernel.errors import Refused

Versions = Mapping[str, int]
"""Layer code -> version."""


def own_layer_code(institution_id: int) -> str:
    """Return the code of the layer that holds a body's own days off."""
    return f"org-{institution_id}"


def unit_layer_code(institution_id: int, unit_id: int) -> str:
    """Return the code of the layer that holds the closures of one unit."""
    return f"org-{institution_id}-u{unit_id}"


@lru_cache(maxsize=256)
def place_of(expression: str) -> Place:
    """Return what a place expression means (remembered).

    Raises:
        Refused: UNKNOWN_PLACE, MIXED_COUNTRIES.
    """
    return parse_place(expression)


def layer_codes(place: str, institution_id: int | None = None, office_id: int | None = None) -> list[str]:
    """Return the codes of the layers that may apply at `place` for a body, and for its unit `office_id`."""
    own = [own_layer_code(institution_id)] if institution_id is not None else []
    if institution_id is not None and office_id is not None:
        own.append(unit_layer_code(institution_id, office_id))
    return [*place_of(place).layers, *own]


def layer_versions(codes: Iterable[str]) -> dict[str, int]:
    """Return the current version of each existing layer among `codes`. One SQL query."""
    return dict(CalendarLayer.objects.filter(code__in=set(codes)).values_list("code", "version"))


def stamp_of(versions: Versions) -> str:
    """Return versions as a clock pins them: `CL:3 CL-AP:1`."""
    return " ".join(f"{code}:{versions[code]}" for code in sorted(versions))


def read_stamp(stamp: str) -> dict[str, int]:
    """Return the versions that a stamp pins."""
    return {code: int(version) for code, version in (part.rsplit(":", 1) for part in stamp.split())}


def calendar_for(
    place: str,
    institution_id: int | None = None,
    *,
    decreed: bool = True,
    versions: Versions | None = None,
    office_id: int | None = None,
) -> WorkingCalendar:
    """Return the working calendar of a place, with a body's own days off where `institution_id` is given.

    `office_id` adds the closures of that unit of the body.

    With `versions` (from `layer_versions`) a calendar already built costs no SQL; without, one query reads
    them. `decreed=False` leaves out decreed days off.

    Raises:
        Refused: UNKNOWN_PLACE, MIXED_COUNTRIES, PLACE_WITHOUT_CALENDAR, OUTSIDE_COVERAGE.
    """
    meaning = place_of(place)
    codes = layer_codes(place, institution_id, office_id)
    known = layer_versions(codes) if versions is None else versions
    missing = [code for code in meaning.required if code not in known]
    if missing:
        raise Refused(Code.PLACE_WITHOUT_CALENDAR, place=place, layers=", ".join(missing))
    return pinned_calendar(stamp_of({code: known[code] for code in codes if code in known}), decreed=decreed)


@lru_cache(maxsize=48)
def pinned_calendar(stamp: str, *, decreed: bool = True) -> WorkingCalendar:
    """Return the calendar of exactly the layers and versions of `stamp`: past versions can be rebuilt.

    No SQL when this process has built it before; else two queries. A version never changes, so the memory
    needs no clearing.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    return merge(load_layers(read_stamp(stamp)), decreed=decreed)


def _claim(whole_from: date | None, why: str, confirmed_to: date | None, name: str) -> Claim:
    return Claim(whole_from, why, confirmed_to, (name,) if confirmed_to else ())


def load_layers(versions: Versions) -> list[LayerDays]:
    """Read layers with their days as they stood at those versions. Two SQL queries."""
    spans = {
        row[0]: row[1:]
        for row in CalendarLayer.objects.filter(code__in=versions).values_list(
            "code", "covers_from", "covers_to", "whole_from", "whole_why", "confirmed_to", "name"
        )
    }
    wanted = Q(pk__in=[])
    for code, version in versions.items():
        standing = Q(version_to__isnull=True) | Q(version_to__gt=version)
        wanted |= Q(layer__code=code, version_from__lte=version) & standing
    rows = (
        LayerDay.objects.filter(wanted)
        .order_by("date", "pk")
        .values_list("layer__code", "date", "name", "kind")
    )
    days: dict[str, list[tuple[date, DayOff]]] = {code: [] for code in versions}
    for code, day, name, kind in rows:
        days[code].append((day, DayOff(name, kind, code)))
    return [
        LayerDays(code, version, *spans[code][:2], tuple(days[code]), _claim(*spans[code][2:]))
        for code, version in versions.items()
        if code in spans
    ]
