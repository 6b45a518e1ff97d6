# SPDX-License-Identifier: EUPL-1.2
"""The secrets of webhooks, kept sealed with the vault key."""

from datetime import datetime

from siac.infra import crypto
from siac.infra.travelling import register_arrival, register_sealed
from siac.integrations.webhooks.models import Webhook

_PURPOSE = "webhook"


def sealed(institution_id: int, secret: str) -> bytes:
    """Return a secret sealed with the vault key, bound to its body."""
    return crypto.seal(crypto.vault_keys(), _PURPOSE, secret.encode(), f"webhook:{institution_id}")


def opened(institution_id: int, blob: bytes | memoryview) -> str:
    """Return what was sealed.

    Raises:
        siac.infra.crypto.Unreadable: its key is not configured here, or it was altered.
    """
    bound = f"webhook:{institution_id}"
    return crypto.unseal(crypto.vault_keys(), _PURPOSE, bytes(blob), bound).decode()


def secrets_of(row: Webhook, now: datetime) -> list[str]:
    """Return the secrets that sign now, the newest first; raises as `opened`."""
    blobs = [row.secret]
    if row.old_until is not None and now < row.old_until and bytes(row.old_secret):
        blobs.append(row.old_secret)
    return [opened(row.institution_id, blob) for blob in blobs]


def register_travelling() -> None:
    """Say what of webhooks is sealed; elsewhere they wait until somebody lets them be told again."""
    for column in ("secret", "old_secret"):
        register_sealed(Webhook, column, _PURPOSE, lambda row: f"webhook:{row['institution_id']}")
    register_arrival(Webhook, pause="asked")


def reseal() -> int:
    """Seal again, with the current key, what was sealed with a former one; return how many rows changed
    (1 SQL, and 1 for each that changes).
    """
    prefix, changed = crypto.current_prefix(crypto.vault_keys()), 0
    for row in Webhook.objects.order_by("pk"):
        kept = {"secret": bytes(row.secret), "old_secret": bytes(row.old_secret)}
        stale = {name: blob for name, blob in kept.items() if blob and blob[: len(prefix)] != prefix}
        if stale:
            again = {
                name: sealed(row.institution_id, opened(row.institution_id, blob))
                for name, blob in stale.items()
            }
            Webhook.objects.filter(pk=row.pk).update(**again)
            changed += 1
    return changed
