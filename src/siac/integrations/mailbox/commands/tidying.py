# SPDX-License-Identifier: EUPL-1.2
"""The end of what is kept of a mail. Nothing that waits for a decision is ever erased."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from siac.documents.public import attachments_of, erase_attachments
from siac.integrations.mailbox.models import IncomingMail, MailState

KEEP_USED = timedelta(days=90)
"""The original of a mail that became, or was added to, a request, which holds its text and files."""
KEEP_UNUSED = timedelta(days=180)
"""Unwanted, automatic and left mail: half a year in which it can still become a request."""
_BATCH = 500


def erase_old(now: datetime) -> int:
    """Erase originals, senders and subjects past their retention; the rows stay, so nothing is taken
    twice.
    """
    used = (MailState.FILED, MailState.ADDED)
    unused = (MailState.SPAM, MailState.LOOP, MailState.LEFT)
    return _erase(used, now - KEEP_USED, now) + _erase(unused, now - KEEP_UNUSED, now)


def erase_of_cases(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Erase original, sender and subject of the mails that became, or were added
    to, cases at the end of their retention.
    """
    rows = IncomingMail.objects.filter(institution_id=institution_id, case__in=list(case_ids), erased_at=None)
    ids = list(rows.values_list("pk", flat=True))
    files = attachments_of(institution_id, "mail", ids) if ids else {}
    erase_attachments(institution_id, [file.pk for kept in files.values() for file in kept], now=now)
    rows.update(erased_at=now, sender=b"", subject="", text_token=b"")


def _erase(states: tuple[MailState, ...], before: datetime, now: datetime) -> int:
    erased = 0
    while True:
        with transaction.atomic():
            old = IncomingMail.objects.filter(erased_at=None, settled_at__lt=before, state__in=states)
            rows = list(old.select_for_update(skip_locked=True).order_by("pk")[:_BATCH])
            by_body: dict[int, list[int]] = {}
            for row in rows:
                by_body.setdefault(row.institution_id, []).append(row.pk)
            for institution_id, ids in by_body.items():
                files = [
                    file.pk for kept in attachments_of(institution_id, "mail", ids).values() for file in kept
                ]
                erase_attachments(institution_id, files, now=now)
            IncomingMail.objects.filter(pk__in=[row.pk for row in rows]).update(
                erased_at=now, sender=b"", subject="", text_token=b""
            )
        erased += len(rows)
        if len(rows) < _BATCH:
            return erased
