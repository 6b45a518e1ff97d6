# SPDX-License-Identifier: EUPL-1.2
"""Recomputing the whole journal: chains, places, tails, checkpoints, and what other contexts add."""

import hmac
import json
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from siac.infra import crypto
from siac.journal.commands.sealing import PURPOSE
from siac.journal.domain.chain import GENESIS, MerkleRoot, Sealable, checkpoint_message, entry_hash
from siac.journal.guards import guard_problems
from siac.journal.models import Checkpoint, JournalEntry
from siac.journal.signing import mac_fault
from siac.journal.texts import PROBLEMS

_CHUNK = 2_000
_HEAD = re.compile(r"([^#\s]{1,80})#(\d{1,9})=([0-9a-fA-F]{64})")
_MOST_PROBLEMS = 50
_ENTRIES = """
SELECT stream, seq, kind, actor_id, at, data, prev_hash, hash, mac FROM journal_journalentry
WHERE institution_id = %s ORDER BY stream, seq
"""
_LOST_HEADS = """
SELECT c.number, h.stream, h.seq, e.id IS NULL FROM journal_sealedhead h
JOIN journal_checkpoint c ON c.id = h.checkpoint_id
LEFT JOIN journal_journalentry e ON e.institution_id = h.institution_id AND e.stream = h.stream
  AND e.seq = h.seq
WHERE h.institution_id = %s AND (e.id IS NULL OR e.hash <> h.hash)
ORDER BY c.number, h.stream LIMIT %s
"""
_LEAVES = """
SELECT stream, seq, hash FROM journal_sealedhead WHERE checkpoint_id = %s ORDER BY stream COLLATE "C"
"""

_BEHIND = """
WITH sealed AS (SELECT stream, max(seq) AS seq FROM journal_sealedhead WHERE institution_id = %s
  GROUP BY stream)
SELECT e.stream, e.seq FROM journal_journalentry e LEFT JOIN sealed s USING (stream)
WHERE e.institution_id = %s AND e.xid < %s AND e.seq > coalesce(s.seq, 0) ORDER BY e.id LIMIT %s
"""
_UNSEALED = """
WITH sealed AS (SELECT stream, max(seq) AS seq FROM journal_sealedhead WHERE institution_id = %s
  GROUP BY stream)
SELECT count(*) FROM journal_journalentry e LEFT JOIN sealed s USING (stream)
WHERE e.institution_id = %s AND e.seq > coalesce(s.seq, 0)
"""

ExtraCheck = Callable[[int], Iterable[str]]
_EXTRA: dict[str, ExtraCheck] = {}


def register_verification(name: str, check: ExtraCheck) -> None:
    """Add a check to `siac verify`: it takes an institution id and yields problems as Spanish sentences.

    Raises ValueError where another check has that name: it would take the other's place, and what that
    one looks for would never be found again.
    """
    if _EXTRA.setdefault(name, check) is not check:
        raise ValueError(f"there is a check {name!r} already")


def forget_verification(name: str) -> None:
    """Take an added check off the list."""
    _EXTRA.pop(name, None)


@dataclass(frozen=True, slots=True)
class Head:
    """An entry that somebody noted outside: its place, and its hash in hexadecimal."""

    stream: str
    seq: int
    hash: str


def parse_head(text: str) -> Head | None:
    """Return the entry written `case:12#14=9f…`, as a case file prints it; None where it is not
    written so.
    """
    found = _HEAD.fullmatch(text.strip())
    return Head(found[1], int(found[2]), found[3].lower()) if found else None


@dataclass
class Report:
    """What `verify_institution` found. `problems` are Spanish sentences, the first broken entry first."""

    institution_id: int
    entries: int = 0
    streams: int = 0
    checkpoints: int = 0
    unsealed: int = 0
    seconds: float = 0.0
    last_root: str = ""
    sealed_at: datetime | None = None
    """Moment of the last checkpoint: what whoever owns the tables took away since then cannot be missed."""
    problems: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> int:
        """Entries recomputed per second of wall time."""
        return round(self.entries / self.seconds) if self.seconds else 0

    def add(self, code: str, **values: Any) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(PROBLEMS[code].format(**values))


@transaction.atomic
def verify_institution(
    institution_id: int,
    expected_root: str = "",
    expected_heads: Sequence[Head] = (),
    *,
    without: Collection[str] = (),
) -> Report:
    """Recompute everything of one body, in memory that does not grow with the number of entries.

    `expected_root`: hexadecimal root noted elsewhere earlier; it must still be among the
    checkpoints. `expected_heads`: entries noted elsewhere, as a case file prints its last
    one; each must still stand where it stood. `without`: names of added checks that the caller
    makes otherwise.
    """
    report = Report(institution_id)
    started = time.perf_counter()
    _check_chains(report)
    _check_checkpoints(report, expected_root)
    _check_heads(report)
    _check_noted(report, expected_heads)
    for code, name in guard_problems():
        report.add(code, name=name)
    for check in (each for name, each in _EXTRA.items() if name not in without):
        for problem in check(institution_id):
            report.add("extra", problem=problem)
    report.seconds = time.perf_counter() - started
    return report


