# SPDX-License-Identifier: EUPL-1.2
"""Tokens of programs: made once and shown once, looked up by digest at every request, revoked at once."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from siac.accounts.domain.scopes import Scope
from siac.accounts.models import ApiToken, User
from siac.infra.ready import ReadyRows, rows
from siac.kernel.errors import Refused

PREFIX = "siac_"
_TOKEN, _USER = ReadyRows(ApiToken, "t"), ReadyRows(User, "u")
_IN_FORCE = f"""
SELECT {_TOKEN.columns}, {_USER.columns} FROM accounts_apitoken t JOIN accounts_user u ON u.id = t.user_id
WHERE t.digest = %s AND t.revoked_at IS NULL AND u.is_active AND (t.expires_at IS NULL OR t.expires_at > %s)
"""  # noqa: S608 - columns of our own models


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def create_token(
    *,
    institution_id: int,
    user: User,
    scopes: Sequence[Scope],
    name: str,
    now: datetime,
    days: int | None = None,
) -> tuple[ApiToken, str]:
    """Make a token for `user` in one body that ends after `days` calendar days (None:
    only when revoked); return row and token.

    Raises:
        Refused: no scope, a term that is not positive, or a deactivated user.
    """
    if not scopes:
        raise Refused("token_scope_missing")
    if days is not None and not 1 <= days <= 3650:
        raise Refused("token_days")
    if not user.is_active:
        raise Refused("token_user_inactive", email=user.email)
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        institution_id=institution_id,
        user=user,
        digest=digest(token),
        name=name,
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=None if days is None else now + timedelta(days=days),
    )
    return row, token


def token_in_force(token: str, *, now: datetime) -> ApiToken | None:
    """Return the row of `token` with its user, or None if it is unknown, ended, revoked or its user inactive.

    1 SQL, and once a day a second that notes the day of use. Nothing is remembered between
    requests: a revoked token fails at once.
    """
    found = rows(_IN_FORCE, [digest(token), now])
    if not found:
        return None
    row: ApiToken = _TOKEN(found[0][: _TOKEN.width])
    row.user = _USER(found[0][_TOKEN.width :])
    if row.last_used_on != now.astimezone(UTC).date():
        row.last_used_on = now.astimezone(UTC).date()
        row.save(update_fields=["last_used_on"])
    return row


def revoke_token(*, institution_id: int, token_id: int, now: datetime) -> bool:
    """Revoke a token of a body; return whether there was one in force."""
    found = ApiToken.objects.filter(pk=token_id, institution=institution_id, revoked_at=None)
    return found.update(revoked_at=now) > 0


def tokens_of(institution_id: int) -> list[ApiToken]:
    """Return the tokens of a body that were not revoked, newest first (1 SQL)."""
    rows = ApiToken.objects.filter(institution=institution_id, revoked_at=None)
    return list(rows.select_related("user").order_by("-pk"))


def keys_in_force(scope: Scope, *, now: datetime) -> list[tuple[int, int, bool]]:
    """Return whose keys with a scope did not end and were not revoked, of all bodies: body, user, whether the
    account of that user is open (1 SQL). Of a closed one the key answers nothing.
    """
    found = _in_force(scope, now).filter(institution__isnull=False).order_by("pk")
    return list(found.values_list("institution_id", "user_id", "user__is_active"))


def key_holders(institution_id: int, scope: Scope, *, now: datetime) -> set[int]:
    """Return for which open accounts the keys of a body with a scope act that did not end and were not
    revoked (1 SQL).
    """
    found = _in_force(scope, now).filter(institution=institution_id, user__is_active=True)
    return set(found.values_list("user_id", flat=True))


def _in_force(scope: Scope, now: datetime) -> QuerySet[ApiToken]:
    found = ApiToken.objects.filter(scopes__contains=[scope], revoked_at=None)
    return found.exclude(expires_at__lte=now)
