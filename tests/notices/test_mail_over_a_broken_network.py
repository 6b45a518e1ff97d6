# SPDX-License-Identifier: EUPL-1.2
"""The network between worker and mail server is slow, cut, refused or silent: how far a letter got."""

import os
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit

import pytest

from siac.notices import reach
from siac.notices.channels import email as channel
from siac.notices.domain.outbox import Outcome
from tests.faults.proxy import proxy


def letter() -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "siac@casa.example", "ana@ejemplo.org", "Su solicitud"
    made.set_content("Quedó ingresada.")
    return made


@pytest.mark.parametrize(
    ("fault", "after", "outcome", "taken"),
    [
        ("delay", b"", Outcome.ACCEPTED, 1),
        ("refuse", b"", Outcome.RETRY, 0),
        ("hold", b"", Outcome.RETRY, 0),
        ("cut", b"RCPT", Outcome.RETRY, 0),
        ("hold", b"RCPT", Outcome.RETRY, 0),
        ("cut", b"\r\n.\r\n", Outcome.UNCERTAIN, 1),  # the text is there, and nobody said so
        ("hold", b"\r\n.\r\n", Outcome.UNCERTAIN, 1),
    ],
)
def test_how_far_it_got_is_known(mailbox, monkeypatch, fault, after, outcome, taken):
    monkeypatch.setattr(channel, "_TIMEOUT", 0.5)
    with proxy("127.0.0.1", urlsplit(os.environ["SIAC_SMTP_URL"]).port or 25) as between:
        monkeypatch.setenv("SIAC_SMTP_URL", f"smtp://127.0.0.1:{between.port}")
        between.become(fault, 0.02, after=after)
        assert channel.deliver(letter(), "ana@ejemplo.org").outcome == outcome
        assert len(mailbox.taken) == taken
        between.become("pass")
        assert channel.deliver(letter(), "ana@ejemplo.org").outcome == Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("fault", "told"), [("pass", None), ("refuse", "refuses"), ("hold", "holds: no greeting within 0.3 s")]
)
def test_salud_tells_of_the_mail_server(mailbox, monkeypatch, now, fault, told):
    monkeypatch.setattr(reach, "SECONDS", 0.3)
    with proxy("127.0.0.1", urlsplit(os.environ["SIAC_SMTP_URL"]).port or 25) as between:
        monkeypatch.setenv("SIAC_SMTP_URL", f"smtp://127.0.0.1:{between.port}")
        between.become(fault)
        assert reach.smtp_trouble(now) == told
        between.become("pass")
        assert reach.smtp_trouble(now) == told  # asked once a minute, whoever looks how often
        monkeypatch.setattr(reach, "KEPT", 0.0)
        assert reach.smtp_trouble(now) is None
