# SPDX-License-Identifier: EUPL-1.2
"""Sealing and finding identities; the only module that turns `PersonData` into bytes and back."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from siac.infra import crypto
from siac.people.domain.person import PersonData, PersonKind

PURPOSE = "people identity"
_INDEX = "people blind index"


def sealed(institution_id: int, person_id: int, data: PersonData) -> bytes:
    """Return `data` sealed with the current key and bound to its row."""
    text = json.dumps({k: v for k, v in asdict(data).items() if v}, ensure_ascii=False)
    return crypto.seal(crypto.vault_keys(), PURPOSE, text.encode(), f"{institution_id}:{person_id}")


def opened(institution_id: int, person_id: int, blob: bytes | memoryview) -> PersonData:
    """Return the data of one row; raises `crypto.Unreadable` when its key is missing or it was altered."""
    text = crypto.unseal(crypto.vault_keys(), PURPOSE, bytes(blob), f"{institution_id}:{person_id}")
    return read(text)


def read(text: bytes) -> PersonData:
    """Return what a row says of somebody, once it is opened."""
    values = json.loads(text)
    values["kind"] = PersonKind(values["kind"])
    return PersonData(**values)


def tokens(institution_id: int, terms: Iterable[str]) -> list[int]:
    """Return the blind tokens of `terms` under the current key, in numeric order."""
    master = crypto.vault_keys().current
    return sorted({_token(master, institution_id, term) for term in terms})


def tokens_asked(institution_id: int, alternatives: Iterable[str]) -> list[int]:
    """Return the tokens of `alternatives` under every key, as rows not yet rotated still have the old
    ones.
    """
    return [_token(m, institution_id, term) for term in alternatives for m in crypto.vault_keys().all]


def _token(master: bytes, institution_id: int, term: str) -> int:
    digest = crypto.mac(master, _INDEX, f"{institution_id}\n{term}".encode())
    return int.from_bytes(digest[:8], "big", signed=True)
