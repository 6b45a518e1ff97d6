# SPDX-License-Identifier: EUPL-1.2
"""Setting up the provider of identity of a body, and the way back in where it was the only one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import Role, User
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, lock_institution, note_configuration, unit_tree
from siac.signin import secrets
from siac.signin.commands.telling import tell_another_server
from siac.signin.domain.oidc import Server, is_safe_address
from siac.signin.models import Audience, Identification, IdentityProvider, LinkedIdentity
from siac.signin.operators import is_believed_of_citizens, is_believed_of_staff

UNGIVEN = frozenset({Role.ADMINISTRATOR, Role.COUNCIL_MEMBER})
"""Roles that nobody gets by merely signing in: the one gives all others, the other ends on a day."""


@transaction.atomic
def save_provider(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    secret: str,
    audience: Audience = Audience.STAFF,
    read: tuple[Server, Sequence[Mapping[str, Any]]] | None,
    **fields: Any,
) -> IdentityProvider:
    """Set up the provider of a body for its staff, or for citizens, or change it; an empty `secret` keeps
    the one it has, which no other server or client gets.

    `read`: what its server says of itself and its keys, or None where it was not asked. Another server or
    client forgets who was bound to the former one; of another server for staff all who administer are told by
    letter. The journal keeps that it changed, never the secret.

    Raises:
        Refused: the body is one to practise on (practice_without_provider), the address is none that may be
            asked (provider_address), no secret (provider_secret_missing), nor one where somebody leaves it
            (provider_logout), it is not said which claim tells the document of citizens (provider_document),
            whoever runs the installation did not name their server (provider_not_named), or names servers
            of staff and not this one (provider_not_of_staff),
            it is to be used and its server was not read (provider_unread), a role that it may not give
            (provider_role) or a unit that is not there (provider_unit), or it would be the only way although
            whoever saves it never came in by it (provider_untried).
    """
    if institution.is_practice:
        raise Refused("practice_without_provider")
    lock_institution(institution.pk)
    row = IdentityProvider.objects.filter(institution=institution, audience=audience).first()
    row = row or IdentityProvider(institution=institution, audience=audience, created_at=now)
    before, asked = (row.issuer, row.client_id), (fields.get("issuer"), fields.get("client_id"))
    used = row.issuer if row.pk and row.is_active else ""
    is_another = row.pk is not None and before != asked
    known = secret if secret or row.pk is None or is_another else secrets.secret_of(row)
    for name, value in fields.items():
        setattr(row, name, value)
    if is_another or read is not None:
        row.server, row.keys, row.read_at = {}, [], None
        row.reread_after, row.away_until = None, None
    if read is not None:
        row.server, row.keys, row.read_at = asdict(read[0]), list(read[1]), now
    _check(institution, row, known, actor, is_another)
    row.secret = secrets.sealed(known, secrets.bound(institution.pk, row.issuer, row.client_id))
    row.save()
    if is_another:
        LinkedIdentity.objects.filter(provider=row).delete()
    if is_another or not row.is_active:
        Identification.objects.filter(provider=row).delete()
    data = _entry_of(row, before[0])
    note_configuration(institution.pk, "signin.provider_saved", actor=actor, now=now, data=data)
    if audience == Audience.STAFF and row.is_active and row.issuer != used:
        tell_another_server(institution=institution, issuer=row.issuer, before=used, now=now)
    return row


def _entry_of(row: IdentityProvider, before: str) -> dict[str, Any]:
    """Return what the journal keeps of a provider that was saved."""
    data: dict[str, Any] = {"provider": row.pk, "active": row.is_active}
    data |= {"only": row.is_only_way, "opens": row.provisions}
    if row.audience != Audience.STAFF:
        data |= {"audience": row.audience, "label": row.label}
        data |= {"claim": row.document_claim, "preset": row.preset}
    return data | {"issuer": row.issuer, "client": row.client_id, "before": before}


def _check(
    institution: Institution, row: IdentityProvider, secret: str, actor: User | None, is_another: bool
) -> None:
    if not is_safe_address(row.issuer):
        raise Refused("provider_address")
    if not secret:
        raise Refused("provider_secret_missing")
    if row.audience == Audience.CITIZENS:
        _check_for_citizens(row)
    if row.is_active and not row.server:
        raise Refused("provider_unread")
    _check_for_staff(institution, row, actor, is_another)


def _check_for_citizens(row: IdentityProvider) -> None:
    if row.logout and not is_safe_address(row.logout):
        raise Refused("provider_logout")
    if not row.document_claim:
        raise Refused("provider_document")
    if row.is_active and not is_believed_of_citizens(row):
        raise Refused("provider_not_named", issuer=row.issuer)


def _check_for_staff(
    institution: Institution, row: IdentityProvider, actor: User | None, is_another: bool
) -> None:
    if row.provisions and row.default_role not in {role.value for role in Role} - UNGIVEN:
        raise Refused("provider_role")
    if row.default_unit_id is not None and row.default_unit_id not in unit_tree(institution).nodes:
        raise Refused("provider_unit")
    if row.audience == Audience.STAFF and row.is_active and not is_believed_of_staff(row.issuer):
        raise Refused("provider_not_of_staff", issuer=row.issuer)
    if row.is_only_way:
        tried = row.pk and actor and LinkedIdentity.objects.filter(provider=row, user=actor).exists()
        if is_another or not tried:
            raise Refused("provider_untried")


@transaction.atomic
def allow_passwords(*, institution: Institution, now: datetime, actor: User | None = None) -> bool:
    """Let the people of a body sign in with password and passkey again; False where they may already.

    For whoever runs the installation, where the provider is away and nobody gets in.
    """
    lock_institution(institution.pk)
    rows = IdentityProvider.objects.filter(institution=institution, is_only_way=True)
    if not rows.update(is_only_way=False):
        return False
    note_configuration(institution.pk, "signin.passwords_allowed", actor=actor, now=now, data={})
    return True


@transaction.atomic
def unlink_identity(*, institution: Institution, identity_id: int, actor: User, now: datetime) -> bool:
    """Forget who somebody is at the provider of a body, so that the next sign-in binds them anew; False if
    there is no such binding.
    """
    row = LinkedIdentity.objects.filter(provider__institution=institution, pk=identity_id).first()
    if row is None:
        return False
    row.delete()
    note_link(institution.pk, "signin.identity_unlinked", row.user_id, actor_id=actor.pk, now=now)
    return True


def note_link(
    institution_id: int, kind: str, user_id: int, *, actor_id: int | None, now: datetime, **more: str
) -> None:
    """Write into the journal of a body that an account was bound to an identity, or is no more."""
    record(
        institution_id=institution_id,
        stream=f"institution:{institution_id}",
        kind=kind,
        at=now,
        actor_id=actor_id,
        data={"user": user_id, **more},
    )
