# SPDX-License-Identifier: EUPL-1.2
"""Places by name: what can be chosen where a body or a unit says where it is."""

from siac.clocks.domain.places import parse_place
from siac.clocks.domain.refusals import Code
from siac.clocks.models import CalendarLayer
from siac.clocks.queries.calendars import layer_versions, place_of
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

_LOCAL = (CalendarLayer.Kind.COMMUNE, CalendarLayer.Kind.MUNICIPALITY)


def check_place(expression: str) -> None:
    """Refuse a place by which no term could be counted (1 SQL).

    Raises:
        Refused: UNKNOWN_PLACE, MIXED_COUNTRIES, PLACE_WITHOUT_CALENDAR.
    """
    meaning = place_of(expression)
    known = layer_versions(meaning.required)
    missing = [code for code in meaning.required if code not in known]
    if missing:
        raise Refused(Code.PLACE_WITHOUT_CALENDAR, place=expression, layers=", ".join(missing))


def place_groups(country: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places of a country that calendars know, a region with its
    communes a group, the country last (1 SQL).
    """
    shared = CalendarLayer.objects.filter(country=country, institution=None)
    rows = list(shared.order_by("name", "code").values_list("code", "name", "kind"))
    regions = {code: name for code, name, kind in rows if kind == CalendarLayer.Kind.REGION}
    inside: dict[str, list[tuple[str, str]]] = {code: [(code, name)] for code, name in regions.items()}
    for code, name, kind in rows:
        if kind in _LOCAL:
            inside.setdefault(_region_of(code), []).append((code, name))
    whole = [(code, f"{name}, sin región") for code, name, kind in rows if kind == CalendarLayer.Kind.COUNTRY]
    groups = [(regions[code], found) for code, found in inside.items() if code in regions]
    return [*groups, ("Todo el país", whole)] if whole else groups


def place_name(expression: str) -> str:
    """Return a place as people call it: the names of its regions and communes; the
    expression itself where none is known (1 SQL).
    """
    parts = parse_place(expression).layers
    named = dict(CalendarLayer.objects.filter(code__in=parts, institution=None).values_list("code", "name"))
    smaller = [named[part] for part in parts if part in named and len(part) > 2] or [
        named.get(parts[0], expression)
    ]
    return smaller[-1]


def _region_of(code: str) -> str:
    """Return the layer of the region in which a commune, province or municipality lies."""
    return next(part for part in parse_place(code).layers if part != code and len(part) > 2)


def has_calendar(institution: Institution) -> bool:
    """Return whether terms can be counted where a body is (1 SQL)."""
    try:
        check_place(institution.place)
    except Refused:
        return False
    return True
