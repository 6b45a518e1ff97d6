# SPDX-License-Identifier: EUPL-1.2
"""The library: indicators that the law or the practice of a country names, ready to be adopted."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.countries.public import COUNTRIES, INDICATORS
from siac.indicators.models import Indicator
from siac.indicators.results.keeping_commands import save_indicator
from siac.infra.metrics import Statistic, metric, source
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, lock_institution

KIND = "kind"
"""The dimension by which a group of the library says of which things it is."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An indicator as a country writes it. `kind`: of which kinds it is, by a name that is the same in all
    bodies; empty: of all. `target` is a proposal.
    """

    code: str
    name: str
    definition: str
    metric: str
    statistic: Statistic
    within: int | None
    target: Decimal
    near: Decimal | None
    better: str
    kind: str
    source: str
    frequency: str


@dataclass(frozen=True, slots=True)
class ReadyGroup:
    """What is adopted for one purpose, with where its definitions come from."""

    name: str
    source: str
    indicators: tuple[Ready, ...]


@lru_cache(maxsize=8)
def library_of(country: str) -> tuple[ReadyGroup, ...]:
    """Return the library of a country, in the order it is written."""
    written = tomllib.loads(COUNTRIES[country].read(INDICATORS))
    return tuple(_group(row) for row in written["group"])


def _group(row: Mapping[str, Any]) -> ReadyGroup:
    ready = tuple(_ready(row, each) for each in row["indicator"])
    return ReadyGroup(row["name"], row["source"], ready)


def _ready(group: Mapping[str, Any], row: Mapping[str, Any]) -> Ready:
    near = row.get("near")
    return Ready(
        code=row["code"],
        name=row["name"],
        definition=row["definition"],
        metric=row["metric"],
        statistic=Statistic(row["statistic"]),
        within=row.get("within"),
        target=Decimal(row["target"]),
        near=Decimal(near) if near is not None else None,
        better=row.get("better", ""),
        kind=group.get(KIND, ""),
        source=group["source"],
        frequency=row.get("frequency", group.get("frequency", "month")),
    )


@dataclass(frozen=True, slots=True)
class Shelf:
    """A group of the library as one body sees it: each indicator with the one it became, None where it is
    not adopted; `is_open`: whether the body has anything that the group is of.
    """

    group: ReadyGroup
    rows: tuple[tuple[Ready, Indicator | None], ...]
    is_open: bool

    @property
    def left(self) -> int:
        """How many are not adopted yet."""
        return sum(taken is None for _, taken in self.rows)


def shelves(institution: Institution) -> list[Shelf]:
    """Return the library of a body's country with what it adopted already (1 SQL when warm)."""
    taken = {row.code: row for row in Indicator.objects.filter(institution=institution)}
    return [
        Shelf(
            group,
            tuple((each, taken.get(each.code)) for each in group.indicators),
            any(members_of(institution, each) is not None for each in group.indicators),
        )
        for group in library_of(institution.jurisdiction)
    ]


def members_of(institution: Institution, ready: Ready) -> dict[str, Sequence[str]] | None:
    """Return the filters of a ready indicator in a body; None where it has nothing that it is of. No SQL when
    warm.
    """
    kinds = kinds_known_as(institution, ready.kind, of=ready.metric)
    return None if kinds is None else {KIND: kinds} if kinds else {}


def kinds_known_as(
    institution: Institution, name: str, *, of: str = "cases.received"
) -> Sequence[str] | None:
    """Return the members of the dimension of kinds that a name means which is the same in all bodies (a
    nature, a rule); none of the empty name, which means all; None where the body has no such kind. No SQL
    when warm.
    """
    if not name:
        return []
    dimension = source(metric(of).of.source).dimension(KIND)
    if name in dimension.names(institution):
        return [name]
    members = dimension.known_as(institution).get(name, ()) if dimension.known_as else ()
    return members or None


@transaction.atomic
def adopt_ready(
    *, institution: Institution, codes: Collection[str], actor: User | None, now: datetime
) -> list[Indicator]:
    """Adopt indicators of the library as indicators of the body, all or none, to be measured from the first
    day of this year; those it has already stay as they are. Return the new ones (6 SQL each).

    Raises:
        Refused: the country's library has none of that code (library_unknown), or the body has no kind that
            one is of (library_nothing).
    """
    row = lock_institution(institution.pk)
    known = {each.code: each for group in library_of(row.jurisdiction) for each in group.indicators}
    if not set(codes) <= set(known):
        raise Refused("library_unknown")
    taken = set(Indicator.objects.filter(institution=row).values_list("code", flat=True))
    since = row.local_date(now).replace(month=1, day=1)
    new = []
    for each in (ready for code, ready in known.items() if code in codes and code not in taken):
        filters = members_of(row, each)
        if filters is None:
            raise Refused("library_nothing", name=each.name)
        saved = save_indicator(
            institution=row, actor=actor, now=now, code=each.code, name=each.name,
            definition=each.definition, metric_key=each.metric, statistic=each.statistic, within=each.within,
            filters=filters, target=each.target, near=each.near, better=each.better,
            source_words=each.source[:200], instrument="Registro de solicitudes de la institución",
            frequency=each.frequency, since=since,
        )  # fmt: skip
        new.append(saved)
        row.refresh_from_db(fields=["config_version"])
    return new
