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


@pytest.mark.parametrize(
    ("address", "preferred", "way"),
    [
        ("", "", D.SMS),
        ("Calle 1", "", D.LETTER),
        ("Calle 1", "sms", D.SMS),
        ("", "phone", D.PHONE),
        ("", "in_person", D.PICKUP),
    ],
)
def test_whom_a_text_reaches_is_told_by_one_before_somebody_calls(address, preferred, way):
    assert usual_delivery(email="", address=address, phone="9", preferred=preferred, texts=True) is way
