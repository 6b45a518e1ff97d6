# SPDX-License-Identifier: EUPL-1.2
"""How an answer reaches the person."""

from collections.abc import Mapping
from enum import StrEnum


class Delivery(StrEnum):
    """The values are channels of `notices`; all but e-mail and text message wait until an
    officer notes that they were done, with proof.

    A text message says where the answer is to be read.
    """

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"
    PICKUP = "pickup"
    PHONE = "phone"


BY_HAND = (Delivery.LETTER, Delivery.PICKUP, Delivery.PHONE)
"""Ways in which an officer hands an answer over."""
FORM_ASKED, WAY_ASKED = "forma", "medio"
"""Codes of the questions of a request for information that say in what form and by what means it is
wanted (Chile: arts. 12 and 17 Ley 20.285; Peru: art. 10 of the Reglamento of the TUO of Ley 27806;
Spain: arts. 17.2 d and 22 Ley 19/2013).
"""
_WAYS = {
    "Por correo electrónico": Delivery.EMAIL,
    "Por correo postal": Delivery.LETTER,
    "La retiro en la oficina": Delivery.PICKUP,
}


def asked_delivery(answers: Mapping[str, str]) -> Delivery | None:
    """Return by what means a person asked to be given the information, by the answers
    of their request; None: they did not say.
    """
    return _WAYS.get(answers.get(WAY_ASKED, ""))


def usual_delivery(
    *, email: str, address: str, phone: str, preferred: str = "", texts: bool = False
) -> Delivery:
    """Return how somebody with these contacts is best answered: as they prefer where
    they can be reached so, else the surest.

    `texts`: text messages reach them.
    """
    reachable = {
        Delivery.EMAIL: email, Delivery.LETTER: address, Delivery.SMS: texts, Delivery.PHONE: phone,
    }  # fmt: skip
    if preferred == "in_person":
        return Delivery.PICKUP
    if preferred in reachable and reachable[Delivery(preferred)]:
        return Delivery(preferred)
    return next((way for way, contact in reachable.items() if contact), Delivery.PICKUP)
