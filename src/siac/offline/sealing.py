# SPDX-License-Identifier: EUPL-1.2
"""Sealing what was typed in the field while it waits for somebody; the only module that turns it into
bytes.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from siac.infra import crypto
from siac.infra.travelling import register_arrival, register_sealed
from siac.offline.models import OfflineRecord

_PURPOSE = "offline record"


def sealed(institution_id: int, uuid: UUID, said: Mapping[str, Any]) -> bytes:
    """Return what was typed, sealed with the current key of the vault and bound to its row. No SQL."""
    text = json.dumps(said, ensure_ascii=False).encode()
    return crypto.seal(crypto.vault_keys(), _PURPOSE, text, f"{institution_id}:{uuid}")


def opened(institution_id: int, uuid: UUID, blob: bytes | memoryview) -> dict[str, Any]:
    """Return what was typed; raises `crypto.Unreadable` when its key is missing or it was altered. No SQL."""
    text = crypto.unseal(crypto.vault_keys(), _PURPOSE, bytes(blob), f"{institution_id}:{uuid}")
    said: dict[str, Any] = json.loads(text)
    return said


def register_travelling() -> None:
    """Say what of records is sealed; the print by which one sent twice is known holds only here."""
    register_sealed(OfflineRecord, "sealed", _PURPOSE, lambda row: f"{row['institution_id']}:{row['uuid']}")
    register_arrival(OfflineRecord, print=None)
