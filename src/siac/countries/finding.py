# SPDX-License-Identifier: EUPL-1.2
"""Which countries there are: every folder here is one, and must be whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

from siac.countries.country import INDICATORS, PUBLIC_TEXTS, RULES, STARTER, YEARLY, Country
from siac.countries.places import FILE as PLACES

PIECES: Mapping[str, str] = {
    "__init__.py": "COUNTRY, what is true of it (siac.countries.country.Country)",
    PLACES: "its regions, and the numbers of what lies in them",
    RULES: "its law on terms (siac.clocks.domain.packs)",
    STARTER: "what a new body can begin with (siac.cases.starter)",
    INDICATORS: "indicators that its bodies can adopt (siac.indicators.results.library)",
    YEARLY: "the sheets and columns of the report of a year (siac.reporting.yearly)",
    PUBLIC_TEXTS: "basis, rights, authority and complaint: what bodies publish by its law",
    "days_off.py": "layers(), the calendars of its days off (siac.countries.days_off.SeedLayer)",
}
"""File that every country has in its folder, and what it says."""


class NotWhole(Exception):
    """Folders of countries lack something; the message names each piece, one a line."""


def countries_in(package: str) -> dict[str, Country]:
    """Return the countries of the folders of a package by code, in the order of the names of the folders.

    Raises:
        NotWhole: a folder lacks a piece, or what a piece says cannot be.
    """
    found: dict[str, Country] = {}
    missing: list[str] = []
    for folder in sorted(files(package).iterdir(), key=lambda each: each.name):
        if not _is_country(folder):
            continue
        where = f"{package}.{folder.name}"
        lacks = [f"{name}: {says}" for name, says in PIECES.items() if not folder.joinpath(name).is_file()]
        country = _country_of(where, folder, lacks)
        if country and country.code in found:
            lacks.append(f"code: {country.code} is {found[country.code].folder} already")
        if country:
            lacks += _clashes(country, found.values())
            found[country.code] = country
        missing += [f"{where} · {lack}" for lack in lacks]
    if missing:
        raise NotWhole("\n".join(missing))
    return found


def _is_country(folder: Traversable) -> bool:
    """Return whether a folder is to be a country; not what Python leaves where one was taken away."""
    if not folder.is_dir() or folder.name.startswith("_"):
        return False
    return [each.name for each in folder.iterdir()] != ["__pycache__"]


def _country_of(where: str, folder: Traversable, lacks: list[str]) -> Country | None:
    """Return the country that a folder tells; what is wrong with it is added to `lacks`."""
    if not folder.joinpath("__init__.py").is_file():
        return None
    try:
        country = getattr(import_module(where), "COUNTRY", None)
    except Exception as error:
        lacks.append(f"__init__.py: {error}")
        return None
    if not isinstance(country, Country):
        lacks.append(f"__init__.py: {PIECES['__init__.py']}")
        return None
    lacks += _wrong(country)
    return country


def _clashes(country: Country, others: Iterable[Country]) -> Iterator[str]:
    """Say which documents of a country are called by a code that another country gave to a different one."""
    theirs = {document.code: document for other in others for document in other.documents}
    for document in country.documents:
        if theirs.get(document.code, document) != document:
            yield f"documents: {document.code} is another country's"


_TEXTS = ("basis", "rights", "authority", "complaint")
_RIGHT: Mapping[str, Callable[[Country], bool]] = {
    "folder: is to be `__name__`": lambda it: files(it.folder).joinpath("__init__.py").is_file(),
    "code: two capital letters": lambda it: len(it.code) == 2 and it.code.isalpha() and it.code.isupper(),
    "name: is empty": lambda it: bool(it.name.strip()),
    "zone: no such time zone": lambda it: all(map(ZoneInfo, (it.zone, *it.local_zones.values()))),
    "counting: calendar_day, one and several": lambda it: all(map(str.strip, it.counting.calendar_day)),
    "documents: there is none": lambda it: bool(it.documents),
    "phones: the example is to begin as mobiles do": lambda it: (
        it.phones.prefix > 0
        and it.phones.example.startswith(it.phones.mobiles_begin)
        and it.phones.invented.startswith(f"+{it.phones.prefix}")
    ),
    f"{PLACES}: cannot be read, or has no regions": lambda it: bool(it.places.regions),
    f"{PUBLIC_TEXTS}: {', '.join(_TEXTS)} and no other": lambda it: (
        {name for name, text in it.public_texts.items() if text.strip()} == set(_TEXTS)
    ),
}
"""What must hold of a country, by the words that say what is wrong where it does not."""


def _wrong(country: Country) -> Iterator[str]:
    for words, holds in _RIGHT.items():
        try:
            if holds(country):
                continue
        except Exception as error:
            yield f"{words} ({error})"
        else:
            yield words
