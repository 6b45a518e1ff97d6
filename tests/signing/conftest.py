# SPDX-License-Identifier: EUPL-1.2
"""A body with a certificate and an answered case, and what looks at signed files from outside."""

import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case, CaseMessage
from siac.documents.public import attachment, open_file
from siac.infra.longwork import run_long
from siac.infra.retrying import Busy
from siac.signing.commands.certificates import add_certificate
from siac.signing.commands.going_on import LINE
from siac.signing.commands.making import note_fault, sign
from siac.signing.commands.silences import SILENCES
from siac.signing.models import Signature
from tests.factories import NOW, House, answer, file
from tests.signing.credentials import PASSWORD, Issued, issued

LATER = NOW + timedelta(minutes=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip where what judges signatures from outside is not installed."""
    missing = [name for name in ("pdfsig", "openssl") if shutil.which(name) is None]
    for item in items if missing else []:
        if "tests/signing/" in str(item.path) and "/rules/" not in str(item.path):
            item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(missing)}"))


@dataclass
class Signing:
    """A house whose answers are signed."""

    house: House
    case: Case
    message: int

    def url(self, act: str = "", subject: int | None = None) -> str:
        return f"/{self.house.slug}/gestion/firmas/respuesta/{subject or self.message}/{act}"

    def client(self, role: Role = Role.AUTHORITY) -> Any:
        return self.house.client(role)

    def row(self) -> Signature:
        return Signature.objects.order_by("-pk")[0]

    def run(self, row: Signature | None = None, *, now: datetime = LATER) -> Signature:
        """Do the job of a signature once; one that is to be tried again stays as it is."""
        found = row or self.row()
        with suppress(Busy):
            run_long(LINE, found.pk, sign, clock=lambda: now, failed=note_fault)
        found.refresh_from_db()
        return found

    def content(self, row: Signature | None = None) -> bytes:
        """The signed file."""
        found = row or self.row()
        with open_file(attachment(found.institution_id, found.signed_id or 0)) as stored:
            return bytes(stored.read())


def certify(house: House, one: Issued | None = None, *, now: datetime = NOW) -> Any:
    """Give a body its certificate."""
    return add_certificate(
        institution=house.institution, content=(one or issued()).p12, password=PASSWORD, actor=None, now=now
    )


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"


@pytest.fixture(autouse=True)
def _no_authority_is_let_alone() -> None:
    SILENCES.forget()


@pytest.fixture
def signing(house: House) -> Signing:
    return signing_of(house)


def signing_of(house: House) -> Signing:
    """A body with an answer to sign."""
    case = file(house, now=NOW - timedelta(days=3), unit_id=house.units["obras"])
    answer(house, case, now=NOW)
    return Signing(house, case, CaseMessage.objects.get(case=case, kind="answer").pk)


@pytest.fixture
def judged(tmp_path) -> Callable[[bytes], str]:
    """What `pdfsig` says of a file."""

    def judge(content: bytes) -> str:
        path = tmp_path / "documento.pdf"
        path.write_bytes(content)
        command = ["pdfsig", "-nocert", str(path)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    return judge
