# SPDX-License-Identifier: EUPL-1.2
"""How somebody is best answered, from what they left."""

import pytest

from siac.cases.domain.delivery import Delivery, usual_delivery

D = Delivery


@pytest.mark.parametrize(
    ("email", "address", "phone", "preferred", "way"),
    [
        ("a@b.cl", "", "", "", D.EMAIL),
        ("a@b.cl", "Calle 1", "9", "", D.EMAIL),
        ("", "Calle 1", "9", "", D.LETTER),
        ("", "", "9", "", D.PHONE),
        ("", "", "", "", D.PICKUP),
        ("a@b.cl", "Calle 1", "", "letter", D.LETTER),
        ("a@b.cl", "", "", "letter", D.EMAIL),  # no address to send it to
        ("a@b.cl", "", "9", "in_person", D.PICKUP),
        ("a@b.cl", "", "9", "sms", D.EMAIL),
        ("a@b.cl", "", "9", "phone", D.PHONE),
    ],
)
def test_how_somebody_is_answered(email, address, phone, preferred, way):
    assert usual_delivery(email=email, address=address, phone=phone, preferred=preferred) is way
