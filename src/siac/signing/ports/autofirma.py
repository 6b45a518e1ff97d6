# SPDX-License-Identifier: EUPL-1.2
"""What AutoFirma (Spain, @firma) is told and tells: a link `afirma://`, a request it fetches by an address of
ours, a result it stores by another. Facts: protocol of its intermediate server and its parameters, as in the
public code of the program (github.com/ctt-gob-es/clienteafirma). Never tried with the program itself.

What travels is ciphered with DES, because every version of the program reads that and none goes without. It
protects nothing, nor has to: both ways are HTTPS between that desk and this server, whose document it is.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import quote, urlencode

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes

_BLOCK = 8
_PROTOCOL = "3"
"""Old enough for every AutoFirma in use."""
_PROPERTIES = "alwaysCreateRevision=true\nsignatureSubFilter=ETSI.CAdES.detached\n"
"""The program adds its signature behind our bytes instead of writing the file anew, and as PAdES wants."""
_RESULT = re.compile(r"[0-7]\.[A-Za-z0-9_=-]+(\|[0-7]\.[A-Za-z0-9_=-]+){1,2}", re.ASCII)
_CANCELLED = re.compile(r"CANCEL|err-11:=.*", re.DOTALL | re.IGNORECASE)
WAITS = "#WAIT"
"""What the program says while somebody still looks for their certificate."""


class Fault(StrEnum):
    """Why nothing signed came of it."""

    CANCELLED = "port_cancelled"
    FAILED = "port_failed"
    GARBAGE = "port_garbage"


class NotSigned(Exception):
    """The program tells of no signature: `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def key_of(token: str) -> str:
    """Return the key of eight signs that goes with the token by which a result is stored."""
    return hashlib.sha256(b"autofirma " + token.encode()).hexdigest()[:_BLOCK]


def link(*, fetch: str, store: str, fetch_from: str, store_at: str) -> str:
    """Return the link that opens the program: `fetch` and `store` are tokens, the other two addresses."""
    told = {
        "op": "sign",
        "ver": _PROTOCOL,
        "id": store,
        "fileid": fetch,
        "rtservlet": fetch_from,
        "stservlet": store_at,
        "key": key_of(store),
    }
    return "afirma://sign?" + urlencode(told, quote_via=quote)


def request(content: bytes, *, store: str, store_at: str, name: str) -> str:
    """Return what the program fetches: sign this PDF, and store it under that token."""
    told = {
        "op": "sign",
        "ver": _PROTOCOL,
        "id": store,
        "stservlet": store_at,
        "key": key_of(store),
        "format": "PAdES",
        "algorithm": "SHA256withRSA",
        "appname": name[:60],
        "properties": base64.b64encode(_PROPERTIES.encode()).decode(),
        "dat": base64.urlsafe_b64encode(content).decode(),
    }
    return ciphered(_xml(told).encode(), key_of(store))


def _xml(told: Mapping[str, str]) -> str:
    """Return parameters as the program reads them: each value is that of an address, so nothing is left to
    mark up.
    """
    return "<sign>" + "".join(f'<e k="{k}" v="{quote(v, safe="")}"/>' for k, v in told.items()) + "</sign>"


def ciphered(content: bytes, key: str) -> str:
    """Return bytes as they travel: how many zeros fill them up, a point, Base64 for addresses."""
    filled = -len(content) % _BLOCK
    cipher = Cipher(_des(key), modes.ECB()).encryptor()  # noqa: S305 - the program knows no other mode
    made = cipher.update(content + bytes(filled)) + cipher.finalize()
    return f"{filled}.{base64.urlsafe_b64encode(made).decode()}"


def deciphered(text: str, key: str) -> bytes:
    """Return what `ciphered` was given.

    Raises:
        ValueError: it is nothing of the kind.
    """
    filled, content = int(text[0]), base64.b64decode(text[2:], altchars=b"-_", validate=True)
    cipher = Cipher(_des(key), modes.ECB()).decryptor()  # noqa: S305 - as above
    made = cipher.update(content) + cipher.finalize()
    return made[:-filled] if filled else made


def _des(key: str) -> TripleDES:
    """Return DES: three times with one key it is the plain one."""
    return TripleDES(key.encode() * 3)


def signed_in(result: str, store: str) -> bytes:
    """Return the signed file in what the program stored under a token: certificate, signature, maybe more.

    Raises:
        NotSigned: whoever was to sign gave up, the program could not, or it is nothing of the kind.
    """
    if _CANCELLED.fullmatch(result):
        raise NotSigned(Fault.CANCELLED)
    if re.match(r"(err-|SAF_|AF\d)", result, re.IGNORECASE):
        raise NotSigned(Fault.FAILED)
    if not _RESULT.fullmatch(result):
        raise NotSigned(Fault.GARBAGE)
    try:
        return deciphered(result.split("|")[1], key_of(store))
    except (ValueError, binascii.Error):
        raise NotSigned(Fault.GARBAGE) from None
