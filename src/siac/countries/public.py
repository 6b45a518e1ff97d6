# SPDX-License-Identifier: EUPL-1.2
"""All that higher floors may use of `countries`."""

from siac.countries.counting import HoursRun, MonthEnd
from siac.countries.country import INDICATORS, RULES, STARTER, YEARLY, Country, Duty, Money, Preferred
from siac.countries.days_off import FIRST, LAST, NO_LIMITS, Claim, SeedDay, SeedLayer
from siac.countries.documents import PASSPORT, Document
from siac.countries.finding import countries_in
from siac.countries.identity import IdentityServer
from siac.countries.places import Places, Region

COUNTRIES: dict[str, Country] = countries_in("siac.countries")
"""Every country by its code, in the order of the folders; nothing starts while one of them is not whole."""

__all__ = [
    "COUNTRIES",
    "FIRST",
    "INDICATORS",
    "LAST",
    "NO_LIMITS",
    "PASSPORT",
    "RULES",
    "STARTER",
    "YEARLY",
    "Claim",
    "Country",
    "Document",
    "Duty",
    "HoursRun",
    "IdentityServer",
    "Money",
    "MonthEnd",
    "Places",
    "Preferred",
    "Region",
    "SeedDay",
    "SeedLayer",
]
