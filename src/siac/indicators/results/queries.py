# SPDX-License-Identifier: EUPL-1.2
"""The figure of an indicator over any days, read from the cube."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from siac.indicators.domain.figures import Share
from siac.indicators.figures.reading import read
from siac.indicators.figures.state import data_state
from siac.indicators.models import Indicator
from siac.infra.metrics import metric
from siac.organizations.public import Institution


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
    """False until all that stood before the cube was counted."""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without cases."""
        return self.share.reaches(self.indicator.target)


def figures(
    institution: Institution, indicators: Iterable[Indicator], *, first: date, last: date, today: date
) -> list[Figure]:
    """Return the figure of each indicator (all of one body) for the local days `first` to `last` (2 SQL,
    and 1
    for each indicator).
    """
    found = list(indicators)
    if not found:
        return []
    data_time, is_complete = data_state(institution)
    result = []
    for each in found:
        measure = metric(each.metric).of
        reading = read(
            institution, measure, [(first, last)], today=today, where=each.filters, within=each.within or 0
        )
        one = reading.of()
        median = one.percentiles[0] if one.percentiles else None
        share = Share(one.within, one.n)
        result.append(Figure(each, first, last, share, median, data_time, is_complete))
    return result
