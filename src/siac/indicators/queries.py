# SPDX-License-Identifier: EUPL-1.2
"""Figures, read from the cube."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from siac.indicators.domain.figures import Share
from siac.indicators.models import CubeState, Indicator
from siac.indicators.reading import read
from siac.infra.metrics import Source, metric, sources
from siac.journal.public import read_until
from siac.organizations.public import Institution

READER = "indicators.cube"
"""The reader of the journal that keeps facts and cells."""


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


def data_state(institution: Institution) -> tuple[datetime | None, bool]:
    """Return up to when what happened is counted, and whether all that stood before is, too (2 SQL)."""
    states = CubeState.objects.filter(institution=institution)
    rows = list(states.values_list("source", "computed_at", "built_at"))
    built = {key for key, _, built_at in rows if built_at is not None}
    computed = max((at for _, at, _ in rows), default=None)
    moments = [each for each in (read_until(READER), computed) if each is not None]
    return max(moments, default=None), built >= {each.key for each in sources()}


def unbuilt(institution: Institution) -> list[Source]:
    """Return the sources of which what stood before the cube is not counted yet, or was counted by another
    calendar or time zone than today's (1 SQL, and what `Source.rests_on` costs).
    """
    rows = CubeState.objects.filter(institution=institution, built_at__isnull=False)
    built = dict(rows.values_list("source", "rests_on"))
    return [each for each in sources() if built.get(each.key) != each.rests_on(institution)]
