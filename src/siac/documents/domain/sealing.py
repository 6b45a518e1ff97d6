# SPDX-License-Identifier: EUPL-1.2
"""What the journal seals of a file."""

import json
from datetime import UTC, datetime
from typing import Any


def sealed_text(
    *,
    sha256: str,
    size: int,
    name: str,
    media_type: str,
    storage_key: str,
    visibility: str,
    by: int | None,
    at: datetime,
) -> str:
    """Return the one text that stands for a file as it was stored, its bytes by their SHA-256."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts: list[Any] = [sha256, size, name, media_type, storage_key, str(visibility), by, moment]
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
