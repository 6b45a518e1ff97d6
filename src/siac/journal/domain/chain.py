# SPDX-License-Identifier: EUPL-1.2
"""How an entry is hashed and how many heads become one root. Stable for ever: old entries must verify.

Hash of an entry: SHA-256 over this JSON, UTF-8, keys sorted, no blanks, non-ASCII letters as they are:
`{"actor": id or null, "at": UTC time with six decimals and "Z", "data": {…}, "institution": id, "kind": text,
"prev": hexadecimal hash of the entry before (64 zeros for the first), "seq": number, "stream": text}`.

Root: Merkle tree of RFC 6962, a leaf being the JSON list [stream, seq, hexadecimal hash].
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

GENESIS = bytes(32)
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Sealable:
    """All that the hash of one entry covers, besides the hash before."""

    institution_id: int
    stream: str
    seq: int
    kind: str
    actor_id: int | None
    at: datetime
    data: dict[str, Any]


def canonical(value: Any) -> bytes:
    """Return the one JSON form of `value`."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry_hash(entry: Sealable, prev_hash: bytes) -> bytes:
    """Return the 32 bytes that seal `entry` and, through `prev_hash`, all before it."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    content = {
        "actor": entry.actor_id,
        "at": at,
        "data": entry.data,
        "institution": entry.institution_id,
        "kind": entry.kind,
        "prev": prev_hash.hex(),
        "seq": entry.seq,
        "stream": entry.stream,
    }
    return hashlib.sha256(canonical(content)).digest()


def clean_data(data: dict[str, Any] | None) -> dict[str, Any]:
    """Return `data` as it will be read back: dates as ISO text.

    Raises:
        ValueError: a float (it would not read back the same), a long text (only ids, codes, dates and
            digests belong here) or anything that is not JSON.
    """
    return {_key(key): _clean(value) for key, value in (data or {}).items()}


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise ValueError(f"Journal data cannot hold the key {key!r}.")
    return str(key)


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str) and len(value) <= LONGEST_TEXT and "\x00" not in value:
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return clean_data(value)
    raise ValueError(f"Journal data holds ids, codes, dates and digests only, not {type(value).__name__}.")


class MerkleRoot:
    """The root of a Merkle tree fed leaf by leaf, in memory that grows with the logarithm of their number."""

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[bytes] = []

    def add(self, stream: str, seq: int, digest: bytes) -> None:
        """Add the head of one stream; callers add in the byte order of the streams' names."""
        node = hashlib.sha256(b"\x00" + canonical([stream, seq, digest.hex()])).digest()
        size = self.count
        while size & 1:
            node = _join(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.count += 1

    def root(self) -> bytes:
        """Return the root; of no leaf at all, the SHA-256 of nothing."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = _join(peak, node)
        return node


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def checkpoint_message(
    institution_id: int, number: int, at: datetime, upto_xid: int, root: bytes, previous: bytes, count: int
) -> bytes:
    """Return the bytes that the signature of a checkpoint covers."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return canonical([institution_id, number, moment, upto_xid, root.hex(), previous.hex(), count])
