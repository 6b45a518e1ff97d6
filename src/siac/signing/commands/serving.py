# SPDX-License-Identifier: EUPL-1.2
"""Having a document signed by a service outside: asked by the job, and looked at as one from anywhere."""

import hashlib
import logging
from collections.abc import Generator
from datetime import datetime
from functools import partial
from typing import Any

from siac.documents.public import CheckedFile
from siac.infra.crypto import Unreadable
from siac.infra.longwork import Step, TimeSource, finish
from siac.infra.retrying import Busy
from siac.kernel.errors import Refused
from siac.signing.commands.asking import (
    MOST_BYTES,
    checked,
    keep_signed,
    put_signed,
    tell_signature,
    what_was_signed,
)
from siac.signing.commands.silences import SILENCES
from siac.signing.commands.steps import Cannot, note_away, note_failed, paper_of
from siac.signing.domain.ports import Port
from siac.signing.domain.states import MOST_TRIES, Trouble
from siac.signing.models import Signature, SigningPort
from siac.signing.pdf.signing import signable_pdf
from siac.signing.port_secrets import secrets_of
from siac.signing.ports.firmagob import (
    Account,
    ServiceAway,
    ServiceGarbage,
    ServiceRefused,
    ServiceSilent,
    signed_there,
)

log = logging.getLogger(__name__)
_FIRMAGOB = Port.FIRMAGOB.value


def sign_by_service(row: Signature, clock: TimeSource) -> Generator[Step[Signature], None, None]:
    """Have one document signed by FirmaGob; one that does not answer is asked again."""
    try:
        account = account_of(row.institution_id)
        paper = _signable(row)
        made = _signed_there(row, paper, account, clock)
        signers = checked(row, made, paper, clock())
    except ServiceAway:
        yield partial(note_away, trouble=Trouble.SERVICE_AWAY)
        if row.attempts + 1 < MOST_TRIES:
            raise Busy(f"{row.stream}: no answer of the service that signs") from None
        return
    except (ServiceRefused, ServiceGarbage) as error:
        log.warning("%s: the service that signs gave no signature: %s", row.stream, error)
        is_refused = isinstance(error, ServiceRefused)
        yield partial(note_failed, trouble=Trouble.SERVICE_REFUSED if is_refused else Trouble.PORT_GARBAGE)
        return
    except Cannot as error:
        yield partial(note_failed, trouble=error.trouble)
        return
    except Refused as refused:
        yield partial(note_failed, trouble=refused.code)
        return
    yield partial(_keep, paper=paper, stored=put_signed(row, made, clock()), signers=signers)


def _signed_there(row: Signature, paper: bytes, account: Account, clock: TimeSource) -> bytes:
    if SILENCES.has(account.address, clock()):
        raise ServiceAway("let alone")
    try:
        return signed_there(paper, account, title=row.title, now=clock(), most=MOST_BYTES)
    except ServiceSilent:
        SILENCES.note(account.address, clock())
        raise


def account_of(institution_id: int) -> Account:
    """Return by what a body is known to FirmaGob (1 SQL).

    Raises:
        Cannot: it does not sign that way, or what opens the service cannot be read here.
    """
    port = SigningPort.objects.filter(institution=institution_id, port=_FIRMAGOB, is_active=True).first()
    if port is None:
        raise Cannot(Trouble.PORT_CLOSED)
    try:
        told = secrets_of(port)
    except Unreadable:
        raise Cannot(Trouble.PORT_KEY) from None
    return Account(
        port.address, port.entity, port.run, port.purpose, told.get("token_key", ""), told.get("secret", "")
    )


def _signable(row: Signature) -> bytes:
    try:
        return signable_pdf(paper_of(row))
    except ImportError:
        raise Cannot(Trouble.EXTRA) from None


def _keep(
    row: Signature, now: datetime, *, paper: bytes, stored: CheckedFile, signers: list[dict[str, Any]]
) -> None:
    row.original_size, row.original_sha256 = len(paper), hashlib.sha256(paper).hexdigest()
    row.signers = signers
    keep_signed(row, stored, row.requested_by, now)
    row.attempts += 1
    row.save()
    tell_signature(row, "signed", row.requested_by, now, **what_was_signed(row), way=row.way)
    finish(row, now)
