# SPDX-License-Identifier: EUPL-1.2
"""Keys of programs, each of one body: who made and who revoked them is in the body's journal."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from siac.accounts.public import ApiToken, Scope, User, create_token, revoke_token
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.models import Institution, Membership


@transaction.atomic
def create_program_token(
    *,
    institution: Institution,
    user: User,
    scopes: Sequence[Scope],
    name: str,
    days: int | None,
    actor: User | None,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Make a key with which a program acts for `user` in this body only; return
    row and key, which is kept nowhere.

    `days` are calendar days until it ends; None: only when revoked.

    Raises:
        Refused: the body is one to practise on (practice_without_keys), the user has no role in the body
            (program_without_role), or as `accounts.create_token`.
    """
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    if institution.is_practice:
        raise Refused("practice_without_keys")
    if not Membership.objects.filter(institution=institution, user=user).exists():
        raise Refused("program_without_role", email=user.email)
    made = create_token(
        institution_id=institution.pk, user=user, scopes=scopes, name=name, days=days, now=now
    )
    _note(institution, "organizations.token_created", made[0].pk, actor=actor, now=now)
    return made


@transaction.atomic
def revoke_program_token(
    *, institution: Institution, token_id: int, actor: User | None, now: datetime
) -> bool:
    """Revoke, at once, the key of a program of this body; False if it has no such key."""
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    revoked = revoke_token(institution_id=institution.pk, token_id=token_id, now=now)
    if revoked:
        _note(institution, "organizations.token_revoked", token_id, actor=actor, now=now)
    return revoked


def _note(institution: Institution, kind: str, token_id: int, *, actor: User | None, now: datetime) -> None:
    record(
        institution_id=institution.pk,
        stream=f"institution:{institution.pk}",
        kind=kind,
        at=now,
        actor_id=actor.pk if actor else None,
        data={"token": token_id},
    )
