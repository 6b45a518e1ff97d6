# SPDX-License-Identifier: EUPL-1.2
"""The time zone that is kept at a place, so that nobody has to know its name."""

COUNTRY_ZONES = {"CL": "America/Santiago", "PE": "America/Lima", "ES": "Europe/Madrid"}
_LOCAL = {
    "CL-MA": "America/Punta_Arenas", "CL-12": "America/Punta_Arenas",  # Magallanes keeps summer time all year
    "CL-AI": "America/Coyhaique", "CL-11": "America/Coyhaique",  # so does Aysén since 2025
    "CL-05201": "Pacific/Easter",
    "ES-CN": "Atlantic/Canary", "ES-35": "Atlantic/Canary", "ES-38": "Atlantic/Canary",
}  # fmt: skip
"""Beginning of a place expression -> its zone, where it is not the zone of the country."""


def zone_of(place: str) -> str:
    """Return the IANA name of the zone of a place expression (its first place, if it unites several).

    `place` begins with one of the countries of `COUNTRY_ZONES`.
    """
    first = place.split(",")[0].strip().upper()
    found = max((start for start in _LOCAL if first.startswith(start)), key=len, default="")
    return _LOCAL.get(found) or COUNTRY_ZONES[first[:2]]
