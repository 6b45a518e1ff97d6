# SPDX-License-Identifier: EUPL-1.2
"""The people and groups of a body as its directory tells of them, and the accounts and roles that follow.

A directory rules over what it gave and no more: roles that its groups gave, the name, address and door of
accounts that were opened for it and stand nowhere else (`binding`). Who administers a body last is never
taken away.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from siac.accounts.public import Role, User, close_account, reopen_account
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Institution,
    lock_institution,
    memberships,
    note_configuration,
    practice_body_of,
    revoke_role,
    stands_elsewhere,
    unit_tree,
)
from siac.signin.commands.binding import bind
from siac.signin.commands.roles import bring_roles, bring_roles_of, keep_own_key, take_back
from siac.signin.models import DirectoryGroup, DirectoryUser
from siac.signin.queries import directory_users, works_in

_TOLD = ("name", "displayName", "emails", "active")


@transaction.atomic
def save_directory_user(
    *,
    institution: Institution,
    said: Mapping[str, Any],
    actor: User,
    now: datetime,
    row: DirectoryUser | None = None,
) -> DirectoryUser:
    """Keep what the directory says of somebody, and bring their account and roles after it.

    Without an e-mail they have no account yet. An account that stands is only bound: its name, address and
    password stay as they are. Who is no longer active loses every role here; an account that stands nowhere
    else is closed, and its sessions end at once. Active again, they have the roles of their groups. An
    account that stands elsewhere, too, is offered these roles by letter, and its sessions are its own. What
    is not said (`active`) stays; what changes nothing writes nothing.

    Raises:
        Refused: somebody else of the directory is called so or has that account (directory_taken), the
            address is in no domain of the body (directory_domain), is not for this directory to change
            (directory_address) or is another account's (address_taken), or nobody would be left to administer
            the body (last_administrator), or the key of the directory acts for them (directory_key_owner).
    """
    lock_institution(institution.pk)
    row = row or DirectoryUser(institution=institution, created_at=now)
    before = _state(row)
    row.user_name, row.external_id = said["userName"], said.get("externalId", "")
    row.details = {
        name: said[name] for name in _TOLD if said.get(name) not in (None, "", [], {})
    }  # as it was said, to be told again so
    row.is_active = said.get("active", row.is_active)
    bind(institution, row, said, now=now)
    is_changed = _state(row) != before
    if is_changed:
        row.changed_at = now
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Refused("directory_taken") from error
    if row.is_active:
        _reopen(row)
        bring_roles(institution, row, actor=actor, now=now)
    elif row.user is not None:
        _leave(institution, row, actor=actor, now=now)
    if is_changed:
        _note(institution, "signin.directory_user_saved", row.pk, actor=actor, now=now, active=row.is_active)
    return row


def _state(row: DirectoryUser) -> tuple[Any, ...]:
    """Return what the directory tells of somebody, to see whether it changed."""
    account = (row.user.pk, row.user.email, row.user.name) if row.user is not None else ()
    return (row.pk, row.user_name, row.external_id, row.details, row.is_active, *account)


def _reopen(row: DirectoryUser) -> None:
    if row.has_closed_account and row.user is not None:
        reopen_account(user_id=row.user.pk)  # unless whoever runs the installation closed it since
        row.has_closed_account = False
        row.save(update_fields=["has_closed_account"])
        row.user.refresh_from_db()


@transaction.atomic
def remove_directory_user(
    *, institution: Institution, row: DirectoryUser, actor: User, now: datetime
) -> None:
    """Forget somebody of the directory, as one who is no longer active; only what was done with their account
    is remembered, for when the directory tells of them again.

    Raises:
        Refused: nobody would be left to administer the body (last_administrator), or the key of the directory
            acts for who would lose it (directory_key_owner).
    """
    lock_institution(institution.pk)
    if row.user is not None:
        _leave(institution, row, actor=actor, now=now)
    pk = row.pk
    if row.user is None:
        row.delete()
    else:
        row.groups.clear()
        row.is_removed, row.is_active, row.changed_at = True, False, now
        row.user_name, row.external_id, row.details = "", "", {}
        row.save()
    _note(institution, "signin.directory_user_saved", pk, actor=actor, now=now, active=False)


@transaction.atomic
def save_directory_group(
    *,
    institution: Institution,
    said: Mapping[str, Any],
    actor: User,
    now: datetime,
    row: DirectoryGroup | None = None,
) -> DirectoryGroup:
    """Keep a group and who is in it; whoever comes in or goes out gets or loses its role, many of them by a
    job (`roles`).

    Members that the directory did not tell of are left aside. What changes nothing writes nothing.

    Raises:
        Refused: another group is called so (directory_taken), or nobody would be left to administer the body
            (last_administrator).
    """
    lock_institution(institution.pk)
    row = row or DirectoryGroup(institution=institution, created_at=now)
    name, external_id = said["displayName"][:200], said.get("externalId", "")
    before = set(row.members.values_list("pk", flat=True)) if row.pk else set()
    keys = [key for each in said.get("members", []) if (key := _key(each.get("value", "")))]
    after = set(directory_users(institution).filter(key__in=keys).order_by().values_list("pk", flat=True))
    if row.pk and (row.name, row.external_id, before) == (name, external_id, after):
        return row
    row.name, row.external_id, row.changed_at = name, external_id, now
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("directory_taken") from error
    row.members.set(after)
    bring_roles_of(institution, before ^ after, actor=actor, now=now)
    _note(institution, "signin.directory_group_saved", row.pk, actor=actor, now=now, members=len(after))
    return row


@transaction.atomic
def remove_directory_group(
    *, institution: Institution, row: DirectoryGroup, actor: User, now: datetime
) -> None:
    """Forget a group; its members lose the role it gave.

    Raises:
        Refused: nobody would be left to administer the body (last_administrator), or the key of the directory
            acts for who would lose it (directory_key_owner).
    """
    lock_institution(institution.pk)
    members = set(row.members.values_list("pk", flat=True))
    pk = row.pk
    row.delete()
    bring_roles_of(institution, members, actor=actor, now=now)
    _note(institution, "signin.directory_group_saved", pk, actor=actor, now=now, members=0)


@transaction.atomic
def give_group_role(
    *,
    institution: Institution,
    group_id: int,
    role: str,
    unit_id: int | None,
    actor: User,
    now: datetime,
) -> DirectoryGroup:
    """Say which role the members of a group have, and where; they get it, and lose what it gave before, many
    of them by a job (`roles`).

    Raises:
        Refused: a group may not give that role (group_role), the unit is not there (group_unit), or nobody
            would be left to administer the body (last_administrator).
    """
    lock_institution(institution.pk)
    row = DirectoryGroup.objects.get(institution=institution, pk=group_id)
    if role and (role not in set(Role) or role == Role.COUNCIL_MEMBER):
        raise Refused("group_role")
    if unit_id is not None and unit_id not in unit_tree(institution).nodes:
        raise Refused("group_unit")
    row.role, row.unit_id = role, unit_id if role else None
    row.save(update_fields=["role", "unit"])
    bring_roles_of(institution, set(row.members.values_list("pk", flat=True)), actor=actor, now=now)
    data = {"group": row.pk, "role": role, "unit": row.unit_id}
    note_configuration(institution.pk, "signin.directory_group_saved", actor=actor, now=now, data=data)
    return row


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _leave(institution: Institution, row: DirectoryUser, *, actor: User, now: datetime) -> None:
    """Take away all that somebody holds here or is offered; close their account where it stands nowhere else
    (its sessions end with it).
    """
    assert row.user is not None
    practice = practice_body_of(institution)
    worked_here = row.has_made_account or works_in(institution, row.user)
    for body in (institution, *([practice] if practice else [])):
        for held in memberships(body).filter(user=row.user):
            try:
                with transaction.atomic():
                    revoke_role(institution=body, membership_id=held.pk, actor=actor, now=now)
            except Refused:
                if not body.is_practice:  # nobody needs to administer what is only practised on
                    raise
    keep_own_key(institution, row.user, actor=actor, now=now)
    for role, unit_id in row.granted:
        take_back(institution, row.user, role, unit_id, actor=actor, now=now)
    row.granted = []
    is_ours = worked_here and not stands_elsewhere(institution, row.user, now=now)
    if is_ours and close_account(user_id=row.user.pk):
        row.has_closed_account = True
    row.save(update_fields=["granted", "has_closed_account"])


def _note(institution: Institution, kind: str, pk: int, *, actor: User, now: datetime, **more: Any) -> None:
    record(
        institution_id=institution.pk,
        stream=f"institution:{institution.pk}",
        kind=kind,
        at=now,
        actor_id=actor.pk,
        data={"row": pk, **more},
    )
