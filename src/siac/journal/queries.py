# SPDX-License-Identifier: EUPL-1.2
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from siac.journal.models import JournalEntry


def history(institution_id: int, stream: str) -> list[JournalEntry]:
    """Return the entries of one stream, oldest first (1 SQL)."""
    return list(JournalEntry.objects.filter(institution_id=institution_id, stream=stream).order_by("seq"))


_HAPPENINGS = """
SELECT kind, at, actor_id FROM journal_journalentry WHERE institution_id = %s AND stream = %s ORDER BY seq
"""


def readings(institution_id: int, subject: str) -> QuerySet[JournalEntry]:
    """Return the entries that tell who read `subject` (`case:12`, `person:3`), the latest first; found by index."""
    entries = JournalEntry.objects.filter(institution_id=institution_id, kind="access.read")
    alone, among = Q(data__contains={"subject": subject}), Q(data__contains={"subjects": [subject]})
    return entries.filter(alone | among | Q(data__contains={"reason": subject})).order_by("-id")


def readings_of_all(institution_id: int) -> QuerySet[JournalEntry]:
    """Return every entry of a body that tells of a reading, the latest first."""
    return JournalEntry.objects.filter(institution_id=institution_id, kind="access.read").order_by("-id")


class Happening(NamedTuple):
    """What happened to a subject, without what the journal holds of it."""

    kind: str
    at: datetime
    actor_id: int | None


def happenings(institution_id: int, stream: str) -> list[Happening]:
    """Return what happened in one stream, oldest first (1 SQL)."""
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENINGS, [institution_id, stream])
        return [Happening(*row) for row in cursor.fetchall()]


def histories(institution_id: int, streams: list[str]) -> dict[str, list[JournalEntry]]:
    """Return the entries of several streams, oldest first (1 SQL); a stream without entries gives an empty list."""
    found: dict[str, list[JournalEntry]] = {stream: [] for stream in streams}
    entries = JournalEntry.objects.filter(institution_id=institution_id, stream__in=streams)
    for entry in entries.order_by("stream", "seq"):
        found[entry.stream].append(entry)
    return found
