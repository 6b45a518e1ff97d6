# SPDX-License-Identifier: EUPL-1.2
"""Parts of the page of a service that higher contexts fill."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from siac.catalogue.models import Service
from siac.organizations.public import Access, Institution


@dataclass(frozen=True, slots=True)
class ServicePanel:
    """A part of the page of a service: `context` gives `template` its values, or None to stay out. It stands
    on the page of the house, or where it `is_public` on that of the portal, which is asked without an access.
    """

    title: str
    template: str
    context: Callable[[Service, Access | None], Mapping[str, Any] | None]
    is_public: bool = False
    is_read_aloud: bool = False
    """It stands on what is read to whoever asks for the service, and nowhere else."""


@dataclass(frozen=True, slots=True)
class ServiceAct:
    """What is done once a service was explained: `url` says where, for the holder of an access; empty where
    it is not theirs to do. `key` opens it.
    """

    label: str
    key: str
    url: Callable[[Service, Access], str]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """What is told of services beside their names where the portal answers a question: `tell(institution,
    services, asked)` gives `template` its values by primary key, for all of them at once.
    """

    template: str
    tell: Callable[[Institution, Sequence[Service], str], Mapping[int, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class ServiceLink:
    """What somebody who reads the public page of a service may do next: `label` says what, `url` where; empty
    where there is nothing to do.
    """

    label: Callable[[Service], str]
    url: Callable[[Service], str]


_ORIGINS: dict[str, Callable[[Access, str], tuple[str, str] | None]] = {}
_LINKS: list[ServiceLink] = []
_LINES: list[ServiceLine] = []
_PANELS: list[ServicePanel] = []
_ACTS: list[ServiceAct] = []


def register_service_panel(panel: ServicePanel) -> None:
    """Add a part to the page of every service; called when the application starts."""
    _PANELS.append(panel)


def register_sheet_origin(kind: str, leads: Callable[[Access, str], tuple[str, str] | None]) -> None:
    """Say what sheets of an origin «kind:key» were made from: `leads` gives words and address by the key, or
    None for whoever may not see it; called when the application starts.
    """
    _ORIGINS[kind] = leads


def origin_of(access: Access, origin: str) -> tuple[str, str] | None:
    """Return what a draft was made from as (words, address); None where nothing, or for whoever may not see
    it.
    """
    kind, _, key = origin.partition(":")
    return _ORIGINS[kind](access, key) if kind in _ORIGINS else None


def register_service_link(link: ServiceLink) -> None:
    """Add what is done from the public page of a service; called when the application starts."""
    _LINKS.append(link)


def links_of(service: Service) -> list[tuple[str, str]]:
    """Return what may be done from the public page of a service as (words, address), in the order of
    registration.
    """
    found = [(link.label(service), link.url(service)) for link in _LINKS]
    return [(label, url) for label, url in found if url]


def register_service_line(line: ServiceLine) -> None:
    """Tell something beside each service that answers a question; called when the application starts."""
    _LINES.append(line)


def lines_of(
    institution: Institution, found: Sequence[Service], asked: str
) -> dict[int, list[tuple[str, Mapping[str, Any]]]]:
    """Return what is told beside services that answer a question: templates with their values, by primary
    key, in the order of registration.
    """
    told: dict[int, list[tuple[str, Mapping[str, Any]]]] = {row.pk: [] for row in found}
    for line in _LINES:
        for pk, values in line.tell(institution, found, asked).items():
            told[pk].append((line.template, values))
    return told


def register_service_act(act: ServiceAct) -> None:
    """Add what is done once a service was explained; called when the application starts."""
    _ACTS.append(act)


def acts_of(service: Service, access: Access) -> list[tuple[ServiceAct, str]]:
    """Return what the holder of `access` may do once a service was explained, each with its address; in the
    order of registration.
    """
    found = [(act, act.url(service, access)) for act in _ACTS]
    return [(act, url) for act, url in found if url]


def panels_of(
    service: Service, access: Access | None, *, read_aloud: bool = False
) -> list[tuple[ServicePanel, Mapping[str, Any]]]:
    """Return the parts that have something to show on the page of the house, on what is `read_aloud`, or on
    the public page where there is no access; in the order of registration.
    """
    own = [
        panel
        for panel in _PANELS
        if panel.is_public == (access is None) and panel.is_read_aloud == read_aloud
    ]
    found = [(panel, panel.context(service, access)) for panel in own]
    return [(panel, values) for panel, values in found if values is not None]
