# SPDX-License-Identifier: EUPL-1.2
"""Firma Perú (Secretaría de Gobierno y Transformación Digital): a program on the desk of whoever signs asks
us what to sign, fetches it, and brings it back. Facts: the parameters that the State's own example of its web
component declares (class `SignatureParameters`), and public code of bodies that use it
(github.com/jumanor/firmaperu-invoker, among others). Never tried with the program or its platform.

No script of theirs is loaded: the page sends the program a form, as that script does. A token of the
platform, by which a body may use it, is asked for by a job.
"""

import base64
import binascii
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed
from siac.infra.outside_http import Unsure, post
from siac.signing.domain.ports import PortTrouble

DESK = "http://localhost:48596"
"""Where the program listens on the desk of whoever signs."""
SIGN_AT = f"{DESK}/firmaperu/sign"
START_WINDOWS = (
    "https://resources.firmaperu.gob.pe/app/clickonce/clienteweb/FirmaPeruWeb.application?port=48596"
)
START_MAC = "jnlps://apps.firmaperu.gob.pe/web/jwslauncher.jsp?port=48596"
SECONDS = 10.0
LARGEST = 16 * 1024
"""Bytes of an answer of the platform: a token has some hundreds."""
_UNKNOWN = (400, 401, 403)
"""By which of these it says that a code or a secret is wrong is not published; OAuth 2.0 knows the first two
(RFC 6749, 5.2)."""
_UNSAID = timedelta(minutes=30)
"""How long a token counts as good that does not say when it ends."""
_MOST = timedelta(hours=12)


class PlatformAway(Exception):
    """The platform does not answer, or not now."""


class PlatformRefused(Exception):
    """The platform gives the body no token, or something that is none."""

    def __init__(self, told: str, trouble: PortTrouble = PortTrouble.NO_LEAVE) -> None:
        super().__init__(told)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Admission:
    """A token of the platform, and until when it holds."""

    token: str
    until: datetime


def admitted(address: str, client: str, secret: str, now: datetime) -> Admission:
    """Return a token by which a body may use the platform; waits ten seconds at most.

    Raises:
        PlatformAway: it cannot be reached, takes too long, or says that it cannot now.
        PlatformRefused: it gives none, or its address may not be reached from here.
    """
    body = urlencode({"client_id": client, "client_secret": secret}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/plain, application/json"}
    try:
        answer = post(address, body, headers, seconds=SECONDS, largest=LARGEST, public_only=True)
    except (NotAllowed, Misconfigured) as error:
        raise PlatformRefused(type(error).__name__, PortTrouble.ADDRESS) from error
    except (OSError, Unsure, ssl.SSLError) as error:
        raise PlatformAway(type(error).__name__) from error
    if answer.status >= 500 or answer.status in (408, 425, 429):
        raise PlatformAway(f"HTTP {answer.status}")
    if answer.status != 200 or answer.content is None:
        unknown = answer.status in _UNKNOWN
        trouble = PortTrouble.CREDENTIALS if unknown else PortTrouble.REFUSED
        raise PlatformRefused(f"HTTP {answer.status}", trouble)
    return token_in(answer.content, now)


def token_in(content: bytes, now: datetime) -> Admission:
    """Return the token in an answer (a JWT as plain text), and its end: that it says, within half a day.

    Raises:
        PlatformRefused: it is no token, or one that ended.
    """
    try:
        text = content.decode("ascii").strip().strip('"')
        _, claims, _ = text.split(".")
        told = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        ends = told.get("exp")
        until = datetime.fromtimestamp(int(ends), UTC) if ends is not None else now + _UNSAID
    except (ValueError, TypeError, AttributeError, OverflowError, OSError, RecursionError, binascii.Error):
        raise PlatformRefused("no token") from None
    if until <= now:
        raise PlatformRefused("a token that ended")
    return Admission(text, min(until, now + _MOST))


def opening(*, arguments_at: str, token: str) -> str:
    """Return what the page sends to the program (Base64 of JSON): where it asks what to sign, and
    with what.
    """
    told = {"param_url": arguments_at, "param_token": token, "document_extension": "pdf"}
    return _packed(told)


def arguments(*, document_at: str, upload_at: str, token: str, stamps: str, reason: str) -> str:
    """Return what the program is told to sign, and how (Base64 of JSON): PAdES B, or T with `stamps`, the
    address of an authority of time stamps; nothing is drawn on the page.
    """
    return _packed(
        {
            "signatureFormat": "PAdES",
            "signatureLevel": "T" if stamps else "B",
            "signaturePackaging": "enveloped",
            "documentToSign": document_at,
            "certificateFilter": ".*",
            "webTsa": stamps,
            "userTsa": "",
            "passwordTsa": "",
            "theme": "claro",
            "visiblePosition": False,
            "contactInfo": "",
            "signatureReason": reason[:100],
            "bachtOperation": False,
            "oneByOne": True,
            "signatureStyle": 0,
            "imageToStamp": "",
            "stampTextSize": 14,
            "stampWordWrap": 37,
            "role": "",
            "stampPage": 1,
            "positionx": 20,
            "positiony": 20,
            "uploadDocumentSigned": upload_at,
            "certificationSignature": False,
            "token": token,
        }
    )


def _packed(told: Mapping[str, object]) -> str:
    return base64.b64encode(json.dumps(dict(told), ensure_ascii=False).encode()).decode()
