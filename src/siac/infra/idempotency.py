# SPDX-License-Identifier: EUPL-1.2
"""A request that writes may carry a key; sent again with the same key, it gives the first answer again."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from siac.infra import crypto
from siac.infra.models import IdempotencyKey
from siac.kernel.errors import Refused

KEPT_FOR = timedelta(days=3)


class Code(StrEnum):
    KEY_REUSED = "idempotency_key_reused"
    KEY_INVALID = "idempotency_key_invalid"


REFUSALS: dict[str, str] = {
    Code.KEY_REUSED: (
        "Esa clave de envío ya se usó con otro contenido. Recargue el formulario y envíe de nuevo."
    ),
    Code.KEY_INVALID: "La clave de envío no es válida: use de 8 a 200 caracteres.",
}


_PURPOSE = "idempotency"


def fingerprint(content: Any) -> bytes:
    """Return 32 bytes that stand for all that was sent with a key; keyed, because it may hold data of people.

    `content` is anything JSON can write; what it cannot (dates, codes) counts as its text.
    """
    return _prints(content)[0]


def check_fingerprint(kept: bytes | memoryview | None, content: Any) -> None:
    """Refuse what comes with a key that came before with something else; its
    first answer is not for whoever sends this.

    Raises:
        Refused: it is not the same (KEY_REUSED), or nothing was kept to compare it with.
    """
    if kept is None or bytes(kept) not in _prints(content):
        raise Refused(Code.KEY_REUSED)


def _prints(content: Any) -> list[bytes]:
    said = json.dumps(content, sort_keys=True, default=str).encode()
    return [crypto.mac(key, _PURPOSE, said) for key in crypto.vault_keys().all]


@dataclass(frozen=True)
class Claim:
    """The right to do the work once: `result` is None the first time, else what was answered then."""

    id: int
    result: Any | None


def claim(institution_id: int, scope: str, key: str, content: bytes, now: datetime) -> Claim:
    """Take `key` for this transaction (1 SQL); a second request with it waits for the first to end.

    Must be called inside the transaction that does the work: if that fails, the key is free again.

    Raises:
        Refused: the key came before with another content, or is not 8 to 200 characters long.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Claim an idempotency key inside the transaction that does the work.")
    if not 8 <= len(key) <= 200:
        raise Refused(Code.KEY_INVALID)
    print_of_content = hashlib.sha256(content).digest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO infra_idempotencykey (institution_id, scope, key, fingerprint, created_at)"
            " VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (institution_id, scope, key) DO UPDATE SET scope = EXCLUDED.scope"
            " RETURNING id, fingerprint, result",
            [institution_id, scope, hashlib.sha256(key.encode()).digest(), print_of_content, now],
        )
        row_id, fingerprint, result = cursor.fetchone()
    if bytes(fingerprint) != print_of_content:
        raise Refused(Code.KEY_REUSED)
    return Claim(row_id, None if result is None else json.loads(result))


def fulfil(taken: Claim, result: Any) -> None:
    """Keep the ids that let the same answer be given again (1 SQL)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE infra_idempotencykey SET result = %s::jsonb WHERE id = %s", [json.dumps(result), taken.id]
        )


def forget_old_keys(now: datetime) -> int:
    """Delete keys older than three days; return how many."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
