# SPDX-License-Identifier: EUPL-1.2
"""Which results are owed, and which would be others today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet

from siac.indicators.domain.results import Frequency, digest, periods_over
from siac.indicators.models import Indicator, IndicatorResult, StaleResult
from siac.indicators.results.commands import counted_rows
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution

SETTLES = timedelta(days=5)
"""Days after a period during which late entries still come in, before the house freezes it by itself."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A period of an indicator that is over and has no result."""

    indicator: Indicator
    first: date
    last: date


def followed(institution: Institution) -> QuerySet[Indicator]:
    """Return the indicators of which a body owes results, by code. Lazy: no SQL until it is read."""
    rows = Indicator.objects.filter(institution=institution, is_active=True, since__isnull=False)
    return rows.order_by("code", "pk")


def of_results(institution: Institution) -> QuerySet[Indicator]:
    """Return the indicators of a body that have results, or had while they were followed, unordered. Lazy: no
    SQL until it is read.
    """
    return Indicator.objects.filter(institution=institution, since__isnull=False)


def _load_followed(institution_id: int) -> list[Indicator]:
    rows = Indicator.objects.filter(institution_id=institution_id, is_active=True, since__isnull=False)
    return list(rows.order_by("code", "pk"))


_FOLLOWED: ConfigCache[list[Indicator]] = ConfigCache(_load_followed)


def followed_ones(institution: Institution) -> list[Indicator]:
    """Return the indicators of which a body owes results, by code; no SQL when warm."""
    return _FOLLOWED.get(institution)


def newest_results(institution: Institution, *, last: date | None = None) -> list[IndicatorResult]:
    """Return the latest result of each indicator that is followed, by name; of periods that ended on `last`
    or before, where it is given (1 SQL).
    """
    rows = IndicatorResult.objects.filter(institution=institution, indicator__in=followed(institution))
    if last is not None:
        rows = rows.filter(last__lte=last)
    newest = rows.order_by("indicator_id", "-last", "-revision", "pk").distinct("indicator_id").defer("rows")
    return sorted(newest.select_related("indicator"), key=lambda row: (row.indicator.name, row.pk))


def owed_results(institution: Institution, *, today: date) -> list[Owed]:
    """Return the periods that are over and have no result, of every active indicator, the oldest first (1
    SQL).
    """
    indicators = list(followed(institution).annotate(firsts=ArrayAgg("results__first", default=[])))
    have = {(each.pk, first) for each in indicators for first in each.firsts}
    found = [
        Owed(each, first, last)
        for each in indicators
        if each.since is not None
        for first, last in periods_over(Frequency(each.frequency), since=each.since, today=today)
        if (each.pk, first) not in have
    ]
    return sorted(found, key=lambda owed: (owed.last, owed.indicator.code))


def to_freeze(institution: Institution, *, today: date) -> list[Owed]:
    """Return what the house freezes by itself today: of indicators that it works out, once late entries have
    had five days to come in (1 SQL).
    """
    owed = owed_results(institution, today=today)
    return [each for each in owed if each.indicator.metric and each.last + SETTLES < today]


def latest_results(institution: Institution, indicators: Sequence[Indicator]) -> list[IndicatorResult]:
    """Return the latest revision of every period of some indicators, the newest period first (1 SQL)."""
    rows = IndicatorResult.objects.filter(institution=institution, indicator__in=indicators).defer("rows")
    rows = rows.select_related("indicator")
    found: dict[tuple[int, date], IndicatorResult] = {}
    for row in rows.order_by("-last", "-revision", "pk"):
        found.setdefault((row.indicator_id, row.first), row)
    return list(found.values())


CHECKED_BACK = timedelta(days=400)
"""How old the period of a result may be and still be compared every night with what it would be today."""


def to_check(institution: Institution, *, today: date) -> list[IndicatorResult]:
    """Return the results that are compared with today: the latest of each period of the last thirteen months
    that was counted here (2 SQL).
    """
    oldest = today - CHECKED_BACK
    rows = latest_results(institution, list(followed(institution)))
    return [row for row in rows if row.indicator.metric and not row.is_earlier and row.last >= oldest]


def check_result(institution: Institution, result: IndicatorResult, *, today: date) -> bool:
    """Note whether a result would be another one today, and return it (3 SQL and what the names of dimensions
    cost). One that was revised meanwhile is passed over.
    """
    is_latest = not IndicatorResult.objects.filter(
        indicator=result.indicator_id, first=result.first, revision__gt=result.revision
    ).exists()
    if not (is_latest and differs_today(institution, result)):
        StaleResult.objects.filter(result=result).delete()
        return False
    StaleResult.objects.get_or_create(result=result, defaults={"institution": institution, "found_on": today})
    return True


def stale_results(institution: Institution) -> list[StaleResult]:
    """Return the results that would be others today, the longest known first (1 SQL)."""
    rows = StaleResult.objects.filter(institution=institution).select_related("result__indicator")
    return list(rows.defer("result__rows"))


def differs_today(institution: Institution, result: IndicatorResult) -> bool:
    """Return whether what a result counted stands otherwise today (1 SQL and what the names of dimensions
    cost); never, of one written down by hand or told before the system.
    """
    if result.is_earlier or not result.indicator.metric:
        return False
    rows = counted_rows(institution, result.indicator, result.first, result.last)
    return digest(rows) != bytes(result.digest)
