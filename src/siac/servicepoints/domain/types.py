# SPDX-License-Identifier: EUPL-1.2
"""What places of attention may be, as data: types, channels and what helps people to come in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "point_types.toml"


@dataclass(frozen=True, slots=True)
class PointType:
    """A type of place: its name, the code of the channel by which people are attended there, whether it has a
    door (an address, a place on a map), and its type at schema.org.
    """

    name: str
    channel: str
    is_place: bool
    schema: str


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


@cache
def point_types() -> Mapping[str, PointType]:
    """Return every type by its code, in the order of the file."""
    return {code: PointType(**row) for code, row in _read()["types"].items()}


def channels() -> Mapping[str, str]:
    """Return the name of each channel by its code."""
    found: Mapping[str, str] = _read()["channels"]
    return found


def access_features() -> Mapping[str, str]:
    """Return what helps somebody to come in and be attended, by code."""
    found: Mapping[str, str] = _read()["access"]
    return found


def type_choices() -> list[tuple[str, str]]:
    """Return the types as forms and columns offer them."""
    return [(code, each.name) for code, each in point_types().items()]
