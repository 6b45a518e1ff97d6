# SPDX-License-Identifier: EUPL-1.2
"""Programs and services outside by which a document is signed, and how long what leads to them holds."""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum


class Port(StrEnum):
    """Ways to a signature that is made outside, beside the certificate of the body and «download, upload»."""

    AUTOFIRMA = "autofirma"
    """A program on the desk of whoever signs, called by a link (Spain, @firma)."""
    FIRMAGOB = "firmagob"
    """A service of the State, asked by a job (Chile)."""
    FIRMAPERU = "firmaperu"
    """A program on the desk of whoever signs, that a form on their page is sent to (Peru)."""


class TicketStep(StrEnum):
    """What a ticket is good for, once."""

    ARGUMENTS = "arguments"
    """Asking what is to be signed, and how (Firma Perú)."""
    FETCH = "fetch"
    """Fetching what is to be signed."""
    STORE = "store"
    """Bringing it back signed."""


class PortTrouble(StrEnum):
    """Why the platform of a port gave a body no leave to sign when it was asked last."""

    AWAY = "away"
    """It does not answer, or says that it cannot now."""
    CREDENTIALS = "credentials"
    """It does not know the code or the secret of the body."""
    REFUSED = "refused"
    """It answers with another error."""
    ADDRESS = "address"
    """Its address may not be reached from here."""
    NO_LEAVE = "no_leave"
    """What it answers is no leave, or one that ended."""
    KEY = "key"
    """The secret cannot be read with the key of this installation."""


LASTS = timedelta(minutes=15)
"""How long somebody has from opening a program to the signed file."""
_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LENGTH = 20
"""The longest that AutoFirma takes; some 103 bits."""


def new_token() -> str:
    """Return a token that nobody guesses: twenty small letters and digits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def digest_of(token: str) -> str:
    """Return what is kept of a token (SHA-256, hexadecimal): it has too many bits to be tried out.

    >>> digest_of("a" * 20)[:8]
    '42492da0'
    """
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
    """Return whether `text` may be a token.

    >>> is_token("a1" * 10), is_token("A1" * 10), is_token("a1")
    (True, False, False)
    """
    return len(text) == _LENGTH and set(text) <= set(_SIGNS)
