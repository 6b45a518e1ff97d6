# SPDX-License-Identifier: EUPL-1.2
"""Keys held outside the database: sealing of small texts, keyed digests.

Master keys come from the environment as 64 hexadecimal characters (32 bytes):

- `SIAC_VAULT_KEY` seals the identities of people; `SIAC_VAULT_OLD_KEYS` (comma-separated) holds former
  keys, which still open what they sealed until `siac vault rotate` has sealed it again;
- `SIAC_JOURNAL_KEY` signs the checkpoints of the journal; `SIAC_JOURNAL_OLD_KEYS` likewise.

Each use derives its own key from the master key, so no two uses share one. Losing a key loses what it sealed.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from siac.infra.environment import Misconfigured, flag, items, text

_VERSION = b"\x01"
_KEY_ID = 4
_NONCE = 12
_HEAD = len(_VERSION) + _KEY_ID


class Unreadable(Exception):
    """A sealed value cannot be opened: its key is missing here, or it was altered."""


@dataclass(frozen=True)
class Keyring:
    """The current master key of one purpose and the former ones that may still open things."""

    current: bytes
    old: tuple[bytes, ...] = ()

    @property
    def all(self) -> tuple[bytes, ...]:
        return (self.current, *self.old)

    @property
    def current_id(self) -> str:
        """Return the public name of the current key: eight hexadecimal characters."""
        return key_id(self.current).hex()

    def by_id(self, identifier: bytes) -> bytes:
        """Return the master key whose id is `identifier`.

        Raises:
            Unreadable: no key of this ring has it.
        """
        for key in self.all:
            if hmac.compare_digest(key_id(key), identifier):
                return key
        raise Unreadable(f"No key with id {identifier.hex()} is configured.")


@lru_cache(maxsize=64)
def key_id(master: bytes) -> bytes:
    """Return the four bytes that name a master key without giving it away."""
    return hmac.digest(master, b"siac key id", "sha256")[:_KEY_ID]


@lru_cache(maxsize=256)
def _derived(master: bytes, purpose: str) -> bytes:
    return hmac.digest(master, b"siac derive " + purpose.encode(), "sha256")


@lru_cache(maxsize=64)
def _cipher(master: bytes, purpose: str) -> AESGCM:
    return AESGCM(_derived(master, purpose))


def _master(name: str, value: str) -> bytes:
    try:
        key = bytes.fromhex(value)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Misconfigured(f"{name} debe tener 64 signos hexadecimales (0-9 y a-f).")
    return key


@cache
def _keyring(name: str) -> Keyring:
    development = None
    if flag("SIAC_TEST", default=False):
        development = hashlib.sha256(f"development {name}".encode()).hexdigest()
    old = items(f"{name.removesuffix('_KEY')}_OLD_KEYS")
    current = _master(name, text(name, development))
    return Keyring(current, tuple(_master(f"{name} (old)", value) for value in old))


_RESEALERS: list[Callable[[], int]] = []


def register_resealing(reseal: Callable[[], int]) -> None:
    """Have `reseal()` seal again, with the current vault key, what a context
    keeps sealed; it returns how many rows.
    """
    _RESEALERS.append(reseal)


def reseal_all() -> int:
    """Seal again everything that contexts registered; return how many rows changed."""
    return sum(reseal() for reseal in _RESEALERS)


def vault_keys() -> Keyring:
    """Return the keys of the identity vault.

    Raises:
        Misconfigured: no key is set, or it is not 64 hexadecimal characters.
    """
    return _keyring("SIAC_VAULT_KEY")


def journal_keys() -> Keyring:
    """Return the keys that sign journal checkpoints; raises as `vault_keys`."""
    return _keyring("SIAC_JOURNAL_KEY")


def seal(keys: Keyring, purpose: str, plaintext: bytes, bound_to: str) -> bytes:
    """Return `plaintext` encrypted (AES-256-GCM) with the current key.

    Layout: version (1 byte), key id (4), nonce (12), ciphertext with its tag. `bound_to` names the row
    that holds it; the same bytes moved to another row do not open.
    """
    nonce = os.urandom(_NONCE)
    body = _cipher(keys.current, purpose).encrypt(nonce, plaintext, bound_to.encode())
    return _VERSION + key_id(keys.current) + nonce + body


def unseal(keys: Keyring, purpose: str, blob: bytes, bound_to: str) -> bytes:
    """Return what `seal` was given.

    Raises:
        Unreadable: the key is not configured, or the bytes were altered or moved from their row.
    """
    blob = bytes(blob)
    if blob[:1] != _VERSION or len(blob) < _HEAD + _NONCE + 16:
        raise Unreadable("The sealed value has an unknown form.")
    master = keys.by_id(blob[1:_HEAD])
    nonce, body = blob[_HEAD : _HEAD + _NONCE], blob[_HEAD + _NONCE :]
    try:
        return _cipher(master, purpose).decrypt(nonce, body, bound_to.encode())
    except InvalidTag:
        raise Unreadable("The sealed value was altered.") from None


def current_prefix(keys: Keyring) -> bytes:
    """Return the first bytes of everything sealed with the current key; used to find what is not."""
    return _VERSION + key_id(keys.current)


def mac(master: bytes, purpose: str, message: bytes) -> bytes:
    """Return the HMAC-SHA256 (32 bytes) of `message` under the key derived for `purpose`."""
    return hmac.digest(_derived(master, purpose), message, "sha256")


def anonymous_key(purpose: str, message: str) -> bytes:
    """Return 16 bytes that stand for `message` (an IP address, say) and cannot be turned back."""
    return mac(vault_keys().current, purpose, message.encode())[:16]
