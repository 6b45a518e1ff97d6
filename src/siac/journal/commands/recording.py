# SPDX-License-Identifier: EUPL-1.2
"""Writing entries, in the transaction of the change they tell of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from siac.infra.readers import at_home
from siac.infra.ready import Part, ReadyInsert, send
from siac.journal.domain.chain import GENESIS, Sealable, clean_data, entry_hash
from siac.journal.events import require_declared
from siac.journal.models import JournalEntry
from siac.journal.signing import entry_mac

MOST_LOCKED = 500
"""Chains locked at once; whoever writes to more holds the rows of all their subjects
instead, of which a server keeps count by row.
"""
PERSON = "person"
"""By what something was read that somebody read themselves."""
_LOCKED = """
SELECT pg_advisory_xact_lock(place) FROM (
  SELECT DISTINCT hashtextextended(stream, %s) AS place FROM unnest(%s::text[]) AS s(stream) ORDER BY 1
    OFFSET 0) AS places;
"""
_HEADS = """
SELECT s.stream, h.seq, h.hash FROM unnest(%s::text[]) AS s(stream) CROSS JOIN LATERAL (
  SELECT seq, hash FROM journal_journalentry e WHERE e.institution_id = %s AND e.stream = s.stream
  ORDER BY seq DESC LIMIT 1) AS h
"""
_ENTRIES = ReadyInsert(JournalEntry)


@dataclass(frozen=True)
class NewEntry:
    """What to add to one stream; `data` as `clean_data` takes it."""

    stream: str
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    actor_id: int | None = None


def record(
    institution_id: int,
    stream: str,
    kind: str,
    at: datetime,
    actor_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    new_stream: bool = False,
) -> None:
    """Add one entry to `stream`: 2 SQL, or 1 when the caller knows that the stream is new.

    The chain is locked until the transaction ends, so it has one writer at a time whoever else holds what;
    the caller takes its other locks before (see `cases.locking`).

    Raises:
        ValueError: nobody declared the kind (`events.declare_events`), `data` holds something that does not
            belong in the journal, or `at` is naive.
    """
    record_many(institution_id, [NewEntry(stream, kind, data or {}, actor_id)], at, new_streams=new_stream)


def record_many(
    institution_id: int, entries: Sequence[NewEntry], at: datetime, new_streams: bool = False
) -> None:
    """Add any number of entries in 2 SQL (1 when every stream is new); several may belong to one stream.

    Raises:
        ValueError: as `record`.
        RuntimeError: called outside a transaction.
    """
    if not entries:
        return
    _check_moment(at)
    heads = {} if new_streams else _heads(institution_id, {entry.stream for entry in entries})
    send([_ENTRIES([_link(institution_id, entry, at, heads) for entry in entries])])


def beginning(institution_id: int, entries: Sequence[NewEntry], at: datetime) -> Part:
    """Return the part of a statement that adds entries, at least one, to chains that begin with them.

    Raises:
        ValueError: as `record`.
        RuntimeError: called outside a transaction.
    """
    _check_moment(at)
    heads: dict[str, tuple[int, bytes]] = {}
    return _ENTRIES([_link(institution_id, entry, at, heads) for entry in entries])


def _check_moment(at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError("The time of a journal entry must be aware.")
    if not connection.in_atomic_block:
        raise RuntimeError("Journal entries are written in the transaction of the change they tell of.")


@at_home()
@transaction.atomic
def record_access(
    institution_id: int,
    user_id: int,
    subject: str | Sequence[str],
    at: datetime,
    reason: str = "",
    *,
    by: str = "",
    asked: Mapping[str, Any] | None = None,
) -> None:
    """Note that a user read restricted material (2 SQL); one chain per user,
    who may read in two windows at once. What was read from a replica is noted where everything is.

    `by`: what read it in their name (`token:12`, a program), so that it is no reading of theirs; empty: they
    did, and the entry says so (`PERSON`), for those from before programs were told apart say nothing.
    `asked`: of a list, by what it was narrowed and how many it told.
    """
    data: dict[str, Any] = {"subject": subject} if isinstance(subject, str) else {"subjects": list(subject)}
    if reason:
        data["reason"] = reason
    data["by"] = by or PERSON
    if asked:
        data["asked"] = dict(asked)
    record(institution_id, f"access:{user_id}", "access.read", at, user_id, data)


def _heads(institution_id: int, streams: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """Lock the chains, in one order, and return where each ends (1 SQL)."""
    with connection.cursor() as cursor:
        names = sorted(streams)
        if len(names) <= MOST_LOCKED:
            cursor.execute(_LOCKED + _HEADS, [institution_id, names, names, institution_id])
            # Past the locks: a statement of its own, so that the heads are read after the wait.
            cursor.nextset()
        else:
            cursor.execute(_HEADS, [names, institution_id])
        return {stream: (seq, bytes(digest)) for stream, seq, digest in cursor.fetchall()}


def _link(
    institution_id: int, entry: NewEntry, at: datetime, heads: dict[str, tuple[int, bytes]]
) -> JournalEntry:
    """Return the row of `entry` and move the head of its stream."""
    require_declared(entry.kind)
    seq, previous = heads.get(entry.stream, (0, GENESIS))
    data = clean_data(dict(entry.data))
    sealable = Sealable(institution_id, entry.stream, seq + 1, entry.kind, entry.actor_id, at, data)
    digest = entry_hash(sealable, previous)
    heads[entry.stream] = (seq + 1, digest)
    return JournalEntry(
        institution_id=institution_id,
        stream=entry.stream,
        seq=seq + 1,
        kind=entry.kind,
        actor_id=entry.actor_id,
        at=at,
        data=data,
        prev_hash=previous,
        hash=digest,
        mac=entry_mac(digest),
    )
