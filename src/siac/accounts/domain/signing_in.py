# SPDX-License-Identifier: EUPL-1.2
"""How somebody signed in, and with what browser: read of what the sign-in library and the browser say."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any


class Way(StrEnum):
    """What somebody proved themselves with, first."""

    PASSWORD = "password"  # noqa: S105 - a word, no password
    PASSKEY = "passkey"
    PROVIDER = "provider"
    """The account of their body, by OpenID Connect."""
    INVITATION = "invitation"
    """The letter of an invitation, in which they set their first password."""
    SECOND_STEP = "second_step"
    """Only of failures: the first step was right, the second was not."""
    CONFIRMATION = "confirmation"
    """Somebody who was in already proved themselves again before a grave act."""
    OTHER = "other"


class Step(StrEnum):
    """What they proved themselves with after that."""

    NONE = ""
    TOTP = "totp"
    KEY = "webauthn"
    RECOVERY = "recovery_codes"


PROVIDER_METHOD = "openid_connect"
"""How the sign-in library is told that a provider of identity vouched for somebody."""


LETTER_METHOD = "invitation"
"""How it is told that the letter of an invitation did."""
_FIRST = {"password": Way.PASSWORD, PROVIDER_METHOD: Way.PROVIDER, LETTER_METHOD: Way.INVITATION}


def how(records: Sequence[Mapping[str, Any]]) -> tuple[Way, Step]:
    """Return the way and the second step of the last sign-in in the library's records of a session.

    >>> how([{"method": "password"}, {"method": "mfa", "type": "totp"}])
    (<Way.PASSWORD: 'password'>, <Step.TOTP: 'totp'>)
    """
    way, step = Way.OTHER, Step.NONE
    for record in records:
        method = record.get("method")
        if method == "mfa":
            kind = Step(record["type"]) if record.get("type") in {each.value for each in Step} else Step.NONE
            if record.get("passwordless"):
                way, step = Way.PASSKEY, Step.NONE
            else:
                step = kind
        elif method in _FIRST:
            way, step = _FIRST[method], Step.NONE
    return way, step


def provider_of(records: Sequence[Mapping[str, Any]]) -> int | None:
    """Return the provider of identity that vouched last in the library's records of a session; None without.

    >>> provider_of([{"method": "openid_connect", "provider": 7}, {"method": "mfa", "type": "totp"}])
    7
    """
    named = [record.get("provider") for record in records if record.get("method") == PROVIDER_METHOD]
    return named[-1] if named and isinstance(named[-1], int) else None


_BROWSERS = (
    ("Edge", re.compile(r"\bEdg")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Firefox", re.compile(r"\b(Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(Chrome|CriOS)/")),
    ("Safari", re.compile(r"\bSafari/")),
)
_SYSTEMS = (
    ("Android", re.compile(r"\bAndroid\b")),
    ("iPhone o iPad", re.compile(r"\b(iPhone|iPad)\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("macOS", re.compile(r"\bMac OS X\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


def browser_of(agent: str) -> str:
    """Return the browser and system of a `User-Agent` in words; empty where it says neither.

    Coarse on purpose: enough to know one's own again, too little to tell one machine from the next.
    """
    text = agent[:400]
    found = [next((name for name, sign in kinds if sign.search(text)), "") for kinds in (_BROWSERS, _SYSTEMS)]
    return " en ".join(part for part in found if part)


def session_digest(key: str | None) -> str:
    """Return what names a session without opening it; empty without a session."""
    return hashlib.sha256(key.encode()).hexdigest() if key else ""
