# SPDX-License-Identifier: EUPL-1.2
"""Is the mail server there? Asked at most once a minute by each process, whoever looks how often."""

import socket
import time
from datetime import datetime
from urllib.parse import urlsplit

from siac.infra.environment import text
from siac.notices.channels.email import shows_instead_of_sending

SECONDS = 2.0
KEPT = 60.0
_PORTS = {"smtps": 465}
_last: dict[str, tuple[float, str | None]] = {}


def smtp_trouble(now: datetime) -> str | None:
    """Complain when the server of `SIAC_SMTP_URL` refuses, or does not greet within two seconds (no SQL).

    What it said is kept for a minute. Where post is shown and not sent all is well.
    """
    if shows_instead_of_sending():
        return None
    url = text("SIAC_SMTP_URL", "")
    asked, said = _last.get(url, (float("-inf"), None))
    return _asked_again(url) if time.monotonic() - asked > KEPT else said


def _asked_again(url: str) -> str | None:
    said = _greeting(url)
    _last[url] = (time.monotonic(), said)
    return said


def _greeting(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        where = (parts.hostname or "localhost", parts.port or _PORTS.get(parts.scheme, 25))
        with socket.create_connection(where, timeout=SECONDS) as line:
            if parts.scheme == "smtps":
                return None  # it speaks once TLS is spoken; that somebody answers is enough to know
            line.settimeout(SECONDS)
            return None if line.recv(3) == b"220" else "does not greet"
    except TimeoutError:
        return f"holds: no greeting within {SECONDS:g} s"
    except (OSError, ValueError):
        return "refuses"
