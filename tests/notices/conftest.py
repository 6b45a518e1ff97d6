# SPDX-License-Identifier: EUPL-1.2
import socket
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller

from siac.notices.public import Address, register_kind, register_recipient
from siac.organizations.models import Institution


class Mailbox:
    """A real SMTP server's answers, chosen per test."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.rcpt = self.data = "250 OK"
        self.drop_after_data = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        if self.data.startswith("250"):
            self.taken.append(envelope.content)
        if self.drop_after_data:
            server.transport.abort()
        return self.data


@pytest.fixture
def mailbox(monkeypatch):
    box = Mailbox()
    with running(box) as port:
        monkeypatch.setenv("SIAC_MAIL", "smtp")
        monkeypatch.setenv("SIAC_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield box


@contextmanager
def running(box):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def committed(real_commits):
    """A database whose commits are real; emptied at the end."""


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kinds():
    register_recipient(
        "test",
        lambda institution, pk: Address(f"p{pk}@ejemplo.org", "Ana Núñez", "9 8765 4321") if pk else None,
    )
    register_kind(
        "t.receipt",
        lambda n: (f"Recibimos {n.context['folio']}", "Hola <b>\nhttps://example.org/x"),
        title="Comprobante",
        short=lambda n: ("Recibimos", "Recibimos su solicitud."),
    )
    register_kind("t.answer", lambda n: ("Respuesta", "Texto"), on_uncertain="ask", title="Respuesta")
    register_kind("t.broken", lambda n: n.context["missing"], title="Roto")
    register_kind("t.evil", lambda n: ("Asunto\r\nBcc: x@y.org", "Texto"), title="Malo")


@pytest.fixture
def body(request):
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")
    return Institution.objects.create(
        slug="no",
        name="Municipalidad, de Ñuñoa",
        short_name="N",
        jurisdiction="CL",
        time_zone="UTC",
        place="CL",
    )
