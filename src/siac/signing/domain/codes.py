# SPDX-License-Identifier: EUPL-1.2
"""Codes by which a printed document leads to what is known of its signature."""

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from typing import Any

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that are taken for one another on paper."""
_LENGTH = 12
_ODD = re.compile(r"[\s\-–·.]+")


def new_code() -> str:
    """Return a code nobody can guess: twelve signs, some 59 bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def shown(code: str) -> str:
    """Return a code as it is printed.

    >>> shown("ABCD2345WXYZ")
    'ABCD-2345-WXYZ'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed(text: str) -> str:
    """Return the code that somebody typed, or "" where it can be none.

    >>> typed(" abcd-2345 wxyz")
    'ABCD2345WXYZ'
    >>> typed("abcd")
    ''
    """
    code = _ODD.sub("", text[:60]).upper()
    return code if len(code) == _LENGTH and set(code) <= set(_SIGNS) else ""


def signers_text(signers: Sequence[Any]) -> str:
    """Return what the journal seals of who signed, however the fields are ordered.

    >>> signers_text([{"a": "1", "b": "2"}]) == signers_text([{"b": "2", "a": "1"}])
    True
    """
    return json.dumps(list(signers), sort_keys=True)


def signers_digest(signers: Sequence[Any]) -> str:
    """Return the SHA-256 (hexadecimal) of who signed, as entries say it that are older than its salt.

    >>> signers_digest([{"a": "1", "b": "2"}]) == signers_digest([{"b": "2", "a": "1"}])
    True
    """
    return hashlib.sha256(signers_text(signers).encode()).hexdigest()


def reason_digest(why: str) -> str:
    """Return the SHA-256 (hexadecimal) of why a signature was annulled, as entries say it that are older than
    its salt.
    """
    return hashlib.sha256(why.encode()).hexdigest()
