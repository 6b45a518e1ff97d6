# SPDX-License-Identifier: EUPL-1.2
"""The end of the files that came and went. Nothing that waits for a decision is ever erased."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from siac.documents.public import attachments_of, erase_attachments
from siac.integrations.sicres.commands.bringing import SUBJECT as ENTRY
from siac.integrations.sicres.commands.sending import SUBJECT as DISPATCH
from siac.integrations.sicres.models import Dispatch, EntryState, RegistryEntry

KEEP = timedelta(days=180)
"""Of what was rejected or could not be read: half a year to hand back the answer."""
_BATCH = 200


def erase_old(now: datetime) -> int:
    """Erase the files of entries that became nothing, half a year after they came; return how many. 5 SQL for
    two hundred.
    """
    erased = 0
    while True:
        with transaction.atomic():
            states = (EntryState.REJECTED, EntryState.REFUSED)
            old = RegistryEntry.objects.filter(erased_at=None, brought_at__lt=now - KEEP, state__in=states)
            rows = list(old.select_for_update(skip_locked=True).order_by("pk")[:_BATCH])
            by_body: dict[int, list[int]] = {}
            for row in rows:
                by_body.setdefault(row.institution_id, []).append(row.pk)
            for institution_id, ids in by_body.items():
                _erase(institution_id, ENTRY, ids, now)
            RegistryEntry.objects.filter(pk__in=[row.pk for row in rows]).update(erased_at=now)
        erased += len(rows)
        if len(rows) < _BATCH:
            return erased


def erase_of_cases(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Erase the files of what cases came from, and of what was sent of them, at the end of their retention
    (up to 7 SQL).
    """
    ids = list(case_ids)
    entries = RegistryEntry.objects.filter(institution_id=institution_id, case__in=ids, erased_at=None)
    _erase(institution_id, ENTRY, list(entries.values_list("pk", flat=True)), now)
    entries.update(erased_at=now)
    sent = Dispatch.objects.filter(institution_id=institution_id, case__in=ids)
    _erase(institution_id, DISPATCH, list(sent.values_list("pk", flat=True)), now)
    sent.update(told="")


def _erase(institution_id: int, subject: str, ids: Sequence[int], now: datetime) -> None:
    files = attachments_of(institution_id, subject, ids) if ids else {}
    living = [file.pk for kept in files.values() for file in kept if file.erased_at is None]
    erase_attachments(institution_id, living, now=now)
