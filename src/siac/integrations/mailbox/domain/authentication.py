# SPDX-License-Identifier: EUPL-1.2
"""Whether the body's own mail server proved that a mail comes from where it
says (RFC 8601: DMARC, DKIM, SPF).
"""

import re
from collections.abc import Iterator

LIMIT = 4000
"""Characters of a header that are read; a server writes some hundreds."""
_RESULT = re.compile(r"(dmarc|dkim|spf)\s*=\s*([a-z]+)")
_PROPERTY = re.compile(r"(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)")
_DOMAINS = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def is_proven_sender(results: str, *, server: str, sender: str) -> bool:
    """Return whether `server` wrote, in the topmost `Authentication-Results` of a mail,
    that it comes from the domain of `sender`.

    Only the topmost counts, and only of the server named in the mailbox: whoever writes a mail can write such
    a header too, below the one that the receiving server adds. A signature or a sending server counts for the
    very domain of the address and for those above it, never for one beside it.
    """
    domain = sender.rpartition("@")[2].casefold()
    said = _without_comments(results[:LIMIT]).casefold()
    name, _, methods = said.partition(";")
    if not server or not domain or name.split()[:1] != [server.casefold()]:
        return False
    return any(_proves(part, domain) for part in methods.split(";"))


def _proves(part: str, domain: str) -> bool:
    found = _RESULT.match(part.strip())
    if found is None or found[2] != "pass":
        return False
    told = [value.rpartition("@")[2] for name, value in _PROPERTY.findall(part) if name in _DOMAINS[found[1]]]
    if found[1] == "dmarc":
        return not told or domain in told
    return any(domain == one or (domain.endswith(f".{one}") and "." in one) for one in told)


def _without_comments(text: str) -> str:
    """Return a header without what stands in parentheses, read in one pass."""
    return "".join(_outside(text))


def _outside(text: str) -> Iterator[str]:
    depth = 0
    for sign in text:
        if sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        elif not depth:
            yield sign
