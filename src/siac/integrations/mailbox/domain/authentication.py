# SPDX-License-Identifier: EUPL-1.2
"""Whether the body's own mail server proved that a mail comes from where it
says (RFC 8601: DMARC, DKIM, SPF).
"""

import re

LIMIT = 4000
"""Characters of a header that are read; a server writes some hundreds."""
_RESULT = re.compile(r"(dmarc|dkim|spf)\s*=\s*([a-z]+)")
_PROPERTY = re.compile(r"(?<!\S)(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*(\S+)")
_DOMAINS = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}
_PIECE = re.compile(r"\\.|[^\\\"();]+|.", re.DOTALL)
_MEANING = re.compile(r"[\s;=\\\"]")


def is_proven_sender(results: str, *, server: str, sender: str) -> bool:
    """Return whether `server` wrote, in the topmost `Authentication-Results` of a mail,
    that it comes from the domain of `sender`.

    Only the topmost counts, and only of the server named in the mailbox: whoever writes a mail can write such
    a header too, below the one that the receiving server adds. A signature or a sending server counts for the
    very domain of the address and for those above it, never for one beside it. What the server repeats of
    the sender's own words (the part of an address before its sign, a selector) is in quotes, or one word: it
    is never read as a result.
    """
    domain = sender.rpartition("@")[2].casefold()
    name, *methods = _parts(results[:LIMIT].casefold())
    if len(results) >= LIMIT:
        methods = methods[:-1]  # half a domain is another domain
    if not server or not domain or name.split()[:1] != [server.casefold()]:
        return False
    return any(_proves(part, domain) for part in methods)


def _proves(part: str, domain: str) -> bool:
    found = _RESULT.match(part.strip())
    if found is None or found[2] != "pass":
        return False
    told = [value.rpartition("@")[2] for name, value in _PROPERTY.findall(part) if name in _DOMAINS[found[1]]]
    if found[1] == "dmarc":
        return not told or domain in told
    return any(domain == one or (domain.endswith(f".{one}") and "." in one) for one in told)


def _parts(text: str) -> list[str]:
    """Return what stands between the semicolons of a header, read in one pass (RFC 5322 3.2): without
    comments, and with what is quoted as signs that mean nothing. A part that does not end is left out.
    """
    parts, depth, is_quoted = [""], 0, False
    for piece in _PIECE.findall(text):
        if is_quoted:
            is_quoted = piece != '"'
            parts[-1] += _MEANING.sub("_", piece) if is_quoted else ""
        elif depth:
            depth += (piece == "(") - (piece == ")")
        elif piece in {'"', "("}:
            is_quoted, depth = piece == '"', int(piece == "(")
            parts[-1] += " " if depth else ""
        elif piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return [*parts[:-1], ""] if depth or is_quoted else parts
