# SPDX-License-Identifier: EUPL-1.2
"""The cube of daily histograms: which days are dirty, and computing them anew."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from siac.indicators.models import CubeState, DirtyDay, MetricCell
from siac.infra.metrics import Cell, Metric, metrics
from siac.organizations.public import Institution


def mark_dirty(institution_id: int, days: Collection[date], *, now: datetime) -> None:
    """Note that the cells of these local days are no longer true (1 SQL)."""
    rows = [DirtyDay(institution_id=institution_id, day=day, marked_at=now) for day in sorted(set(days))]
    DirtyDay.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def compute_dirty_days(institution_id: int, *, now: datetime, limit: int = 400) -> int:
    """Compute the cells of up to `limit` dirty days anew and return how many days that were.

    The days are claimed first: a change committed meanwhile marks its day again and is computed next time.
    """
    claimed = list(
        DirtyDay.objects.select_for_update(skip_locked=True)
        .filter(institution_id=institution_id)
        .order_by("day")[:limit]
    )
    days = [row.day for row in claimed]
    if days:
        DirtyDay.objects.filter(pk__in=[row.pk for row in claimed]).delete()
        for metric in metrics():
            _replace_cells(institution_id, metric, days)
    CubeState.objects.update_or_create(institution_id=institution_id, defaults={"computed_at": now})
    return len(days)


def _replace_cells(institution_id: int, metric: Metric, days: list[date]) -> None:
    MetricCell.objects.filter(institution_id=institution_id, metric=metric.key, day__in=days).delete()
    MetricCell.objects.bulk_create(
        MetricCell(
            institution_id=institution_id,
            metric=metric.key,
            day=day,
            unit_id=unit,
            kind_id=kind,
            histogram=histogram,
        )
        for (day, unit, kind), histogram in _histograms(metric.cells(institution_id, days)).items()
    )


def _histograms(cells: Iterable[Cell]) -> dict[tuple[date, int | None, int | None], dict[str, int]]:
    grouped: dict[tuple[date, int | None, int | None], dict[str, int]] = {}
    for cell in cells:
        grouped.setdefault((cell.day, cell.unit_id, cell.kind_id), {})[str(cell.value)] = cell.count
    return grouped


def mark_days_of(institution: Institution, *, first: date, last: date, now: datetime) -> None:
    """Mark every local day from `first` to `last` as to be computed anew, for instance after an import."""
    span = (last - first).days + 1
    mark_dirty(institution.pk, [first + timedelta(days=offset) for offset in range(span)], now=now)
