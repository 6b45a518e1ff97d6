# SPDX-License-Identifier: EUPL-1.2
"""A real IMAP server, a real SMTP server, and a mailbox of a body connected to the first."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from imap_tools import MailBoxUnencrypted

from siac.integrations.mailbox.commands.settling import settle_due
from siac.integrations.mailbox.commands.setup import save_mailbox
from siac.integrations.mailbox.fetching import fetch_mailbox
from siac.integrations.mailbox.models import Mailbox
from tests.factories import NOW, House
from tests.mailbox.mails import CHECKING
from tests.notices.conftest import Mailbox as SmtpBox
from tests.notices.conftest import running

PYMAP = Path(sys.executable).with_name("pymap")
USER, PASSWORD = "demouser", "demopass"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class ImapServer:
    """pymap with one empty mailbox, in a process of its own; its mail lives as long as it does."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *words: str) -> "ImapServer":
        tls = words or ("--no-tls",)
        command = [
            str(PYMAP),
            *tls,
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--no-service",
            "managesieve",
            "dict",
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError("pymap did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def box(self) -> MailBoxUnencrypted:
        box = MailBoxUnencrypted("127.0.0.1", self.port, timeout=60)
        box.login(USER, PASSWORD)
        return box

    def deliver(self, *mails: bytes, at: datetime = NOW) -> None:
        with self.box() as box:
            for raw in mails:
                box.append(raw, "INBOX", dt=at)

    def seen(self) -> int:
        with self.box() as box:
            return len(box.uids("SEEN"))


@pytest.fixture(scope="session")
def imap_process() -> Iterator[ImapServer]:
    server = ImapServer().start()
    yield server
    server.stop()


@pytest.fixture
def imap(imap_process: ImapServer) -> ImapServer:
    """The server with an empty mailbox and no other folder."""
    with imap_process.box() as box:
        for folder in box.folder.list():
            if folder.name != "INBOX":
                box.folder.delete(folder.name)
        if uids := box.uids():
            box.delete(uids)
    return imap_process


@pytest.fixture
def smtp(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpBox]:
    box = SmtpBox()
    with running(box) as port:
        monkeypatch.setenv("SIAC_MAIL", "smtp")
        monkeypatch.setenv("SIAC_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield box


@pytest.fixture(autouse=True)
def this_machine_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers of the tests are on this machine, where an administrator's mailbox may not lead
    otherwise.
    """
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1")


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def connect(house: House, port: int, **changes: Any) -> Mailbox:
    """Connect the server's mailbox to a body; its mail becomes complaints for the works unit."""
    fields: dict[str, Any] = {
        "name": "Contacto",
        "address": f"contacto@{house.slug}.example",
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "username": USER,
        "password": PASSWORD,
        "folder": "INBOX",
        "done_folder": "",
        "kind_id": house.kinds["reclamo"].pk,
        "unit_id": house.units["obras"],
        "since": house.today() - timedelta(days=30),
        "is_active": True,
        "checking_server": CHECKING,
    }
    return save_mailbox(institution=house.institution, actor=None, now=NOW, **{**fields, **changes})


@pytest.fixture
def box(house: House, imap: ImapServer) -> Mailbox:
    return connect(house, imap.port)


def take_in(box: Mailbox, now: datetime = NOW) -> int:
    """Do what the job does: fetch, then settle; return how many mails were new."""
    kept = fetch_mailbox(box.pk, lambda: now)
    settle_due(lambda: now)
    return kept
