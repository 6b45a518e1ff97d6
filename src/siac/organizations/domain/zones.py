# SPDX-License-Identifier: EUPL-1.2
"""The time zone that is kept at a place, so that nobody has to know its name."""

from siac.countries.public import COUNTRIES


def zone_of(place: str) -> str:
    """Return the IANA name of the zone of a place expression (its first place, if it unites several).

    `place` begins with the code of a country.
    """
    first = place.split(",")[0].strip().upper()
    return COUNTRIES[first[:2]].zone_at(first)
