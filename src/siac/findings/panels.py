# SPDX-License-Identifier: EUPL-1.2
"""Parts of the page of a finding that higher contexts fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from siac.findings.models import Finding
from siac.organizations.public import Access


@dataclass(frozen=True, slots=True)
class FindingPanel:
    """A part of the page of every finding: `context` gives `template` its values, or None to stay out."""

    title: str
    template: str
    context: Callable[[Finding, Access], Mapping[str, Any] | None]


_PANELS: list[FindingPanel] = []


def register_finding_panel(panel: FindingPanel) -> None:
    """Add a part to the page of every finding; called when the application starts."""
    _PANELS.append(panel)


def finding_panels(row: Finding, access: Access) -> list[tuple[FindingPanel, Mapping[str, Any]]]:
    """Return the parts that have something to show of a finding, with their values; SQL as they say."""
    filled = [(panel, panel.context(row, access)) for panel in _PANELS]
    return [(panel, values) for panel, values in filled if values is not None]
