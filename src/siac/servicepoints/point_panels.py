# SPDX-License-Identifier: EUPL-1.2
"""Parts of the public page of a place that higher contexts fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from siac.servicepoints.models import ServicePoint


@dataclass(frozen=True, slots=True)
class PointPanel:
    """A part of the page of a place: `context` gives `template` its values, or None to stay out."""

    title: str
    template: str
    context: Callable[[ServicePoint], Mapping[str, Any] | None]


_PANELS: list[PointPanel] = []


def register_point_panel(panel: PointPanel) -> None:
    """Add a part to the page of every place; called when the application starts."""
    _PANELS.append(panel)


def point_panels(point: ServicePoint) -> list[tuple[PointPanel, Mapping[str, Any]]]:
    """Return the parts that have something to show of a place, in the order of registration."""
    found = [(panel, panel.context(point)) for panel in _PANELS]
    return [(panel, values) for panel, values in found if values is not None]
