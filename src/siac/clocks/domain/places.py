# SPDX-License-Identifier: EUPL-1.2
"""Place expressions: which layers of days off apply at a place.

`CL`, `CL-AP` (region), `CL-16101` (commune), `PE`, `PE-LIM`, `PE-1506` (province), `ES`, `ES-MD`,
`ES-CT+08019` (municipality); several joined by a comma are united (art. 30.6 Ley 39/2015: residence or seat).
"""

import re
from dataclasses import dataclass

from siac.clocks.domain.refusals import Code
from siac.kernel.errors import Refused

CHILE_REGIONS = {
    "15": "AP", "01": "TA", "02": "AN", "03": "AT", "04": "CO", "05": "VS", "13": "RM", "06": "LI",
    "07": "ML", "16": "NB", "08": "BI", "09": "AR", "14": "LR", "10": "LL", "11": "AI", "12": "MA",
}  # fmt: skip
"""Number that begins a commune's code -> ISO 3166-2 region."""
PERU_REGIONS = [
    "AMA",
    "ANC",
    "APU",
    "ARE",
    "AYA",
    "CAJ",
    "CAL",
    "CUS",
    "HUC",
    "HUV",
    "ICA",
    "JUN",
    "LAL",
    "LAM",
    "LIM",
    "LMA",
    "LOR",
    "MDD",
    "MOQ",
    "PAS",
    "PIU",
    "PUN",
    "SAM",
    "TAC",
    "TUM",
    "UCA",
]
_SPAIN_PROVINCES = {
    "AN": "04 11 14 18 21 23 29 41", "AR": "22 44 50", "AS": "33", "CB": "39", "CE": "51",
    "CL": "05 09 24 34 37 40 42 47 49", "CM": "02 13 16 19 45", "CN": "35 38", "CT": "08 17 25 43",
    "EX": "06 10", "GA": "15 27 32 36", "IB": "07", "MC": "30", "MD": "28", "ML": "52", "NC": "31",
    "PV": "01 20 48", "RI": "26", "VC": "03 12 46",
}  # fmt: skip
SPAIN_PROVINCES = {
    number: region for region, numbers in _SPAIN_PROVINCES.items() for number in numbers.split()
}
"""Number that begins a municipality's INE code -> autonomous community."""
REGIONS = {
    "CL": frozenset(CHILE_REGIONS.values()),
    "PE": frozenset(PERU_REGIONS),
    "ES": frozenset(_SPAIN_PROVINCES),
}
_PERU_DEPARTMENTS = {
    "01": "AMA",
    "02": "ANC",
    "03": "APU",
    "04": "ARE",
    "05": "AYA",
    "06": "CAJ",
    "07": "CAL",
    "08": "CUS",
    "09": "HUV",
    "10": "HUC",
    "11": "ICA",
    "12": "JUN",
    "13": "LAL",
    "14": "LAM",
    "15": "LIM",
    "16": "LOR",
    "17": "MDD",
    "18": "MOQ",
    "19": "PAS",
    "20": "PIU",
    "21": "PUN",
    "22": "SAM",
    "23": "TAC",
    "24": "TUM",
    "25": "UCA",
}
"""Number that begins a province's code -> its department."""
_LIMA_PROVINCE = "1501"
"""The province of Lima has a region of its own in ISO 3166-2 (`PE-LMA`)."""
_PLACE = re.compile(r"(CL|PE|ES)(?:-([A-Z]{2,3}|\d{4,5}))?(?:\+(\d{5}))?")


@dataclass(frozen=True, slots=True)
class Place:
    """What an expression means: its country, the layers it must have and those it uses if they exist."""

    expression: str
    country: str
    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def layers(self) -> tuple[str, ...]:
        return self.required + self.optional


def parse_place(expression: str) -> Place:
    """Read a place expression.

    A commune of Chile or a province of Peru uses its own layer where there is one (few have local days off);
    a municipality of Spain must have one, because each has two local days a year (art. 30.7 Ley 39/2015).

    Raises:
        Refused: UNKNOWN_PLACE, MIXED_COUNTRIES.
    """
    parts = [_parse_one(part.strip().upper(), expression) for part in expression.split(",")]
    countries = {country for country, _, _ in parts}
    if len(countries) > 1:
        raise Refused(Code.MIXED_COUNTRIES, place=expression)
    required = dict.fromkeys(code for _, codes, _ in parts for code in codes)
    optional = dict.fromkeys(code for _, _, codes in parts for code in codes)
    return Place(expression, countries.pop(), tuple(required), tuple(optional))


def _parse_one(part: str, expression: str) -> tuple[str, list[str], list[str]]:
    match = _PLACE.fullmatch(part)
    if match is None:
        raise Refused(Code.UNKNOWN_PLACE, place=expression)
    country, region, municipality = match.groups()
    local = municipality or (region if region and region.isdigit() else None)
    if local:
        homes = {"CL": CHILE_REGIONS, "ES": SPAIN_PROVINCES, "PE": _PERU_DEPARTMENTS}[country]
        home = "LMA" if country == "PE" and local == _LIMA_PROVINCE else homes.get(local[:2])
        wrong = len(local) != (4 if country == "PE" else 5)
        if home is None or wrong or (municipality and region not in (None, home)):
            raise Refused(Code.UNKNOWN_PLACE, place=expression)
        region = home
    if region is None:
        return country, [country], []
    if region not in REGIONS[country]:
        raise Refused(Code.UNKNOWN_PLACE, place=expression)
    required: list[str] = [country, f"{country}-{region}"]
    optional: list[str] = []
    if local:
        (required if country == "ES" else optional).append(f"{country}-{local}")
    return country, required, optional
