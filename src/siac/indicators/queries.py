# SPDX-License-Identifier: EUPL-1.2
"""Figures, read from the cube."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from siac.indicators.domain.figures import Share, percentile, share_within
from siac.indicators.models import CubeState, DirtyDay, Indicator, MetricCell


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator over a period of local days, both ends included, with all that is needed to trust it."""

    indicator: Indicator
    first: date
    last: date
    share: Share
    median: int | None
    data_time: datetime | None
    """When the cube was last brought up to date; None if it never was."""
    is_complete: bool
    """False while days of the period wait to be computed anew."""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without cases."""
        return self.share.reaches(self.indicator.target)


def figures(indicators: list[Indicator], *, first: date, last: date) -> list[Figure]:
    """Return the figure of each indicator (all of one body) for the local days `first` to `last` (3 SQL)."""
    if not indicators:
        return []
    institution_id = indicators[0].institution_id
    cells = MetricCell.objects.filter(
        institution_id=institution_id, metric__in={i.metric for i in indicators}, day__range=(first, last)
    ).values_list("metric", "kind_id", "histogram")
    totals: dict[tuple[str, int | None], Counter[int]] = {}
    for metric, kind_id, histogram in cells:
        counts = {int(value): count for value, count in histogram.items()}
        totals.setdefault((metric, kind_id), Counter()).update(counts)
        totals.setdefault((metric, None), Counter()).update(counts if kind_id is not None else {})
    state = CubeState.objects.filter(institution_id=institution_id).first()
    dirty = DirtyDay.objects.filter(institution_id=institution_id, day__range=(first, last)).exists()
    result = []
    for indicator in indicators:
        histogram = totals.get((indicator.metric, indicator.kind_id), Counter())
        result.append(
            Figure(
                indicator,
                first,
                last,
                share_within(histogram, indicator.within),
                percentile(histogram, 50),
                state.computed_at if state else None,
                not dirty,
            )
        )
    return result


def bodies_with_dirty_days() -> list[int]:
    """Return the ids of the bodies that have days to compute anew (1 SQL)."""
    return list(
        DirtyDay.objects.values_list("institution_id", flat=True).distinct().order_by("institution_id")
    )
