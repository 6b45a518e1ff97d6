# SPDX-License-Identifier: EUPL-1.2
"""How the address of a site is read that may show a form of ours: pure Python."""

import ipaddress
import re
from urllib.parse import urlsplit

LONGEST = 253
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def origin_of(text: str) -> str:
    """Return the origin of what somebody typed or copied: `https://www.example.org`, with a port where it is
    not the usual one; letters with accents as browsers send them (`xn--`). A path is left out.

    Raises:
        ValueError: it is no address of the web with https://, has a user in it, stands for many sites or for
            a machine without a name.
    """
    if not text.strip().isprintable():  # what the library would leave out silently
        raise ValueError(text)
    found = urlsplit(text.strip())
    port = found.port  # ValueError where it is none
    if found.scheme.lower() != "https" or found.username is not None or not found.hostname:
        raise ValueError(text)
    host = found.hostname.rstrip(".").encode("idna").decode().lower()
    labels = host.split(".")
    if len(host) > LONGEST or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(text)
    if _is_number(host):
        raise ValueError(text)
    return f"https://{host}" + (f":{port}" if port not in {None, 443} else "")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
