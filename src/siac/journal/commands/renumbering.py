# SPDX-License-Identifier: EUPL-1.2
"""A database that was restored lies on a server that counts its transactions anew.

What is sealed and read is judged by transaction numbers. Entries that bear higher ones than the new server
gives out would wait without a seal until it had counted as far; new entries would look as if they had come by
a side door, and consumers would take them for read.
"""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from siac.journal.commands.sealing import bodies_with_entries, make_checkpoint
from siac.journal.domain.finished import FIRST, Finished
from siac.journal.models import Consumer, JournalEntry
from siac.journal.roots import note_roots

_HIGHEST = """
SELECT greatest((SELECT max(xid) FROM journal_journalentry),
  (SELECT max(split_part(bound, ':', 2)::bigint) - 1 FROM journal_consumer, unnest(ARRAY[seen, reading]) AS
  bound
    WHERE bound <> ''),
  (SELECT max(upto_xid) - 1 FROM journal_checkpoint), 0),
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""
_SHIFT = """
ALTER TABLE journal_journalentry DISABLE TRIGGER journal_journalentry_rows;
UPDATE journal_journalentry SET xid = xid - {shift};
ALTER TABLE journal_journalentry ENABLE ALWAYS TRIGGER journal_journalentry_rows;
"""


def renumber_transactions() -> int:
    """Move the transaction numbers of the journal below those that this server gives out, in their
    order, and seal what was not sealed yet.

    Part of `siac setup`, as the role that owns the tables. Does nothing (1 SQL) where the server
    is the one that wrote them; the numbers are no part of what chains and seals prove. Return
    how many entries there are when it had to.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HIGHEST)
        highest, following = cursor.fetchone()
        if highest < following:
            return 0
        with transaction.atomic():
            cursor.execute(_SHIFT.format(shift=int(highest)))
            _move_consumers(int(highest))
    seal_anew(timezone.now())
    return JournalEntry.objects.count()


def _move_consumers(shift: int) -> None:
    for row in Consumer.objects.all():
        row.xid = max(row.xid - shift, FIRST)
        row.seen, row.reading = (
            str(Finished.read(text).moved(shift)) if text else "" for text in (row.seen, row.reading)
        )
        row.save(update_fields=["xid", "seen", "reading"])


def seal_anew(now: datetime) -> None:
    """Seal the journal of every body over all its entries, and write the roots down."""
    for body in bodies_with_entries():
        make_checkpoint(body, now, anew=True)
        note_roots(body)
