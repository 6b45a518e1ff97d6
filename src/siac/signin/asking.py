# SPDX-License-Identifier: EUPL-1.2
"""Speaking with a provider of identity while somebody waits: with an end, and never many at once.

A sign-in cannot be left to a job, so this is the one place where a page waits for a server of others. It
waits `WAIT` seconds at most for all that is asked, whatever the server or the resolver does, in one of
`AT_ONCE` threads of this process, of which one provider takes `OF_ONE`: one that is silent keeps nobody from
the others. Who finds none free is told to try again. They touch no database.
"""

import base64
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed
from siac.infra.outside_http import Answer, Unsure, get, post
from siac.signin.domain.oidc import KeyUnknown, Server, Unproven, read_token, server_of

T = TypeVar("T")
AT_ONCE = 4
OF_ONE = 2
WAIT = 3.0
"""Seconds for all that is asked while one page waits."""
EACH = 2.5
"""Seconds for one request, while so many are left."""
LARGEST = 256 * 1024
_JSON = {"Accept": "application/json", "User-Agent": "SIAC"}


class Away(Exception):
    """The server does not answer, or not in time, or not as such a server does."""


class Silent(Away):
    """It said nothing at all: whoever asks next would wait in vain too."""


_clock = threading.local()
_taken: Counter[str] = Counter()
_counting = threading.Lock()


class Withheld(Unproven):
    """It refuses what was asked, or has nothing there."""


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="oidc")


def within(issuer: str, work: Callable[[], T]) -> T:
    """Return what `work` asks of the server of `issuer` in a thread, waiting `WAIT` seconds at most.

    Raises:
        Away: nothing could be asked, because others still wait; Silent: it takes longer; or as `work` does.
    """
    until = time.monotonic() + WAIT
    _take(issuer)

    def timed() -> T:
        _clock.until = until
        return work()

    doing = _threads().submit(timed)
    doing.add_done_callback(lambda _: _leave(issuer))
    try:
        return doing.result(timeout=WAIT)
    except Late:
        raise Away("never begun") if doing.cancel() else Silent("late") from None


def _take(issuer: str) -> None:
    with _counting:
        if _taken[issuer] >= OF_ONE:
            raise Away("others wait")
        _taken[issuer] += 1


def _leave(issuer: str) -> None:
    with _counting:
        _taken[issuer] -= 1
        if not _taken[issuer]:
            del _taken[issuer]


def _seconds() -> float:
    """Return how long the next request may take: what is left for all of them, outside a page `EACH`."""
    left: float = getattr(_clock, "until", time.monotonic() + EACH) - time.monotonic()
    if left <= 0:
        raise Silent("late")
    return min(EACH, left)


def read_server(issuer: str, known: Server | None = None) -> tuple[Server, list[dict[str, Any]]]:
    """Return where a server answers and its keys (JWK). Of one that is `known` only the keys are asked.

    Raises:
        Away: it does not answer.
        Unproven: it answers what it should not.
    """
    server = known or server_of(issuer, _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
    return server, read_keys(server)


def read_keys(server: Server) -> list[dict[str, Any]]:
    """Return the keys with which a server signs; raises as `read_server`."""
    keys = _get(server.keys).get("keys")
    if not isinstance(keys, list):
        raise Unproven("no keys")
    return [key for key in keys[:50] if isinstance(key, dict)]


@dataclass(frozen=True, slots=True)
class Client:
    """How we are known to a server."""

    client_id: str
    secret: str
    redirect: str
    posts_userinfo: bool = False
    """Whether the server tells what it knows of somebody only to a POST."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a server told of somebody, and the keys it signs with by now."""

    claims: dict[str, Any]
    keys: Sequence[Mapping[str, Any]]


def ask_who(
    server: Server, keys: Sequence[Mapping[str, Any]], client: Client, *, code: str, verifier: str, nonce: str
) -> Told:
    """Return who came back with `code`; a key that is not known is looked for once more at the server.

    Raises:
        Away: it does not answer.
        Unproven: what it answers does not prove anything.
    """
    tokens = _exchange(server, client, code, verifier)
    token = tokens.get("id_token")
    if not isinstance(token, str):
        raise Unproven("no id_token")
    asked = {"issuer": server.issuer, "client_id": client.client_id, "nonce": nonce}
    try:
        claims = read_token(token, keys=keys, **asked)
    except KeyUnknown:
        keys = read_keys(server)
        claims = read_token(token, keys=keys, **asked)
    if server.userinfo and isinstance(tokens.get("access_token"), str):
        claims = with_details(claims, _userinfo(server, client, tokens["access_token"]))
    return Told(claims, keys)


def with_details(claims: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return both; what is signed wins, and of somebody else nothing is taken (Core 5.3.2).

    An address and whether it was checked are of one source: else the mark of one would be put on the other.
    """
    if more.get("sub") != claims["sub"]:
        raise Unproven("userinfo of another")
    source = claims if "email" in claims else more
    both = {**more, **claims}
    if "email" in source:
        both.pop("email_verified", None)
        both |= {name: source[name] for name in ("email", "email_verified") if name in source}
    return both


def _exchange(server: Server, client: Client, code: str, verifier: str) -> dict[str, Any]:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect,
        "code_verifier": verifier,
    }
    headers = {**_JSON, "Content-Type": "application/x-www-form-urlencoded"}
    if server.posts_secret:
        fields |= {"client_id": client.client_id, "client_secret": client.secret}
    else:
        both = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(both.encode()).decode()}"
    sent = urlencode(fields).encode()
    return _read(lambda: post(server.token, sent, headers, seconds=_seconds(), largest=LARGEST))


def _userinfo(server: Server, client: Client, access_token: str) -> dict[str, Any]:
    headers = {**_JSON, "Authorization": f"Bearer {access_token}"}
    if client.posts_userinfo:
        return _read(lambda: post(server.userinfo, b"", headers, seconds=_seconds(), largest=LARGEST))
    return _read(lambda: get(server.userinfo, headers, seconds=_seconds(), largest=LARGEST))


def _get(address: str) -> dict[str, Any]:
    return _read(lambda: get(address, _JSON, seconds=_seconds(), largest=LARGEST))


def _read(ask: Callable[[], Answer]) -> dict[str, Any]:
    try:
        answer = ask()
    except (NotAllowed, Misconfigured, UnicodeError, ValueError) as error:
        raise Away(type(error).__name__) from error
    except (OSError, Unsure) as error:
        raise Silent(type(error).__name__) from error
    if answer.content is None or answer.status >= 500 or answer.status == 429:
        raise Away(str(answer.status))
    if answer.status != 200:
        raise Withheld(str(answer.status))
    try:
        said = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise Away("no JSON") from error
    if not isinstance(said, dict):
        raise Away("no object")
    return said
