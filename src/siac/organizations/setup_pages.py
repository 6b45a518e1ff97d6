# SPDX-License-Identifier: EUPL-1.2
"""The tabs of the configuration pages; each context adds its own."""

from dataclasses import dataclass

from django.urls import reverse

from siac.countries.public import Duty
from siac.organizations.models import Institution


@dataclass(frozen=True, slots=True)
class SetupTab:
    """One page of the configuration: what it is called and where it is."""

    label: str
    url_name: str
    order: int
    duty: Duty | None = None
    """Only bodies in countries whose law asks for it have the page; None: all."""


_TABS: dict[str, SetupTab] = {}


def register_setup_tab(tab: SetupTab) -> None:
    """Add a page to the configuration."""
    _TABS[tab.url_name] = tab


def setup_tabs(institution: Institution) -> list[dict[str, str]]:
    """Return the tabs, in order, with their addresses in this body."""
    known = (None, *institution.country.duties)
    here = [tab for tab in _TABS.values() if tab.duty in known]
    found = sorted(here, key=lambda tab: (tab.order, tab.label))
    return [{"label": tab.label, "url": reverse(tab.url_name, args=[institution.slug])} for tab in found]
