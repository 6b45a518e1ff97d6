# SPDX-License-Identifier: EUPL-1.2
"""The secrets by which servers of identity know us, sealed with the key of the vault."""

from siac.infra import crypto
from siac.infra.travelling import register_arrival, register_sealed
from siac.signin.models import IdentityProvider

_PURPOSE = "sign-in provider"


def bound(institution_id: int, issuer: str, client_id: str) -> str:
    """Return what a secret is bound to: it opens only for this client of this server of this body."""
    return f"provider:{institution_id}:{issuer}:{client_id}"


def sealed(secret: str, bound_to: str) -> bytes:
    """Return a secret sealed with the vault key."""
    return crypto.seal(crypto.vault_keys(), _PURPOSE, secret.encode(), bound_to)


def secret_of(row: IdentityProvider) -> str:
    """Return the secret of a provider.

    Raises:
        siac.infra.crypto.Unreadable: its key is not configured here, or it was altered.
    """
    bound_to = bound(row.institution_id, row.issuer, row.client_id)
    return crypto.unseal(crypto.vault_keys(), _PURPOSE, bytes(row.secret), bound_to).decode()


def register_travelling() -> None:
    """Say what of providers is sealed; elsewhere one is used once somebody, who told its server the new
    address, switches it on."""
    register_sealed(
        IdentityProvider, "secret", _PURPOSE,
        lambda row: f"provider:{row['institution_id']}:{row['issuer']}:{row['client_id']}",
    )  # fmt: skip
    register_arrival(IdentityProvider, is_active=False)


def reseal() -> int:
    """Seal again, with the current key, what was sealed with a former one; return how many rows changed."""
    prefix, changed = crypto.current_prefix(crypto.vault_keys()), 0
    for row in IdentityProvider.objects.order_by("pk"):
        if bytes(row.secret)[: len(prefix)] != prefix:
            again = sealed(secret_of(row), bound(row.institution_id, row.issuer, row.client_id))
            IdentityProvider.objects.filter(pk=row.pk).update(secret=again)
            changed += 1
    return changed
