# SPDX-License-Identifier: EUPL-1.2
"""What the job does: make the document, sign it, keep it. Nothing is held meanwhile; two who sign at once end
with one signature, and a worker that dies leaves none half done.
"""

import hashlib
import logging
from collections.abc import Generator
from datetime import datetime
from functools import partial

from siac.documents.public import CheckedFile
from siac.infra.crypto import Unreadable
from siac.infra.longwork import Step, TimeSource, declare_long_job, finish
from siac.infra.retrying import Busy
from siac.signing import secrets
from siac.signing.commands.asking import keep_signed, put_signed, tell_signature, what_was_signed
from siac.signing.commands.going_on import LINE
from siac.signing.commands.serving import sign_by_service
from siac.signing.commands.silences import SILENCES
from siac.signing.commands.steps import Cannot, note_away, note_failed, paper_of
from siac.signing.domain.states import MOST_TRIES, SignState, Trouble
from siac.signing.models import Signature, SigningCertificate
from siac.signing.pdf.signing import Key, TooLarge, signed_pdf
from siac.signing.pdf.stamping import StampAway, StampRefused
from siac.signing.queries import certificate_in_force, stamps_for, trouble_with

log = logging.getLogger(__name__)


def sign(row: Signature, clock: TimeSource) -> Generator[Step[Signature], None, None]:
    """Sign one document with the certificate of its body, or by the service outside that was asked for."""
    if row.not_before is not None and clock() < row.not_before:
        raise Busy(f"{row.stream} waits until its document stands")
    if row.way:
        yield from sign_by_service(row, clock)
        return
    certificate = certificate_in_force(row.institution_id)
    trouble = trouble_with(certificate, clock())
    if certificate is None or trouble is not None:
        yield partial(_hold, trouble=trouble or Trouble.NO_CERTIFICATE)
        return
    try:
        key = secrets.key_of(certificate)
    except Unreadable:
        yield partial(_hold, trouble=Trouble.KEY)
        return
    try:
        paper, stamps = paper_of(row), stamps_for(row.institution)
        made = _signed(row, paper, key, stamps, clock)
    except StampAway:
        yield partial(note_away, trouble=Trouble.STAMP_AWAY)
        if row.attempts + 1 < MOST_TRIES:
            raise Busy(f"{row.stream}: no answer of the authority of time stamps") from None
        return
    except Cannot as error:
        yield partial(note_failed, trouble=error.trouble)
        return
    stored = put_signed(row, made, clock())
    yield partial(_keep, paper=paper, stored=stored, certificate=certificate, is_stamped=bool(stamps))


def _signed(row: Signature, paper: bytes, key: Key, stamps: str, clock: TimeSource) -> bytes:
    body = row.institution
    if SILENCES.has(stamps, clock()):
        raise StampAway("let alone")
    try:
        return signed_pdf(paper, key, reason=f"{row.title}, {body.name}", stamps=stamps)
    except ImportError:
        raise Cannot(Trouble.EXTRA) from None
    except TooLarge:
        raise Cannot(Trouble.ROOM) from None
    except StampAway:
        SILENCES.note(stamps, clock())
        raise
    except StampRefused as error:
        log.warning("%s: the authority of time stamps gave none: %s", row.stream, error)
        raise Cannot(Trouble.STAMP_REFUSED) from None


def _hold(row: Signature, now: datetime, *, trouble: Trouble) -> None:
    row.state, row.trouble, row.leased_until = SignState.HELD, trouble, None
    row.save(update_fields=["state", "trouble", "leased_until"])


def _keep(
    row: Signature,
    now: datetime,
    *,
    paper: bytes,
    stored: CheckedFile,
    certificate: SigningCertificate,
    is_stamped: bool,
) -> None:
    if not SigningCertificate.objects.filter(pk=certificate.pk, ended_at=None).exists():
        # Withdrawn while the authority of time stamps was asked: that file is thrown away.
        _hold(row, now, trouble=Trouble.NO_CERTIFICATE)
        return
    row.original_size, row.original_sha256 = len(paper), hashlib.sha256(paper).hexdigest()
    row.certificate = certificate
    row.signers = [
        {
            "name": certificate.subject, "issuer": certificate.issuer, "serial": certificate.serial,
            "until": certificate.until.isoformat(), "at": now.isoformat(),
            "stamped": is_stamped,
        }
    ]  # fmt: skip
    keep_signed(row, stored, row.requested_by, now)
    row.attempts += 1
    row.save()
    tell_signature(row, "signed", row.requested_by, now, **what_was_signed(row))
    finish(row, now)


def note_fault(row: Signature, error: Exception, now: datetime) -> None:
    row.attempts, row.trouble = row.attempts + 1, Trouble.OTHER
    row.save(update_fields=["attempts", "trouble"])


SIGN_JOB = declare_long_job(LINE, sign, failed=note_fault)
