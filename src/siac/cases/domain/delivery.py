# SPDX-License-Identifier: EUPL-1.2
"""How an answer reaches the person."""

from enum import StrEnum


class Delivery(StrEnum):
    """The values are channels of `notices`; all but e-mail wait until an officer notes that they were done, with proof."""

    EMAIL = "email"
    LETTER = "letter"
    PICKUP = "pickup"
    PHONE = "phone"


def usual_delivery(*, email: str, address: str, phone: str, preferred: str = "") -> Delivery:
    """Return how somebody with these contacts is best answered: as they prefer where they can be reached so, else the surest."""
    reachable = {
        Delivery.EMAIL: email, Delivery.LETTER: address, Delivery.PHONE: phone,
    }  # fmt: skip
    if preferred == "in_person":
        return Delivery.PICKUP
    if preferred in reachable and reachable[Delivery(preferred)]:
        return Delivery(preferred)
    return next((way for way, contact in reachable.items() if contact), Delivery.PICKUP)
