# SPDX-License-Identifier: EUPL-1.2
"""The server by which people of a country identify themselves before its bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class IdentityServer:
    """What the public documents of a national server of identity (OpenID Connect) say of it: what a body
    begins with, and may change. Its client and secret are given to each body by whoever runs it.
    """

    code: str
    """What is stored; no two countries may use one for different servers."""
    name: str
    """As people know it."""
    issuer: str
    """Empty: each body has its own."""
    scopes: str
    document_claim: str
    """The claim that holds the document of identity."""
    documents: tuple[str, ...]
    """Codes of the documents that it may tell, tried in this order."""
    logout: str = ""
    """Where somebody is signed out there; the address to come back to is put behind it. Empty: as the server
    says of itself (`end_session_endpoint`), if it does.
    """
    paths: Mapping[str, str] = field(default_factory=dict)
    """Where it answers, behind the issuer, by the names of OpenID Connect Discovery; empty: it says so itself
    at `/.well-known/openid-configuration`.
    """
    posts_userinfo: bool = False
    """It tells what it knows only to a POST (both are to be taken: OpenID Connect Core 1.0, 5.3.1)."""
    source: str
    """The public documents that this was read in."""
