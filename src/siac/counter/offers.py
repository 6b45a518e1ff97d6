# SPDX-License-Identifier: EUPL-1.2
"""What is offered to whoever a point could not attend any more; higher contexts add theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from siac.organizations.public import Institution
from siac.servicepoints.public import ServicePoint


@dataclass(frozen=True, slots=True)
class ClosingOffer:
    """A link of the page of a ticket whose point closed: `url` says where, empty where a point has none."""

    label: str
    url: Callable[[Institution, ServicePoint], str]


_OFFERS: list[ClosingOffer] = []


def register_closing_offer(offer: ClosingOffer) -> None:
    """Offer something to whoever was not attended; called when the application starts."""
    _OFFERS.append(offer)


def offers_of(institution: Institution, point: ServicePoint) -> list[tuple[str, str]]:
    """Return what a point offers whoever it could not attend: words and address."""
    found = [(offer.label, offer.url(institution, point)) for offer in _OFFERS]
    return [(label, url) for label, url in found if url]
