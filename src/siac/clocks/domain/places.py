# SPDX-License-Identifier: EUPL-1.2
"""Place expressions: which layers of days off apply at a place.

`CL`, `CL-AP` (region), `CL-16101` (commune), `PE`, `PE-LIM`, `PE-1506` (province), `ES`, `ES-MD`,
`ES-CT+08019` (municipality); several joined by a comma are united (art. 30.6 Ley 39/2015: residence or seat).
"""

import re
from dataclasses import dataclass

from siac.clocks.domain.refusals import Code
from siac.countries.public import COUNTRIES
from siac.kernel.errors import Refused

_PLACE = re.compile(r"([A-Z]{2})(?:-([A-Z]{1,3}|\d+))?(?:\+(\d{5}))?")


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
    if match is None or match[1] not in COUNTRIES:
        raise Refused(Code.UNKNOWN_PLACE, place=expression)
    country, region, municipality = match.groups()
    places = COUNTRIES[country].places
    local = municipality or (region if region and region.isdigit() else None)
    if local:
        home = places.home_of(local)
        if home is None or (municipality and region not in (None, home)):
            raise Refused(Code.UNKNOWN_PLACE, place=expression)
        region = home
    if region is None:
        return country, [country], []
    if region not in places.regions:
        raise Refused(Code.UNKNOWN_PLACE, place=expression)
    required: list[str] = [country, f"{country}-{region}"]
    optional: list[str] = []
    if local:
        (required if places.local_is_required else optional).append(f"{country}-{local}")
    return country, required, optional
