# SPDX-License-Identifier: EUPL-1.2
"""The network between worker and mailbox is cut, refused or silent: no mail is lost, none becomes two."""

import pytest

from siac.cases.public import Case
from siac.integrations.mailbox import server
from tests.factories import NOW
from tests.faults.proxy import proxy
from tests.mailbox.conftest import connect, take_in
from tests.mailbox.mails import mail


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        ("refuse", b""),
        ("hold", b""),
        ("cut", b"FETCH"),
        ("hold", b"FETCH"),
        ("cut", b"STORE"),
        ("hold", b"STORE"),
    ],
)
def test_every_mail_is_one_request(house, imap, monkeypatch, fault, after):
    monkeypatch.setattr(server, "TIMEOUT", 0.7)
    imap.deliver(*(mail(f"número {n}") for n in range(2)))
    with proxy("127.0.0.1", imap.port) as between:
        box = connect(house, between.port)
        between.become(fault, after=after)
        take_in(box)
        box.refresh_from_db()
        assert after == b"STORE" or box.failures == 1
        between.become("pass")
        take_in(box, NOW.replace(hour=23))
    assert Case.objects.count() == 2
