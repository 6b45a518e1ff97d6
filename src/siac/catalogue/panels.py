# SPDX-License-Identifier: EUPL-1.2
"""Parts of the page of a service that higher contexts fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from siac.catalogue.models import Service
from siac.organizations.public import Access


@dataclass(frozen=True, slots=True)
class ServicePanel:
    """A part of the page of a service: `context` gives `template` its values, or None to stay out."""

    title: str
    template: str
    context: Callable[[Service, Access], Mapping[str, Any] | None]


_PANELS: list[ServicePanel] = []


def register_service_panel(panel: ServicePanel) -> None:
    """Add a part to the page of every service; called when the application starts."""
    _PANELS.append(panel)


def panels_of(service: Service, access: Access) -> list[tuple[ServicePanel, Mapping[str, Any]]]:
    """Return the parts that have something to show, in the order of registration."""
    found = [(panel, panel.context(service, access)) for panel in _PANELS]
    return [(panel, values) for panel, values in found if values is not None]
