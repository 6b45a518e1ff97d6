# SPDX-License-Identifier: EUPL-1.2
"""The keys by which bodies sign, sealed with the key of the vault."""

import base64
import json
from collections.abc import Sequence

from siac.infra import crypto
from siac.infra.travelling import register_arrival, register_sealed
from siac.signing.models import SigningCertificate, SigningSetup
from siac.signing.pdf.signing import Key

_PURPOSE = "signing certificate"


def sealed(private: bytes, chain: Sequence[bytes], institution_id: int, fingerprint: str) -> bytes:
    """Return a key (PKCS#8) and the certificates above it, sealed; it opens for this certificate only."""
    told = [base64.b64encode(one).decode() for one in (private, *chain)]
    return crypto.seal(
        crypto.vault_keys(), _PURPOSE, json.dumps(told).encode(), _bound(institution_id, fingerprint)
    )


def key_of(row: SigningCertificate) -> Key:
    """Return the key of a certificate in force.

    Raises:
        siac.infra.crypto.Unreadable: the key of the vault is not configured here, or it was altered.
    """
    private, *chain = _opened(row)
    return Key(private, bytes(row.certificate), tuple(chain))


def _opened(row: SigningCertificate) -> list[bytes]:
    bound = _bound(row.institution_id, row.fingerprint)
    told = json.loads(crypto.unseal(crypto.vault_keys(), _PURPOSE, bytes(row.sealed), bound))
    return [base64.b64decode(one) for one in told]


def _bound(institution_id: int, fingerprint: str) -> str:
    return f"signing:{institution_id}:{fingerprint}"


def register_travelling() -> None:
    """Say what of certificates is sealed; elsewhere nothing is signed by itself until somebody wants it."""
    register_sealed(
        SigningCertificate, "sealed", _PURPOSE,
        lambda row: f"signing:{row['institution_id']}:{row['fingerprint']}",
    )  # fmt: skip
    register_arrival(SigningSetup, signs_answers=False)


def reseal() -> int:
    """Seal again, with the current key, what was sealed with a former one; return how many rows changed (1
    SQL and 1 for each).
    """
    prefix, changed = crypto.current_prefix(crypto.vault_keys()), 0
    for row in SigningCertificate.objects.filter(ended_at=None).order_by("pk"):
        if bytes(row.sealed)[: len(prefix)] != prefix:
            private, *chain = _opened(row)
            again = sealed(private, chain, row.institution_id, row.fingerprint)
            SigningCertificate.objects.filter(pk=row.pk).update(sealed=again)
            changed += 1
    return changed
