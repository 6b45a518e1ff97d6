# SPDX-License-Identifier: EUPL-1.2
"""Frozen results as evidence: the formula as data, and the rows to work it out from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from siac.indicators.domain.results import Counted, unpacked
from siac.indicators.models import DemandPlan, Indicator, IndicatorResult, IndicatorVersion
from siac.infra.metrics import metric
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class Evidence:
    """A frozen result with what told it: the fields of the indicator as they stood, of how few it tells
    nothing, and its rows, read when they are asked for (1 SQL).
    """

    result: IndicatorResult
    fields: dict[str, object]
    least: int
    rows: Callable[[], list[Counted]]


def frozen_between(institution: Institution, first: date, last: date) -> list[Evidence]:
    """Return the latest revision of every result of a period that ended between two local days, both
    included, by code of the indicator and period (2 SQL; the rows cost 1 more for each result).
    """
    rows = IndicatorResult.objects.filter(institution=institution, last__gte=first, last__lte=last)
    newest: dict[tuple[int, date], IndicatorResult] = {}
    for row in rows.defer("rows").select_related("indicator").order_by("-revision", "pk"):
        newest.setdefault((row.indicator_id, row.first), row)
    found = sorted(newest.values(), key=lambda row: (row.indicator.code, row.first))
    versions = {
        (row.indicator_id, row.number): row.fields
        for row in IndicatorVersion.objects.filter(indicator__in={row.indicator_id for row in found})
    }
    return list(_told(found, versions))


def _told(
    found: Sequence[IndicatorResult], versions: dict[tuple[int, int], dict[str, object]]
) -> Iterator[Evidence]:
    for row in found:
        fields = versions.get((row.indicator_id, row.version)) or _standing(row.indicator)
        key = str(fields["metric"] or "")
        yield Evidence(row, fields, metric(key).least if key else 0, _reader(row.pk))


def _standing(indicator: Indicator) -> dict[str, object]:
    return indicator.snapshot()


def _reader(pk: int) -> Callable[[], list[Counted]]:
    def rows() -> list[Counted]:
        kept = IndicatorResult.objects.values_list("rows", flat=True).get(pk=pk)
        return unpacked(bytes(kept)) if kept else []

    return rows


def approved_plans(institution: Institution, year: int) -> list[DemandPlan]:
    """Return the approved editions of the demand plan of a year, the first first (1 SQL)."""
    rows = DemandPlan.objects.filter(institution=institution, year=year, approved_at__isnull=False)
    return list(rows.order_by("edition"))
