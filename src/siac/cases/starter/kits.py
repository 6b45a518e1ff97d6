# SPDX-License-Identifier: EUPL-1.2
"""A country's starter kit as it is written: parts of several sorts, what each
needs, for which type of body it is.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from siac.countries.public import COUNTRIES, STARTER
from siac.kernel.errors import Refused


class BodyType(StrEnum):
    """What a body is, as far as a kit tells bodies apart."""

    MUNICIPALITY = "municipality"
    SERVICE = "service"


class Sort(StrEnum):
    """What a part becomes, in the order in which parts are adopted: each needs only those before it."""

    UNIT = "unit"
    TOPIC = "topic"
    CAUSE = "cause"
    KIND = "kind"
    TEMPLATE = "template"
    ROUTING = "routing"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a kit; `key` is its sort and code, `needs` the keys of the parts that it points to."""

    sort: Sort
    code: str
    title: str
    fields: Mapping[str, Any]
    bodies: frozenset[BodyType]
    needs: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.sort.value}:{self.code}"


@dataclass(frozen=True, slots=True)
class Kit:
    """The parts for one type of body of one country, in the order in which they are adopted."""

    country: str
    version: int
    parts: tuple[Part, ...]

    def with_needs(self, keys: Collection[str]) -> list[Part]:
        """Return the parts that are meant by `keys` and all that they need, in order.

        Raises:
            Refused: the kit has no such part (kit_part_unknown).
        """
        known = {part.key: part for part in self.parts}
        wanted: set[str] = set()
        left = list(keys)
        while left:
            key = left.pop()
            if key not in known:
                raise Refused("kit_part_unknown", key=key)
            if key not in wanted:
                wanted.add(key)
                left += known[key].needs
        return [part for part in self.parts if part.key in wanted]


_EVERY_BODY = [each.value for each in BodyType]
_POINTERS = {"parent": Sort.UNIT, "unit": Sort.UNIT, "set_unit": Sort.UNIT, "set_topic": Sort.TOPIC}
_LISTS = {"kinds": Sort.KIND, "topics": Sort.TOPIC}


@lru_cache(maxsize=8)
def kit_for(country: str, body: BodyType) -> Kit:
    """Return the kit of a country for a type of body.

    Raises:
        Refused: there is none for the country (kit_unknown).
    """
    if country not in COUNTRIES:
        raise Refused("kit_unknown", country=country)
    written = tomllib.loads(COUNTRIES[country].read(STARTER))
    parts = [_part(sort, row) for sort in Sort for row in written.get(sort.value, ())]
    return Kit(
        written["country"], int(written["version"]), tuple(part for part in parts if body in part.bodies)
    )


def _part(sort: Sort, row: Mapping[str, Any]) -> Part:
    fields = {name: value for name, value in row.items() if name not in {"code", "bodies"}}
    return Part(
        sort=sort,
        code=row["code"],
        title=str(row.get("name") or row.get("title")),
        fields=fields,
        bodies=frozenset(BodyType(body) for body in row.get("bodies", _EVERY_BODY)),
        needs=tuple(_needs(fields)),
    )


def _needs(fields: Mapping[str, Any]) -> list[str]:
    single = [f"{sort.value}:{fields[name]}" for name, sort in _POINTERS.items() if fields.get(name)]
    several = [f"{sort.value}:{code}" for name, sort in _LISTS.items() for code in fields.get(name, ())]
    return single + several
