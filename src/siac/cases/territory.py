# SPDX-License-Identifier: EUPL-1.2
"""Where people live: communes (provinces of Peru, municipalities of Spain) in provinces in regions.

A country that ships a list of its communes has all of them; of the others there is what calendars know.
Codes are those of the country: a region by its letters, all else by its number.
"""

from collections.abc import Mapping
from functools import cache

from siac.clocks.public import place_groups
from siac.countries.public import COUNTRIES
from siac.organizations.public import Institution

NOT_TOLD = "Sin respuesta"


def territory_options(institution: Institution) -> list[tuple[str, str]]:
    """Return where somebody may say that they live: (code, name with its region), in the order of the names
    (1 SQL where no list ships).
    """
    places = institution.country.places
    named = _locals(institution)
    homes = {code: places.home_of(code) for code in named}
    shown = [(code, f"{named[code]} ({places.regions[home].name})") for code, home in homes.items() if home]
    whole = [(code, f"{region.name}, sin decir dónde") for code, region in places.regions.items()]
    return sorted([*shown, *whole], key=_by_name)


def _by_name(option: tuple[str, str]) -> str:
    return option[1].casefold()


def _locals(institution: Institution) -> Mapping[str, str]:
    places, prefix = institution.country.places, f"{institution.jurisdiction}-"
    if places.locals:
        return places.locals
    known = [row for _, group in place_groups(institution.jurisdiction) for row in group]
    codes = ((code.removeprefix(prefix), name) for code, name in known)
    return {code: name for code, name in codes if len(code) == places.digits and code.isdigit()}


def territory_names(institution: Institution) -> Mapping[str, str]:
    """Return every region, province and commune by code, and what means none, in the order in which they are
    shown (1 SQL where no list ships).
    """
    places = institution.country.places
    regions = {code: region.name for code, region in places.regions.items()}
    provinces = {code: f"Provincia de {name}" for code, name in places.provinces.items()}
    return {**regions, **provinces, **_locals(institution), "": NOT_TOLD}


def territory_above(institution: Institution) -> Mapping[str, str]:
    """Return the province above each commune, and the region above each province or commune without one (1
    SQL where no list ships).
    """
    country = institution.jurisdiction
    found = dict(_provinces_above(country))
    places = COUNTRIES[country].places
    for code in _locals(institution):
        above = places.province_of(code) or places.home_of(code)
        if above:
            found[code] = above
    return found


@cache
def _provinces_above(country: str) -> Mapping[str, str]:
    """Return the region in which each province lies: that of any place in it."""
    places = COUNTRIES[country].places
    homes = {code: places.home_of(code.ljust(places.digits, "0")) for code in places.provinces}
    return {code: home for code, home in homes.items() if home}
