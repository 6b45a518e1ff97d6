# SPDX-License-Identifier: EUPL-1.2
"""Salted digests: the journal keeps the digest, the salt lies with the text, so the text can be erased."""

import hashlib
import hmac
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Seal:
    """Both in hexadecimal: `digest` goes to the journal, `salt` beside the text."""

    digest: str
    salt: str


def seal(text: str | bytes) -> Seal:
    """Return a fresh seal of `text`; without the salt nobody can guess the text from the digest."""
    salt = os.urandom(16)
    return Seal(_digest(text, salt), salt.hex())


def digest_with(text: str | bytes, salt: str) -> str:
    """Return the digest of `text` under a salt that seals something else beside it already."""
    return _digest(text, bytes.fromhex(salt))


def check_seal(text: str | bytes, digest: str, salt: str) -> bool:
    """Return whether `text` is what was sealed."""
    try:
        return hmac.compare_digest(_digest(text, bytes.fromhex(salt)), digest)
    except ValueError:
        return False


def _digest(text: str | bytes, salt: bytes) -> str:
    content = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(salt + content).hexdigest()
