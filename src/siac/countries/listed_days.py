# SPDX-License-Identifier: EUPL-1.2
"""Days off as the `holidays` package lists them; each country corrects what it takes.

The only module that imports `holidays`: it is heavy, so web workers load neither this module nor one that
uses it.
"""

from collections.abc import Mapping
from datetime import date

import holidays

from siac.countries.days_off import YEARS, SeedDay

SOURCE = "Calendario oficial de feriados (lista del paquete holidays)"
_NO_WORK = "Día no laborable en el sector público"


def listed(country: str, subdivision: str | None = None) -> dict[date, str]:
    """Return the days off of a country, or of a subdivision with those of its country, by day."""
    # Only the public category: 31 December is a bank holiday in Chile, and a business day.
    found = holidays.country_holidays(
        country, subdiv=subdivision, years=YEARS, language="es", categories=("public",)
    )
    return dict(sorted(found.items()))


def beyond(days: Mapping[date, str], others: Mapping[date, str]) -> dict[date, str]:
    """Return the days that are not among the others."""
    return {day: name for day, name in days.items() if day not in others}


def rows(days: Mapping[date, str], source: str = SOURCE, basis: str = "verified") -> tuple[SeedDay, ...]:
    """Return holidays as a calendar takes them."""
    return tuple(SeedDay(day, name[:120], "holiday", source, basis) for day, name in days.items())


def decreed(day: str, source: str, basis: str = "verified") -> SeedDay:
    """Return a day, written as 2026-01-02, that a decree made non-working for the public sector."""
    return SeedDay(date.fromisoformat(day), _NO_WORK, "decreed", source, basis)
