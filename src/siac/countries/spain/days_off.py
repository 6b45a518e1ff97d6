# SPDX-License-Identifier: EUPL-1.2
"""Days off of Spain, its communities, and the municipalities whose feasts are known."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from siac.countries.days_off import YEARS, Claim, SeedDay, SeedLayer
from siac.countries.listed_days import beyond, listed, rows
from siac.countries.spain import COUNTRY

_GAZETTED = date(2026, 12, 31)
"""Last day whose regional and local feasts are published."""


def layers() -> Iterator[SeedLayer]:
    """Yield the country, its communities, Madrid and Barcelona."""
    national = listed("ES")
    yield SeedLayer("ES", COUNTRY.name, "ES", "country", rows(national))
    for region in COUNTRY.places.regions.values():
        days = rows(beyond(listed("ES", region.code), national))
        yield _layer(f"ES-{region.code}", region.name, "region", days)
    yield _madrid()
    yield _barcelona()


def _layer(code: str, name: str, kind: str, days: tuple[SeedDay, ...]) -> SeedLayer:
    """Return a layer of which each year waits for its gazette: days of one that is not published are not
    verified.
    """
    told = tuple(replace(day, basis="unverified") if day.date > _GAZETTED else day for day in days)
    return SeedLayer(code, name, "ES", kind, told, Claim(confirmed_to=_GAZETTED, pending=(name,)))


def _madrid() -> SeedLayer:
    days: dict[date, str] = {}
    for year in YEARS:
        for month, day, name in ((5, 15, "San Isidro Labrador"), (11, 9, "Nuestra Señora de la Almudena")):
            feast = date(year, month, day)
            # A local day off that falls on a Sunday is kept on the Monday after it.
            moved = feast.weekday() == 6
            days[date.fromordinal(feast.toordinal() + moved)] = name + (" (lunes siguiente)" if moved else "")
    source = "Fiestas locales de Madrid según su regla habitual; confirme cada año en el boletín oficial"
    return _layer("ES-28079", "Madrid (municipio)", "municipality", rows(days, source, "interpretation"))


def _barcelona() -> SeedLayer:
    local = beyond(listed("ES", "Barcelona"), listed("ES", "CT"))
    source = (
        "Fiestas locales de Barcelona (lista del paquete holidays); confirme cada año en el boletín oficial"
    )
    return _layer("ES-08019", "Barcelona (municipio)", "municipality", rows(local, source, "interpretation"))
