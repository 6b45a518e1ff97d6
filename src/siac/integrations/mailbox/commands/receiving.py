# SPDX-License-Identifier: EUPL-1.2
"""Keeping what a mail server holds: the row and the original first, everything else afterwards."""

import hashlib
import io
import logging
from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import DataError, IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from siac.documents.public import CheckedFile, ScanState, Visibility, attach
from siac.integrations.mailbox.domain.guard import MAILS_PER_HOUR
from siac.integrations.mailbox.domain.reading import Envelope, bare_envelope
from siac.integrations.mailbox.domain.writing import effective_sender
from siac.integrations.mailbox.models import IncomingMail, Mailbox
from siac.integrations.mailbox.opening import open_envelope
from siac.integrations.mailbox.queries import sent_within_the_hour
from siac.integrations.mailbox.secrets import bound_mail, sealed, token_of
from siac.integrations.mailbox.server import Listed

logger = logging.getLogger(__name__)

SUBJECT = "mail"
"""What the stored original belongs to, in `documents`."""
_LONGEST_PAUSE = timedelta(minutes=30)


def keep_mail(
    *, mailbox: Mailbox, listed: Listed, uid_validity: int, raw: bytes, is_cut: bool, now: datetime
) -> IncomingMail | None:
    """Keep a fetched mail with its original, and note how far the mailbox was
    read; None where it is kept already.

    The server is told only after this has been committed. Until then the mail stays there, and is
    fetched again. A mail whose head cannot be read, or not be kept, is kept under the digest of
    its bytes: none holds up those behind it.
    """
    found = open_envelope(raw)
    try:
        return _keep(mailbox, listed, uid_validity, raw, found, is_cut=is_cut, now=now)
    except (DataError, ValueError):
        logger.exception("The envelope of mail %s of mailbox %s cannot be kept", listed.uid, mailbox.pk)
        bare = bare_envelope(raw)
        return _keep(mailbox, listed, uid_validity, raw, bare, is_cut=is_cut, now=now)


@transaction.atomic
def _keep(
    mailbox: Mailbox,
    listed: Listed,
    uid_validity: int,
    raw: bytes,
    found: Envelope,
    *,
    is_cut: bool,
    now: datetime,
) -> IncomingMail | None:
    row = _inserted(mailbox, listed, found, raw, is_cut=is_cut, now=now)
    if row is not None:
        if sent_within_the_hour(row) > MAILS_PER_HOUR:
            row.is_late = True
            row.save(update_fields=["is_late"])
        attach(
            mailbox.institution_id,
            SUBJECT,
            row.pk,
            [_original(raw)],
            actor_id=None,
            now=now,
            visibility=Visibility.INTERNAL,
        )
    note_read(mailbox=mailbox, uid=listed.uid, uid_validity=uid_validity)
    return row


def note_read(*, mailbox: Mailbox, uid: int, uid_validity: int) -> None:
    """Note that the folder was read up to `uid` (1 SQL); never back, while its numbering is the same."""
    same = Mailbox.objects.filter(pk=mailbox.pk, uid_validity=uid_validity)
    if not same.update(last_uid=Greatest(F("last_uid"), uid)):
        Mailbox.objects.filter(pk=mailbox.pk).update(last_uid=uid, uid_validity=uid_validity)


def _inserted(
    mailbox: Mailbox, listed: Listed, found: Envelope, raw: bytes, *, is_cut: bool, now: datetime
) -> IncomingMail | None:
    sender = effective_sender(found.sender, found.answer_address, mailbox.relaying)
    for key in _keys(found):
        row = IncomingMail(
            institution_id=mailbox.institution_id,
            mailbox=mailbox,
            message_key=key,
            message_id=found.message_id,
            content_digest=found.digest,
            sha256=hashlib.sha256(raw).hexdigest(),
            sender=sealed(sender, bound_mail(mailbox.institution_id, key)) if sender else b"",
            sender_token=token_of(mailbox.institution_id, sender),
            subject=found.subject,
            received_at=min(listed.received_at, now),
            fetched_at=now,
            size=listed.size,
            is_cut=is_cut,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                return row
        except IntegrityError:
            same = IncomingMail.objects.filter(mailbox=mailbox, message_key=key)
            if same.filter(content_digest=found.digest).exists():
                return None
    return None


def _keys(found: Envelope) -> list[str]:
    """Return what the mail may go by: its id, and with its content where a
    program gives the same id to several.
    """
    if not found.message_id:
        return [f"digest:{found.digest}"]
    return [found.message_id, f"{found.message_id[:220]}#{found.digest}"]


def _original(raw: bytes) -> CheckedFile:
    """Return the mail as a file: it is what came, so it is kept unjudged, asked
    for only by staff, as a download.
    """
    return CheckedFile(
        name="correo.eml",
        media_type="message/rfc822",
        size=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        scan_state=ScanState.PENDING,
        file=File(io.BytesIO(raw), name="correo.eml"),
    )


def note_success(*, mailbox_id: int, now: datetime) -> None:
    """Note that the mailbox was read to its end."""
    Mailbox.objects.filter(pk=mailbox_id).update(
        last_success_at=now, last_error="", failures=0, next_fetch_at=now
    )


def note_trouble(*, mailbox_id: int, trouble: str, now: datetime) -> None:
    """Note what went wrong and when to try again: after 1, 2, 4 … minutes, half an hour at most.

    The pause spares a server that is down and a user that a server locks after wrong passwords.
    """
    box = Mailbox.objects.get(pk=mailbox_id)
    wait = min(timedelta(minutes=1 << min(box.failures, 6)), _LONGEST_PAUSE)
    Mailbox.objects.filter(pk=mailbox_id).update(
        last_error=trouble, last_error_at=now, failures=F("failures") + 1, next_fetch_at=now + wait
    )


def note_probe(*, mailbox_id: int, trouble: str, messages: int | None, now: datetime) -> None:
    """Note what a test of the connection found (1 SQL)."""
    Mailbox.objects.filter(pk=mailbox_id).update(
        probed_at=now, probe_trouble=trouble, probe_messages=messages
    )
