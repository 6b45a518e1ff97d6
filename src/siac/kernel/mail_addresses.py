# SPDX-License-Identifier: EUPL-1.2
"""Mail addresses as people have them: letters of any script, domains in them
too, and dots where old telephones put them.
"""

import re

_LOCAL = re.compile(r"""[^\s"(),:;<>@\[\\\]\x00-\x1f\x7f]{1,64}|"[^"\\\r\n\x00]{1,62}\"""")
_DOTTED = re.compile(r"(?:^|\.)(?:\.|$)")
_LONGEST = 254
_ADDRESSES = re.compile(r"""(?:"[^"\r\n]{1,62}"|[^\s"(),:;<>@\[\]\\]{1,64})@[^\s"(),;:<>@\[\]\\]+""")


def is_mail_address(text: str) -> bool:
    """Return whether mail can be sent to `text`, in letters of any script (RFC
    6531) and with dots in any place.
    """
    try:
        wire_address(text)
    except ValueError:
        return False
    return True


def wire_address(text: str) -> str:
    """Return an address as mail servers take it: the domain in ASCII (IDNA), a name with odd dots in quotes.

    Raises:
        ValueError: it is no address.
    """
    local, at, domain = text.rpartition("@")
    if not at or len(text) > _LONGEST or _LOCAL.fullmatch(local) is None or not text.isprintable():
        raise ValueError("no mail address")
    try:
        wire = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError("no mail domain") from None
    labels = wire.split(".")
    if len(labels) < 2 or not all(
        re.fullmatch(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?", label) for label in labels
    ):
        raise ValueError("no mail domain")
    return f'"{local}"@{wire}' if _DOTTED.search(local) else f"{local}@{wire}"


def without_addresses(said: str) -> str:
    """Return what a server said with every mail address in it left out."""
    return _ADDRESSES.sub("…", said)
