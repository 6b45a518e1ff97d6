# SPDX-License-Identifier: EUPL-1.2
"""Days off of Chile, its regions, and the communes with days of their own."""

from collections.abc import Iterator
from datetime import date

from siac.countries.chile import COUNTRY
from siac.countries.days_off import Claim, SeedDay, SeedLayer
from siac.countries.listed_days import beyond, listed, rows

CHILLAN = {"CL-16101": "Chillán", "CL-16103": "Chillán Viejo"}
_ONCE = {
    "TA": ("2023-08-10", "Feriado regional de 2023", "Ley 21.598"),
    "AT": ("2023-08-10", "Feriado regional de 2023", "Ley 21.598"),
    "AN": ("2023-09-08", "Feriado regional de 2023", "Ley 21.609"),
    "CO": ("2023-09-20", "Feriado regional de 2023", "Ley 21.609"),
}
"""Days off that a law gave one region, once."""
_REGIONS = Claim(
    date(2019, 1, 1),
    "entre 2011 y 2018 hubo leyes de feriados de una sola región y de una sola vez que no están cargadas.",
)


def layers() -> Iterator[SeedLayer]:
    """Yield the country, its regions, and the two communes whose day off Ñuble is listed with."""
    national = listed("CL")
    yield SeedLayer("CL", COUNTRY.name, "CL", "country", rows(national))
    for region in COUNTRY.places.regions.values():
        # The day that is listed for Ñuble belongs to two of its communes.
        days = () if region.code == "NB" else _region(region.code, national)
        yield SeedLayer(f"CL-{region.code}", region.name, "CL", "region", days, _REGIONS)
    for code, name in CHILLAN.items():
        yield SeedLayer(code, name, "CL", "commune", rows(beyond(listed("CL", "NB"), national)), _REGIONS)


def _region(region: str, national: dict[date, str]) -> tuple[SeedDay, ...]:
    days = rows(beyond(listed("CL", region), national))
    if region in _ONCE:
        day, word, law = _ONCE[region]
        days += (SeedDay(date.fromisoformat(day), word, "holiday", law, "verified"),)
    return days
