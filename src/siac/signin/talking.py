# SPDX-License-Identifier: EUPL-1.2
"""A round to a server of identity and back: begun in one browser, taken up by the same one, once.

What was begun is kept by whoever calls (in the session of staff, in a sealed cookie of citizens); here is
what is the same of both: where the server answers, when it is left alone, and what its answer proves.
"""

import secrets as random
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.timezone import now as current_time

from siac.kernel.errors import Refused
from siac.signin.asking import Away, Client, Silent, Told, Withheld, ask_who, read_server, within
from siac.signin.domain.oidc import Server, Unproven, authorization_address
from siac.signin.models import IdentityProvider
from siac.signin.presets import is_national, preset_of, told_by_preset
from siac.signin.queries import is_stale
from siac.signin.secrets import secret_of

T = TypeVar("T")
Begun = dict[str, Any]
SECONDS = 600
CODE_LIMIT = 4000
NOT_AGAIN = timedelta(minutes=5)
"""How long it is not looked for again where a server answers, once that was in vain."""
LET_BE = timedelta(seconds=45)
"""How long nobody waits for a server that was silent."""
AT_ONCE = 3
"""Begun rounds that one browser may have open, in as many tabs."""


def begun_at(
    provider: IdentityProvider,
    *,
    redirect: str,
    scopes: str,
    now: datetime,
    again: bool = False,
    more: Mapping[str, str] | None = None,
) -> tuple[str, str, Begun]:
    """Return where somebody is sent, the state that comes back with them, and what to keep of the round until
    then: nonce, verifier, since when (seconds since 1970), and which server and client it was begun at.

    Raises:
        Away: where the server answers is not known, and it does not say.
        Unproven: it answers what it should not.
    """
    server = where(provider, now)
    state, nonce, verifier = (random.token_urlsafe(32) for _ in range(3))
    address = authorization_address(
        server,
        client_id=provider.client_id,
        redirect=redirect,
        scopes=scopes,
        state=state,
        nonce=nonce,
        verifier=verifier,
        again=again,
        more=more,
    )
    begun = {
        "nonce": nonce, "verifier": verifier, "again": again, "at": int(now.timestamp()),
        "issuer": provider.issuer, "client_id": provider.client_id,
    }  # fmt: skip
    return address, state, begun


def held_with(held: Mapping[str, Begun], state: str, begun: Begun) -> dict[str, Begun]:
    """Return the rounds of a browser with one more; the oldest goes where there are too many."""
    return {**dict(list(held.items())[-(AT_ONCE - 1) :]), state: begun}


def check_begun(provider: IdentityProvider, begun: Begun, now: datetime) -> None:
    """Check that what was begun still holds.

    Raises:
        Refused: too long ago (entry_late), or of another server or client (entry_changed).
    """
    if now.timestamp() - begun["at"] > SECONDS:
        raise Refused("entry_late")
    if (begun.get("issuer"), begun.get("client_id")) != (provider.issuer, provider.client_id):
        raise Refused("entry_changed")


def told(
    said: Mapping[str, str], provider: IdentityProvider, begun: Begun, *, redirect: str, now: datetime
) -> Told:
    """Return who came back, from what their browser brought (`said`) and what the server adds to it.

    Raises:
        Refused: they, or the server, did not want to (entry_denied).
        Away: the server does not answer.
        Unproven: what came proves nothing; siac.infra.crypto.Unreadable: our secret does not open.
    """
    server, preset = Server(**provider.server), preset_of(provider)
    if ("iss" in said or server.names_itself) and said.get("iss") != server.issuer:
        raise Unproven("iss")
    if said.get("error") in {"temporarily_unavailable", "server_error"}:
        raise Away(said["error"])
    if not said.get("code"):
        raise Refused("entry_denied")
    client = Client(
        provider.client_id,
        secret_of(provider),
        redirect,
        posts_userinfo=preset is not None and preset.posts_userinfo and is_national(preset, provider.issuer),
    )
    keys, code = provider.keys, said["code"]
    if len(code) > CODE_LIMIT:
        raise Unproven("code")
    verifier, nonce = begun["verifier"], begun["nonce"]
    return asked(
        provider, lambda: ask_who(server, keys, client, code=code, verifier=verifier, nonce=nonce), now
    )


def where(provider: IdentityProvider, now: datetime) -> Server:
    """Return where the server answers, asked again once a day by one of all who come; while it is away or
    refuses to say, as it was. Raises as `begun_at`.
    """
    if not is_stale(provider, now):
        return Server(**provider.server)
    known = told_by_preset(preset_of(provider), provider.issuer)
    if not provider.server:
        server, keys = asked(provider, lambda: read_server(provider.issuer, known), now)
    elif _turns(provider, now):
        try:
            server, keys = within(provider.issuer, lambda: read_server(provider.issuer, known))
        except (Away, Withheld):
            return Server(**provider.server)
    else:
        return Server(**provider.server)
    same(provider).update(server=asdict(server), keys=keys, read_at=now, reread_after=None)
    provider.server, provider.keys = asdict(server), keys
    return server


def _turns(provider: IdentityProvider, now: datetime) -> bool:
    """Return whether it is this page's turn to look where the server answers: one's in `NOT_AGAIN`."""
    free = Q(reread_after=None) | Q(reread_after__lte=now)
    return same(provider).filter(free).update(reread_after=now + NOT_AGAIN) > 0


def asked(provider: IdentityProvider, ask: Callable[[], T], now: datetime) -> T:
    """Return what a server answers to somebody who waits. One that was silent is left alone for `LET_BE`;
    then one page of all processes asks it, and the others once it answered.

    Raises:
        Away, Unproven: as `ask`; Away at once while it is left alone.
    """
    if provider.away_until is not None:
        tried = same(provider).filter(away_until=provider.away_until, away_until__lte=now)
        if not tried.update(away_until=now + LET_BE):
            raise Away("left alone")
    try:
        found = within(provider.issuer, ask)
    except Silent:
        same(provider).update(away_until=current_time() + LET_BE)
        raise
    except Unproven:
        _heard(provider)
        raise
    _heard(provider)
    return found


def _heard(provider: IdentityProvider) -> None:
    if provider.away_until is not None:
        same(provider).update(away_until=None)


def same(provider: IdentityProvider) -> QuerySet[IdentityProvider]:
    """Return the row of a provider while it is still that server and client."""
    return IdentityProvider.objects.filter(
        pk=provider.pk, issuer=provider.issuer, client_id=provider.client_id
    )
