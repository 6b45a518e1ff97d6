# SPDX-License-Identifier: EUPL-1.2
"""The places of a country: its regions, and by which numbers its communes or municipalities are known."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from siac.kernel.text import fold, squeeze

FILE = "places.toml"
TERRITORY = "territory.csv"
"""Local places with their provinces, where a country ships the list."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its ISO 3166-2 code without the country; `numbers` begin the codes of what lies in it."""

    code: str
    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What lies in a country.

    A local place (commune, province, municipality) has a code of `digits` digits; `local` is what a calendar
    calls it: `commune` or `municipality`. `local_is_required`: each has days off of its own, so that no term
    can be counted there without its calendar.
    """

    digits: int
    local: str
    local_is_required: bool
    regions: Mapping[str, Region]
    provinces: Mapping[str, str] = field(default_factory=dict)
    """Name of each province by the beginning of the codes of what lies in it; empty where there are none."""
    locals: Mapping[str, str] = field(default_factory=dict)
    """Name of each local place by its code; empty where no list ships."""
    within: tuple[tuple[float, float, float, float], ...] = ()
    """Strips of degrees (WGS 84) in which it lies: south, west, north, east; none: not known."""

    def holds(self, latitude: Decimal, longitude: Decimal) -> bool:
        """Return whether a place in degrees (WGS 84) can lie in the country: within a strip of it, so that
        some kilometres beyond a border pass. True where nobody said where the country lies.
        """
        return not self.within or any(
            south <= latitude <= north and west <= longitude <= east
            for south, west, north, east in self.within
        )

    def local_named(self, name: str) -> str | None:
        """Return the code of the local place of a name, whatever its accents and capitals; None where no
        list has it.
        """
        return _folded(tuple(self.locals.items())).get(fold(squeeze(name)))

    def province_of(self, local: str) -> str | None:
        """Return the code of the province in which a local place lies; None where no list names one."""
        return next((code for code in self.provinces if local.startswith(code)), None)

    def home_of(self, local: str) -> str | None:
        """Return the code of the region in which a local place lies; None where its code is of none.

        The longest beginning decides: a province may be a region apart from the department around it.
        """
        if len(local) != self.digits:
            return None
        homes = [
            (len(number), region.code)
            for region in self.regions.values()
            for number in region.numbers
            if local.startswith(number)
        ]
        return max(homes)[1] if homes else None


@lru_cache(maxsize=8)
def _folded(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {fold(name): code for code, name in names}


@cache
def read_places(folder: str) -> Places:
    """Return the places of the country whose package is `folder`, read once per process.

    Raises:
        OSError, KeyError, ValueError: the file is not there, or lacks something.
    """
    written = tomllib.loads(files(folder).joinpath(FILE).read_text(encoding="utf-8"))
    regions = {
        code: Region(code, row["name"], tuple(row["numbers"])) for code, row in written["regions"].items()
    }
    provinces, known = _read_territory(folder)
    shape = (written["digits"], written["local"], written["local_is_required"])
    within = tuple(tuple(strip) for strip in written.get("within", ()))
    return Places(*shape, regions, provinces, known, within)


def _read_territory(folder: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the provinces and the local places that ship with a country; nothing where no list does."""
    listed = files(folder).joinpath(TERRITORY)
    if not listed.is_file():
        return {}, {}
    lines = [line for line in listed.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    provinces = {row["province"]: row["province_name"] for row in rows}
    return provinces, {row["local"]: row["name"] for row in rows}
