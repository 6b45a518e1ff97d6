# SPDX-License-Identifier: EUPL-1.2
"""What opens services that sign for a body, sealed with the key of the vault."""

import json
from collections.abc import Mapping
from datetime import datetime

from siac.infra import crypto
from siac.infra.travelling import register_arrival, register_sealed
from siac.signing.models import SigningPort

_PURPOSE, _ADMISSION = "signing port", "signing port admission"


def sealed(told: Mapping[str, str], institution_id: int, port: str) -> bytes:
    """Return what opens a service, sealed; it opens for this port of this body only."""
    content = json.dumps(dict(told)).encode()
    return crypto.seal(crypto.vault_keys(), _PURPOSE, content, _bound(institution_id, port))


def secrets_of(row: SigningPort) -> dict[str, str]:
    """Return what opens a service; nothing where nothing does.

    Raises:
        siac.infra.crypto.Unreadable: the key of the vault is not configured here, or it was altered.
    """
    if not bytes(row.sealed):
        return {}
    bound = _bound(row.institution_id, row.port)
    told: dict[str, str] = json.loads(crypto.unseal(crypto.vault_keys(), _PURPOSE, bytes(row.sealed), bound))
    return told


def sealed_admission(token: str, row: SigningPort) -> bytes:
    """Return a token that a service gave, sealed; it opens for this port of this body only."""
    return crypto.seal(crypto.vault_keys(), _ADMISSION, token.encode(), _bound(row.institution_id, row.port))


def admission_of(row: SigningPort, now: datetime) -> str:
    """Return the token that a service gave and that still holds at `now`; "" where there is none, or the key
    of the vault is not that by which it was sealed: another one is asked for.
    """
    if not bytes(row.admission) or row.admission_until is None or row.admission_until <= now:
        return ""
    try:
        bound = _bound(row.institution_id, row.port)
        return crypto.unseal(crypto.vault_keys(), _ADMISSION, bytes(row.admission), bound).decode()
    except crypto.Unreadable:
        return ""


def _bound(institution_id: int | str | None, port: str | None) -> str:
    return f"signing-port:{institution_id}:{port}"


def register_travelling() -> None:
    """Say what of ports is sealed; elsewhere one is used once somebody switches it on."""
    register_sealed(SigningPort, "sealed", _PURPOSE, lambda row: _bound(row["institution_id"], row["port"]))
    register_arrival(
        SigningPort, is_active=False, admission=b"", admission_until=None, trouble="", trouble_at=None
    )


def reseal_ports() -> int:
    """Seal again, with the current key, what was sealed with a former one; return how many rows changed (1
    SQL and 1 for each).
    """
    prefix, changed = crypto.current_prefix(crypto.vault_keys()), 0
    for row in SigningPort.objects.exclude(sealed=b"").order_by("pk"):
        if bytes(row.sealed)[: len(prefix)] != prefix:
            again = sealed(secrets_of(row), row.institution_id, row.port)
            SigningPort.objects.filter(pk=row.pk).update(sealed=again, admission=b"", admission_until=None)
            changed += 1
    return changed
