# SPDX-License-Identifier: EUPL-1.2
"""What a seeding brings: layers with their days, before anyone edits them."""

from dataclasses import dataclass
from datetime import date

FIRST, LAST = date(2010, 1, 1), date(2030, 12, 31)
"""The span that shipped calendars cover."""


@dataclass(frozen=True, slots=True)
class SeedDay:
    date: date
    name: str
    kind: str
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class SeedLayer:
    code: str
    name: str
    country: str
    kind: str
    days: tuple[SeedDay, ...]
