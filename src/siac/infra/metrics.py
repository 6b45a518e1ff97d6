# SPDX-License-Identifier: EUPL-1.2
"""The registry of what can be measured. Each context registers its metrics; `indicators` reads them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Better(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Cell:
    """How often a value occurred on one local day, for one unit and one kind (None where it has none)."""

    day: date
    unit_id: int | None
    kind_id: int | None
    value: int
    count: int


@dataclass(frozen=True, slots=True)
class Metric:
    """Something a context can measure as a histogram of small whole numbers per day.

    `key` is `context.name`; `unit` says what a value is (business_days, mark, seconds). `cells` returns the
    whole histogram of the local days asked, computed anew in one set-based query.
    """

    key: str
    title: str
    definition: str
    unit: str
    better: Better
    cells: Callable[[int, Sequence[date]], Iterable[Cell]]


_METRICS: dict[str, Metric] = {}


def register_metric(metric: Metric) -> None:
    """Make a metric known; called from `AppConfig.ready`. Registering a key twice is an error."""
    if metric.key in _METRICS:
        raise ValueError(f"metric {metric.key} is registered twice")
    _METRICS[metric.key] = metric


def metric(key: str) -> Metric:
    """Return the metric `key`; KeyError if no context registered it."""
    return _METRICS[key]


def metrics() -> list[Metric]:
    """Return all metrics, by key."""
    return [_METRICS[key] for key in sorted(_METRICS)]