def _check_chains(report: Report) -> None:
    stream, seq, previous, broken = None, 0, GENESIS, False
    for row in _rows(_ENTRIES, [report.institution_id]):
        report.entries += 1
        if row[0] != stream:
            stream, seq, previous, broken = row[0], 0, GENESIS, False
            report.streams += 1
        if not broken:
            fault = _fault(report.institution_id, row, seq, previous)
            if fault:
                report.add(fault, stream=row[0], seq=row[1], kind=row[2], expected=seq + 1)
                broken = True
        seq, previous = row[1], bytes(row[7])


def _fault(institution_id: int, row: tuple[Any, ...], seq: int, previous: bytes) -> str:
    """Return the code of what is wrong with an entry that follows (`seq`, `previous`), or an empty text."""
    stream, number, kind, actor_id, at, raw, prev_hash, digest, mac = row
    if number != seq + 1:
        return "gap"
    if bytes(prev_hash) != previous:
        return "link"
    if entry_hash(
        Sealable(institution_id, stream, number, kind, actor_id, at, json.loads(raw)), previous
    ) != bytes(digest):
        return "altered"
    return mac_fault(bytes(digest), bytes(mac))


def _check_checkpoints(report: Report, expected_root: str) -> None:
    previous, upto, number, expected_seen = GENESIS, 0, 0, not expected_root
    for checkpoint in Checkpoint.objects.filter(institution_id=report.institution_id).order_by("number"):
        number += 1
        report.checkpoints += 1
        fault = _checkpoint_fault(checkpoint, number, previous)
        if fault:
            report.add(fault, number=checkpoint.number, key=checkpoint.key_id)
        number, previous, upto = checkpoint.number, bytes(checkpoint.root), checkpoint.upto_xid
        report.sealed_at = checkpoint.at
        expected_seen = expected_seen or previous.hex() == expected_root.lower()
    if not expected_seen:
        report.add("root_unknown", root=expected_root)
    report.last_root = previous.hex() if report.checkpoints else ""
    body = report.institution_id
    with connection.cursor() as cursor:
        # A checkpoint sees all of the transactions below its mark: what bears such a
        # number and is not in it came by a side door.
        cursor.execute(_BEHIND, [body, body, upto, _MOST_PROBLEMS])
        for stream, seq in cursor.fetchall():
            report.add("behind", stream=stream, seq=seq)
        cursor.execute(_UNSEALED, [body, body])
        report.unsealed = cursor.fetchone()[0]


def _checkpoint_fault(checkpoint: Checkpoint, number: int, previous: bytes) -> str:
    if checkpoint.number != number or bytes(checkpoint.previous_root) != previous:
        return "checkpoint_missing"
    keys = crypto.journal_keys()
    try:
        key = keys.by_id(bytes.fromhex(checkpoint.key_id))
    except (crypto.Unreadable, ValueError):
        return "checkpoint_key"
    root = bytes(checkpoint.root)
    message = checkpoint_message(
        checkpoint.institution_id,
        number,
        checkpoint.at,
        checkpoint.upto_xid,
        root,
        previous,
        checkpoint.head_count,
    )
    if not hmac.compare_digest(crypto.mac(key, PURPOSE, message), bytes(checkpoint.signature)):
        return "checkpoint_signature"
    tree = MerkleRoot()
    for stream, seq, digest in _rows(_LEAVES, [checkpoint.pk]):
        tree.add(stream, seq, bytes(digest))
    return "" if (tree.root(), tree.count) == (root, checkpoint.head_count) else "checkpoint_heads"


def _check_heads(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOST_HEADS, [report.institution_id, _MOST_PROBLEMS])
        for number, stream, seq, missing in cursor.fetchall():
            report.add("tail" if missing else "head_differs", number=number, stream=stream, seq=seq)


def _check_noted(report: Report, heads: Sequence[Head]) -> None:
    for head in heads:
        entry = JournalEntry.objects.filter(
            institution_id=report.institution_id, stream=head.stream, seq=head.seq
        ).first()
        if entry is None or bytes(entry.hash).hex() != head.hash:
            report.add(
                "noted_missing" if entry is None else "noted_differs", stream=head.stream, seq=head.seq
            )


def _rows(sql: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows
