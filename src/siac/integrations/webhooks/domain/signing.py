# SPDX-License-Identifier: EUPL-1.2
"""Signatures as Standard Webhooks has them: HMAC-SHA256 over `id.timestamp.body`, the raw bytes."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """Return a secret as it is shown: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def key_of(secret: str) -> bytes:
    """Return the key that a secret is.

    Raises:
        ValueError: it is none.
    """
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("no secret") from error


def signatures(keys: Iterable[str], message_id: str, timestamp: int, content: bytes) -> str:
    """Return the header for a message that goes out at `timestamp` (seconds since 1970, UTC): one signature
    by each secret, so that both hold while one is changed for another.
    """
    signed = b".".join((message_id.encode(), str(timestamp).encode(), content))
    made = (hmac.new(key_of(secret), signed, hashlib.sha256).digest() for secret in keys)
    return " ".join(f"v1,{base64.b64encode(each).decode()}" for each in made)
