# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from siac.infra import ready
from siac.journal.models import JournalEntry

SEAL_LATE = 15  # minutes; it is done every five
_OLDEST_UNSEALED = """
SELECT i.slug, c.number, c.at, e.at FROM organizations_institution i
LEFT JOIN LATERAL (SELECT number, at, upto_xid FROM journal_checkpoint c WHERE c.institution_id = i.id
  ORDER BY number DESC LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT at FROM journal_journalentry e WHERE e.institution_id = i.id
  AND e.xid >= coalesce(c.upto_xid, -2^62::bigint)
  ORDER BY e.xid, e.id LIMIT 1) e ON true
WHERE c.at IS NOT NULL OR e.at IS NOT NULL ORDER BY i.slug
"""


def seals(now: datetime) -> list[tuple[str, int, datetime | None, int]]:
    """Return (body, number and moment of its last seal, minutes that something
    waits for one) of each body (1 SQL).
    """
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_UNSEALED)
        rows = cursor.fetchall()
    return [
        (slug, number or 0, at, int((now - max(since, at or since)).total_seconds() // 60) if since else 0)
        for slug, number, at, since in rows
    ]


def seal_trouble(now: datetime) -> str | None:
    """Complain when something of a body waits for its seal for more than a quarter of an hour.

    SQL as `seals`.
    """
    late = [
        f"{slug}: {minutes} min without a seal" for slug, _, _, minutes in seals(now) if minutes > SEAL_LATE
    ]
    return "; ".join(late) or None


def seal_detail(now: datetime) -> list[str]:
    """Return the last seal of each body. SQL as `seals`."""
    return [
        f"{slug}: seal {number}, {at:%Y-%m-%d %H:%M}Z" if at else f"{slug}: no seal yet"
        for slug, number, at, _ in seals(now)
    ]


def history(institution_id: int, stream: str) -> list[JournalEntry]:
    """Return the entries of one stream, oldest first (1 SQL)."""
    return list(JournalEntry.objects.filter(institution_id=institution_id, stream=stream).order_by("seq"))


_HAPPENINGS = """
SELECT kind, at, actor_id FROM journal_journalentry
WHERE institution_id = %s::bigint AND stream = %s ORDER BY seq
"""


def readings(institution_id: int, subject: str) -> QuerySet[JournalEntry]:
    """Return the entries that tell who read `subject` (`case:12`, `person:3`),
    the latest first; found by index.

    Lazy: no SQL until it is read.
    """
    entries = JournalEntry.objects.filter(institution_id=institution_id, kind="access.read")
    alone, among = Q(data__contains={"subject": subject}), Q(data__contains={"subjects": [subject]})
    return entries.filter(alone | among | Q(data__contains={"reason": subject})).order_by("-id")


def read_by(institution_id: int, user_id: int, subjects: Collection[str]) -> dict[str, datetime]:
    """Return when one user last read each of `subjects` (`case:12`), of those they read (1 SQL). What a
    program read in their name they did not.
    """
    wanted, found = set(subjects), {}
    rows = JournalEntry.objects.filter(
        institution_id=institution_id, stream=f"access:{user_id}", kind="access.read"
    ).order_by("seq")
    for at, data in rows.values_list("at", "data"):
        if str(data.get("by", "")).startswith("token:"):
            continue
        for subject in wanted & {data.get("subject"), data.get("reason"), *data.get("subjects", [])}:
            found[subject] = at
    return found


def readings_of_all(institution_id: int) -> QuerySet[JournalEntry]:
    """Return every entry of a body that tells of a reading, the latest first.

    Lazy: no SQL until it is read.
    """
    return JournalEntry.objects.filter(institution_id=institution_id, kind="access.read").order_by("-id")


class Happening(NamedTuple):
    """What happened to a subject, without what the journal holds of it."""

    kind: str
    at: datetime
    actor_id: int | None


def happenings(institution_id: int, stream: str) -> list[Happening]:
    """Return what happened in one stream, oldest first (1 SQL)."""
    return [Happening(*row) for row in ready.rows(_HAPPENINGS, [institution_id, stream])]


def histories(institution_id: int, streams: list[str]) -> dict[str, list[JournalEntry]]:
    """Return the entries of several streams, oldest first (1 SQL); a stream
    without entries gives an empty list.
    """
    found: dict[str, list[JournalEntry]] = {stream: [] for stream in streams}
    entries = JournalEntry.objects.filter(institution_id=institution_id, stream__in=streams)
    for entry in entries.order_by("stream", "seq"):
        found[entry.stream].append(entry)
    return found


def moments_of(
    institution_id: int, streams: Collection[str], kinds: Collection[str]
) -> dict[str, dict[str, list[datetime]]]:
    """Return, by stream and kind of entry, when entries of these kinds were recorded, in their order (1
    SQL)."""
    found: dict[str, dict[str, list[datetime]]] = {}
    entries = JournalEntry.objects.filter(institution_id=institution_id, stream__in=streams, kind__in=kinds)
    for stream, kind, at in entries.order_by("stream", "seq").values_list("stream", "kind", "at"):
        found.setdefault(stream, {}).setdefault(kind, []).append(at)
    return found


def recorded(institution_id: int, kinds: Collection[str]) -> Iterator[JournalEntry]:
    """Yield the entries of some kinds of a body, chain by chain, oldest first (1 SQL, read in pieces)."""
    entries = JournalEntry.objects.filter(institution_id=institution_id, kind__in=kinds)
    yield from entries.order_by("stream", "seq").iterator()
