# SPDX-License-Identifier: EUPL-1.2
"""Parts of the page of a service that higher contexts fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from siac.catalogue.models import Service
from siac.organizations.public import Access


@dataclass(frozen=True, slots=True)
class ServicePanel:
    """A part of the page of a service: `context` gives `template` its values, or None to stay out. It stands
    on the page of the house, or where it `is_public` on that of the portal, which is asked without an access.
    """

    title: str
    template: str
    context: Callable[[Service, Access | None], Mapping[str, Any] | None]
    is_public: bool = False


_PANELS: list[ServicePanel] = []


def register_service_panel(panel: ServicePanel) -> None:
    """Add a part to the page of every service; called when the application starts."""
    _PANELS.append(panel)


def panels_of(service: Service, access: Access | None) -> list[tuple[ServicePanel, Mapping[str, Any]]]:
    """Return the parts that have something to show on the page of the house, or on the public one where there
    is no access; in the order of registration.
    """
    own = [panel for panel in _PANELS if panel.is_public == (access is None)]
    found = [(panel, panel.context(service, access)) for panel in own]
    return [(panel, values) for panel, values in found if values is not None]
