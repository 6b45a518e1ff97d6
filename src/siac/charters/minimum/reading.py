# SPDX-License-Identifier: EUPL-1.2
"""Minimum standards as they stand in a body: those that come with the product, and what looks at each."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from django.db.models import Count, Q

from siac.cases.public import Nature, clocks_on_cases, kinds
from siac.catalogue.public import StepClock, services
from siac.charters.domain.minimum import Standard, missing, read_standards
from siac.charters.domain.states import EditionState
from siac.charters.models import Commitment
from siac.charters.standings import period
from siac.clocks.public import Clock
from siac.indicators.public import Share
from siac.organizations.public import Institution
from siac.servicepoints.public import hours_words, service_points


@cache
def standards() -> tuple[Standard, ...]:
    """Return the minimum standards that come with the product, in their order. No SQL."""
    kept = files(__package__).joinpath("standards.toml").read_text()
    return read_standards(tomllib.loads(kept)["standards"])


@dataclass(frozen=True, slots=True)
class Met:
    """How a minimum standard stands: how many of those it asks about meet it."""

    standard: Standard
    share: Share

    @property
    def is_met(self) -> bool | None:
        """Whether it is met; None where there is nothing to tell it of."""
        return self.missing == 0 if self.share.total else None

    @property
    def missing(self) -> int:
        """How many more must meet it."""
        return missing(self.share.met, self.share.total, self.standard.target)


Look = Callable[[Institution, datetime], Share]


def _services(institution: Institution, now: datetime) -> Share:
    given = [row for row in services(institution).values() if row.is_active]
    whole = [row for row in given if row.summary and row.requirements and row.channels and row.amount]
    return Share(len(whole), len(given))


def _points(institution: Institution, now: datetime) -> Share:
    used = [point for point in service_points(institution).values() if point.is_active]
    return Share(sum(bool(point.address and hours_words(point)) for point in used), len(used))


def _clock(kind: StepClock) -> Look:
    """Return what looks at how the clocks of a kind were kept in the year up to yesterday (1 SQL)."""

    def look(institution: Institution, now: datetime) -> Share:
        first, last = period(institution, now)
        rows = clocks_on_cases(institution, [kind.value], first=first, last=last)
        met = Count("pk", filter=Q(state=Clock.State.MET))
        counted = rows.order_by().aggregate(met=met, every=Count("pk"))
        return Share(counted["met"], counted["every"])

    return look


def _own_terms(institution: Institution, now: datetime) -> Share:
    offered = [kind for kind in kinds(institution).values() if kind.is_active and kind.on_portal]
    return Share(sum(bool(kind.standard_days or kind.standard_rule) for kind in offered), len(offered))


def _redress(institution: Institution, now: datetime) -> Share:
    """Return how many promises, in force or being written, say what is given or why nothing is; of a body
    that promises nothing, none of one (1 SQL).
    """
    today = institution.local_date(now)
    open_ended, until = Q(edition__valid_to=None), Q(edition__valid_to__gte=today)
    rows = Commitment.objects.filter(open_ended | until, institution=institution)
    rows = rows.exclude(edition__state=EditionState.ABANDONED)
    told = Count("pk", filter=~Q(remedy="") | ~Q(no_remedy_reason=""))
    counted = rows.order_by().aggregate(told=told, every=Count("pk"))
    return Share(counted["told"], counted["every"] or 1)


def _complaints(institution: Institution, now: datetime) -> Share:
    every = kinds(institution).values()
    is_open = any(kind.is_active and kind.on_portal and kind.nature == Nature.COMPLAINT for kind in every)
    return Share(int(is_open), 1)


def _compared(institution: Institution, now: datetime) -> Share:
    return Share(int(institution.is_compared), 1)


CHECKS: dict[str, Look] = {
    "services_told": _services,
    "points_told": _points,
    "acknowledged": _clock(StepClock.ACKNOWLEDGEMENT),
    "answered": _clock(StepClock.LEGAL),
    "own_terms": _own_terms,
    "redress": _redress,
    "complaints": _complaints,
    "compared": _compared,
}
"""What looks at a standard, by the word that its file says."""


def met_standards(institution: Institution, *, now: datetime) -> Sequence[Met]:
    """Return how each minimum standard stands (3 SQL when warm)."""
    return [Met(each, CHECKS[each.check](institution, now)) for each in standards()]
