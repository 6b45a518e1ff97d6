# SPDX-License-Identifier: EUPL-1.2
"""What of the records is sealed again, and what ends with the case it became."""

from collections.abc import Sequence
from datetime import datetime

from siac.infra import crypto
from siac.offline.models import OfflineRecord, RecordState
from siac.offline.sealing import opened, sealed


def reseal() -> int:
    """Seal again, with the current key, what is held; return how many rows changed (2 SQL)."""
    prefix = crypto.current_prefix(crypto.vault_keys())
    held = OfflineRecord.objects.filter(state=RecordState.HELD).order_by("pk")
    stale = [row for row in held if not bytes(row.sealed or b"").startswith(prefix)]
    for row in stale:
        row.sealed = sealed(
            row.institution_id, row.uuid, opened(row.institution_id, row.uuid, row.sealed or b"")
        )
    OfflineRecord.objects.bulk_update(stale, ["sealed"])
    return len(stale)


def erase_prints(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Let go of the digests of what was sent of cases whose texts end (1 SQL); that they came stays."""
    rows = OfflineRecord.objects.filter(institution_id=institution_id, case__in=list(case_ids))
    rows.update(print=None)
