# SPDX-License-Identifier: EUPL-1.2
"""The pages of the configuration, in groups; each context adds its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from siac.countries.public import Duty
from siac.organizations.domain.rights import StaffRight
from siac.organizations.models import Institution


class SetupGroup(StrEnum):
    """A heading of the configuration, in the order they stand."""

    BODY = "Organismo"
    PEOPLE = "Personas del equipo"
    REQUESTS = "Solicitudes"
    PLACES = "Atención presencial"
    SITE = "Sitio público"
    PROGRAMS = "Otros sistemas"


_PLACES = {group: place for place, group in enumerate(SetupGroup)}


@dataclass(frozen=True, slots=True)
class SetupTab:
    """One page of the configuration: what it is called, where it is, and under which heading."""

    label: str
    url_name: str
    order: int
    group: SetupGroup
    told: str
    """What is decided there, in a line."""
    duty: Duty | None = None
    """Only bodies in countries whose law asks for it have the page; None: all."""
    right: str = StaffRight.SETUP
    """Who may open it: nobody else is shown the way."""


_TABS: dict[str, SetupTab] = {}


def register_setup_tab(tab: SetupTab) -> None:
    """Add a page to the configuration."""
    _TABS[tab.url_name] = tab


def setup_tabs(institution: Institution) -> Sequence[Mapping[str, str]]:
    """Return the pages of a body, by group and in order, as `ui` draws them (`setup_nav`): each with its
    `group`, `label`, `url`, `told` and the `right` it wants.
    """
    known = (None, *institution.country.duties)
    here = [tab for tab in _TABS.values() if tab.duty in known]
    found = sorted(here, key=lambda tab: (_PLACES[tab.group], tab.order, tab.label))
    return [
        {
            "group": tab.group.value,
            "label": tab.label,
            "url": reverse(tab.url_name, args=[institution.slug]),
            "told": tab.told,
            "right": tab.right,
        }
        for tab in found
    ]
