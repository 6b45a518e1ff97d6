# SPDX-License-Identifier: EUPL-1.2
"""The keyed signature of each entry: `hash` already covers all that the entry
says, and all before it in its chain.
"""

import hmac

from siac.infra import crypto

PURPOSE = "journal entry"
_KEY_ID, _LENGTH = 4, 16


def entry_mac(digest: bytes) -> bytes:
    """Return what signs an entry with the current key: name of the key (4 bytes), keyed digest (16)."""
    key = crypto.journal_keys().current
    return crypto.key_id(key) + crypto.mac(key, PURPOSE, digest)[:_LENGTH]


def mac_fault(digest: bytes, signed: bytes) -> str:
    """Return the code of what is wrong with the signature of an entry, or an empty text."""
    try:
        key = crypto.journal_keys().by_id(signed[:_KEY_ID])
    except crypto.Unreadable:
        return "entry_key"
    right = crypto.mac(key, PURPOSE, digest)[:_LENGTH]
    return "" if hmac.compare_digest(right, signed[_KEY_ID:]) else "forged"
