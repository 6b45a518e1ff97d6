# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a provider of identity, and what must hold of what it answers (OpenID Connect Core 1.0).

Stricter than the standard in one thing: the signature of an ID token is looked at although it came straight
from the server, and its nonce must be ours.
"""

import base64
import hashlib
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Only with a pair of keys: what is signed with the client's secret could be signed by whoever reads that."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""
SUBJECT_LIMIT = 255
ADDRESS_LIMIT = 2000
_SIGNS = re.compile(r"[!-~]+")


class Unproven(Exception):
    """What came does not prove who somebody is; the argument says why, for the log."""


class KeyUnknown(Unproven):
    """The token is signed with a key that is not among those known: the server may have changed them."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a provider of identity answers."""

    issuer: str
    authorize: str
    token: str
    keys: str
    userinfo: str
    posts_secret: bool
    """Whether the secret goes in the body of the request, as it does where the server takes no other."""
    names_itself: bool
    """Whether it says who it is when it sends somebody back (RFC 9207)."""
    logout: str = ""
    """Where it signs somebody out who comes there (RP-Initiated Logout); empty: it does not say."""


def is_safe_address(address: str) -> bool:
    """Return whether an address may be asked: with TLS, or without on this very machine, no name or password
    in it, nor any sign that an address does not have.
    """
    if len(address) > ADDRESS_LIMIT or not _SIGNS.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def server_of(issuer: str, said: Mapping[str, Any]) -> Server:
    """Return where a server answers, from what it says at `/.well-known/openid-configuration`.

    Raises:
        Unproven: it calls itself something else than `issuer`, or leaves out or misspells an address.
    """
    if str(said.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise Unproven("another issuer")
    found = {}
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        found[name] = str(said.get(name, ""))
        if not is_safe_address(found[name]):
            raise Unproven(f"no {name}")
    userinfo = str(said.get("userinfo_endpoint") or "")
    logout = str(said.get("end_session_endpoint") or "")
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if not isinstance(methods, list):
        raise Unproven("token_endpoint_auth_methods_supported")
    return Server(
        issuer=str(said["issuer"]),
        authorize=found["authorization_endpoint"],
        token=found["token_endpoint"],
        keys=found["jwks_uri"],
        userinfo=userinfo if is_safe_address(userinfo) else "",
        posts_secret="client_secret_basic" not in methods,
        names_itself=bool(said.get("authorization_response_iss_parameter_supported")),
        logout=logout if is_safe_address(logout) else "",
    )


def described(issuer: str, paths: Mapping[str, str]) -> Server:
    """Return where a server answers of which only its papers tell: `paths` behind its issuer, by the names
    that it would use itself.

    Raises:
        Unproven: as `server_of`.
    """
    base = issuer.rstrip("/")
    said = {name: f"{base}{path}" for name, path in paths.items()}
    return server_of(
        issuer,
        {**said, "issuer": issuer, "token_endpoint_auth_methods_supported": ["client_secret_post"]},
    )


def leaving_address(server: Server, logout: str, *, client_id: str, back: str) -> str:
    """Return where somebody is sent who leaves a server, to come `back` from there; empty where it has no
    such address. `logout`, where it is known better, takes the address to come back to behind it.

    >>> server = Server("https://i", "", "", "", "", False, False)
    >>> leaving_address(server, "https://i/out?redirect=", client_id="c", back="https://m/")
    'https://i/out?redirect=https%3A%2F%2Fm%2F'
    """
    if logout:
        return f"{logout}{quote(back, safe='')}" if is_safe_address(logout) else ""
    if not server.logout:
        return ""
    asked = urlencode({"client_id": client_id, "post_logout_redirect_uri": back})
    return f"{server.logout}{'&' if '?' in server.logout else '?'}{asked}"


def challenge_of(verifier: str) -> str:
    """Return the challenge of a PKCE verifier (S256).

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorization_address(
    server: Server,
    *,
    client_id: str,
    redirect: str,
    scopes: str,
    state: str,
    nonce: str,
    verifier: str,
    again: bool = False,
    more: Mapping[str, str] | None = None,
) -> str:
    """Return where somebody is sent to say who they are; `again` asks them to prove it anew, `more` what else
    is asked of the server (`acr_values`).
    """
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect,
        "scope": scopes,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if again else {}),
        **(more or {}),
    }
    return f"{server.authorize}{'&' if '?' in server.authorize else '?'}{urlencode(asked)}"


def is_anew(proved_at: Any, *, begun: float, now: float) -> bool:
    """Return whether somebody proved who they are between `begun` and `now` (seconds since 1970), by what a
    server says of it (`auth_time`). Nothing said is no proof: that it was asked for (`prompt`, `max_age`)
    stands in an address that the browser of whoever is asked can change.

    >>> is_anew(1000, begun=990, now=1010), is_anew(None, begun=990, now=1010)
    (True, False)
    """
    if isinstance(proved_at, bool) or not isinstance(proved_at, (int, float)):
        return False
    return begun - LEEWAY <= proved_at <= now + LEEWAY


def read_token(
    token: str,
    *,
    keys: Sequence[Mapping[str, Any]],
    issuer: str,
    client_id: str,
    nonce: str,
) -> dict[str, Any]:
    """Return what an ID token says, once it is signed by the server, for us, in time, and with our nonce.

    Raises:
        KeyUnknown: none of `keys` (JWK) is the one that signed it.
        Unproven: anything else does not hold.
    """
    key, algorithm = _key_of(token, keys)
    try:
        said: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[algorithm],
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.InvalidSignatureError as error:
        raise KeyUnknown("signature") from error
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise Unproven(type(error).__name__) from error
    audiences = said["aud"] if isinstance(said["aud"], list) else [said["aud"]]
    if (len(audiences) > 1 or "azp" in said) and said.get("azp") != client_id:
        raise Unproven("azp")
    if said.get("nonce") != nonce:
        raise Unproven("nonce")
    if not isinstance(said["sub"], str) or not 0 < len(said["sub"]) <= SUBJECT_LIMIT or "\x00" in said["sub"]:
        raise Unproven("sub")
    return said


def _key_of(token: str, keys: Sequence[Mapping[str, Any]]) -> tuple[Any, str]:
    try:
        head = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError) as error:
        raise Unproven("no token") from error
    algorithm = str(head.get("alg", ""))
    if algorithm not in ALGORITHMS:
        raise Unproven("alg")
    named = [key for key in keys if key.get("kid") == head.get("kid")] if "kid" in head else list(keys)
    for key in named:
        if key.get("use", "sig") != "sig" or key.get("kty") == "oct":
            continue
        try:
            return jwt.PyJWK(dict(key), algorithm=algorithm).key, algorithm
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
    raise KeyUnknown("kid")


@dataclass(frozen=True, slots=True)
class Demands:
    """What a body asks of whoever its provider names."""

    domain: str = ""
    """The domain of their e-mail; empty: any."""
    claim: str = ""
    value: str = ""
    """A claim that must say, or hold among others, this value; empty: none is asked."""
    trusts_addresses: bool = False
    """Whether addresses count as checked although the server does not say so."""


def refusal_of(said: Mapping[str, Any], demands: Demands, *, bound: bool = False) -> str:
    """Return the code of why somebody may not come in by what their provider says of them; empty if they may.

    Who is `bound` to an account already is known by another name than the address: whether it was checked is
    nothing to them, nor whether it is told, unless a domain is asked. What is told is chosen in an address
    (`scope`) that their browser can change.

    >>> refusal_of({"email": "ana@otra.cl", "email_verified": True}, Demands(domain="muni.cl"))
    'entry_domain'
    """
    email = address_in(said)
    if not email and (not bound or demands.domain):
        return "entry_no_email"
    is_checked = said.get("email_verified") in (True, "true") or demands.trusts_addresses
    if not bound and not is_checked:
        return "entry_email_unverified"
    if demands.domain and email.rpartition("@")[2] != demands.domain.lower():
        return "entry_domain"
    return "" if not demands.claim or _says(said.get(demands.claim), demands.value) else "entry_claim"


def _says(told: Any, value: str) -> bool:
    values = [str(each) for each in told] if isinstance(told, list) else [str(told)]
    return told is not None and value in values


def address_in(said: Mapping[str, Any]) -> str:
    """Return the e-mail that a provider tells of somebody, in small letters; empty where it is none."""
    email = said.get("email")
    if not isinstance(email, str) or len(email) > 254 or email.count("@") != 1 or not email.isprintable():
        return ""
    return "" if any(sign.isspace() for sign in email) else email.strip().lower()


def name_in(said: Mapping[str, Any]) -> str:
    """Return the name that a provider tells of somebody, of one line and at most 150 characters."""
    name = said.get("name")
    if not isinstance(name, str) or not name.strip():
        parts = [said.get("given_name"), said.get("family_name")]
        name = " ".join(part for part in parts if isinstance(part, str))
    return "".join(sign for sign in " ".join(name.split()) if sign.isprintable())[:150].strip()
