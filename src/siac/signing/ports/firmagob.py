# SPDX-License-Identifier: EUPL-1.2
"""FirmaGob, the signing service of Chile's State, without attendance: a PDF goes there, and comes back signed
within the answer. Facts: the State's own public examples (github.com/digital-gob-cl/firma-pdf-ejemplo).
Never tried with the service itself.
"""

import base64
import binascii
import hashlib
import json
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import jwt

from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed
from siac.infra.outside_http import Answer, Unsure, post

SECONDS = 60.0
_THERE = ZoneInfo("America/Santiago")
"""The service reckons the end of a token by the clock there, wherever the body is."""
_HOLDS = timedelta(minutes=5)
_AGAIN = frozenset({408, 425, 429})


class ServiceAway(Exception):
    """The service does not answer, or not now: it is asked again later."""


class ServiceSilent(ServiceAway):
    """It cannot be reached, or took the document and said nothing in time."""


class ServiceRefused(Exception):
    """The service signs it not: its words, for the log, and never any of the document."""


class ServiceGarbage(Exception):
    """The service answered something that is no signed document."""


@dataclass(frozen=True, slots=True)
class Account:
    """By what a body is known to the service, and for whom it signs there."""

    address: str
    entity: str
    run: str
    """National number of who holds the certificate, without its check digit."""
    purpose: str
    token_key: str
    secret: str


def signed_there(paper: bytes, account: Account, *, title: str, now: datetime, most: int) -> bytes:
    """Return `paper` as the service signed it, at most `most` bytes; waits a minute at most.

    Raises:
        ServiceAway: it cannot be reached or takes too long (ServiceSilent), or says that it cannot now.
        ServiceRefused: it does not sign it, or its address may not be reached from here.
        ServiceGarbage: what it answered is no document.
    """
    body = json.dumps(asked(paper, account, title=title, now=now)).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    try:
        answer = post(
            account.address, body, headers, seconds=SECONDS, largest=most * 4 // 3 + 65_536, public_only=True
        )
    except (NotAllowed, Misconfigured) as error:
        raise ServiceRefused(type(error).__name__) from error
    except (OSError, Unsure, ssl.SSLError) as error:
        raise ServiceSilent(type(error).__name__) from error
    return _file_in(answer)


def asked(paper: bytes, account: Account, *, title: str, now: datetime) -> dict[str, Any]:
    """Return what the service is asked (JSON): one PDF, and a token of five minutes."""
    content = base64.b64encode(paper).decode()
    return {
        "token": token(account, now),
        "api_token_key": account.token_key,
        "files": [
            {
                "content-type": "application/pdf",
                "content": content,
                "description": title[:100],
                "checksum": base64.b64encode(hashlib.sha256(content.encode()).digest()).decode(),
            }
        ],
    }


def token(account: Account, now: datetime) -> str:
    """Return the token (JWT, HS256) that says for whom is signed, until when."""
    told = {
        "entity": account.entity,
        "run": account.run,
        "purpose": account.purpose,
        "expiration": (now + _HOLDS).astimezone(_THERE).strftime("%Y-%m-%dT%H:%M:%S"),
    }
    return jwt.encode(told, account.secret, algorithm="HS256")


def _file_in(answer: Answer) -> bytes:
    if answer.status >= 500 or answer.status in _AGAIN:
        raise ServiceAway(f"HTTP {answer.status}")
    if answer.status != 200:
        raise ServiceRefused(f"HTTP {answer.status}")
    if answer.content is None:
        raise ServiceGarbage("too large or broken off")
    try:
        (file,) = json.loads(answer.content)["files"]
        if str(file.get("status", "OK")).upper() != "OK" or not file.get("content"):
            raise ServiceRefused(f"status {str(file.get('status'))[:40]}")
        return base64.b64decode(file["content"], validate=True)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error) as error:
        raise ServiceGarbage(type(error).__name__) from error
