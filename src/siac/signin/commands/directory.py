# SPDX-License-Identifier: EUPL-1.2
"""The people and groups of a body as its directory tells of them, and the accounts and roles that follow.

A directory rules over what it gave and no more: roles that its groups gave, the name, address and door of
accounts that were opened for it and work nowhere else. Who administers a body last is never taken away.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from siac.accounts.public import (
    Role,
    User,
    account_of,
    account_without_password,
    change_account,
    close_account,
    end_sessions,
    reopen_account,
)
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Institution,
    bodies_of,
    grant_role,
    lock_institution,
    memberships,
    note_configuration,
    practice_body_of,
    revoke_role,
    unit_tree,
)
from siac.signin.domain.scim import account_address, full_name
from siac.signin.models import DirectoryGroup, DirectoryUser

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
    password stay as they are. Who is no longer active loses every role here and their sessions end at once;
    their account is closed where it works nowhere else. Active again, they have the roles of their groups.

    Raises:
        Refused: somebody else of the directory is called so or has that account (directory_taken), the
            account's address is not for this directory to change (directory_address), it was closed by
            whoever runs the installation (account_closed), or nobody would be left to administer the body
            (last_administrator).
    """
    lock_institution(institution.pk)
    row = row or DirectoryUser(institution=institution, created_at=now)
    was_active = row.pk is None or row.is_active
    row.user_name, row.external_id = said["userName"], said.get("externalId", "")
    row.details = {
        name: said[name] for name in _TOLD if said.get(name) not in (None, "", [], {})
    }  # as it was said, to be told again so
    row.is_active, row.changed_at = said.get("active", True), now
    _bind(row, said)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("directory_taken") from error
    if row.is_active:
        if not was_active and row.has_closed_account and row.user_id is not None:
            reopen_account(user_id=row.user_id)
            row.has_closed_account = False
            row.save(update_fields=["has_closed_account"])
        _bring_roles(institution, row, actor=actor, now=now)
    elif row.user is not None:
        _leave(institution, row, actor=actor, now=now)
    _note(institution, "signin.directory_user_saved", row.pk, actor=actor, now=now, active=row.is_active)
    return row


@transaction.atomic
def remove_directory_user(
    *, institution: Institution, row: DirectoryUser, actor: User, now: datetime
) -> None:
    """Forget somebody of the directory, as one who is no longer active.

    Raises:
        Refused: nobody would be left to administer the body (last_administrator).
    """
    lock_institution(institution.pk)
    if row.user is not None:
        _leave(institution, row, actor=actor, now=now)
    pk = row.pk
    row.delete()
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
    """Keep a group and who is in it; whoever comes in or goes out gets or loses its role.

    Members that the directory did not tell of are left aside.

    Raises:
        Refused: another group is called so (directory_taken), or nobody would be left to administer the body
            (last_administrator).
    """
    lock_institution(institution.pk)
    row = row or DirectoryGroup(institution=institution, created_at=now)
    row.name, row.external_id, row.changed_at = (
        said["displayName"][:200], said.get("externalId", ""), now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("directory_taken") from error
    before = set(row.members.values_list("pk", flat=True))
    keys = [key for each in said.get("members", []) if (key := _key(each.get("value", "")))]
    after = set(
        DirectoryUser.objects.filter(institution=institution, key__in=keys).values_list("pk", flat=True)
    )
    row.members.set(after)
    _bring_roles_of(institution, before ^ after, actor=actor, now=now)
    _note(institution, "signin.directory_group_saved", row.pk, actor=actor, now=now, members=len(after))
    return row


@transaction.atomic
def remove_directory_group(
    *, institution: Institution, row: DirectoryGroup, actor: User, now: datetime
) -> None:
    """Forget a group; its members lose the role it gave.

    Raises:
        Refused: nobody would be left to administer the body (last_administrator).
    """
    lock_institution(institution.pk)
    members = set(row.members.values_list("pk", flat=True))
    pk = row.pk
    row.delete()
    _bring_roles_of(institution, members, actor=actor, now=now)
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
    """Say which role the members of a group have, and where; they get it, and lose what it gave before.

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
    _bring_roles_of(institution, set(row.members.values_list("pk", flat=True)), actor=actor, now=now)
    data = {"group": row.pk, "role": role, "unit": row.unit_id}
    note_configuration(institution.pk, "signin.directory_group_saved", actor=actor, now=now, data=data)
    return row


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _bind(row: DirectoryUser, said: Mapping[str, Any]) -> None:
    """Give a person of the directory their account, or keep it up to date where it is the directory's own."""
    email, name = account_address(said), full_name(said)
    if row.user is None:
        if not email:
            return
        row.user = account_of(email)
        if row.user is None:
            row.user, row.has_made_account = account_without_password(email=email, name=name), True
        return
    if row.has_made_account and not _works_elsewhere(row):
        if email and email != row.user.email and account_of(email) is not None:
            raise Refused("directory_taken")
        change_account(user_id=row.user.pk, email=email or row.user.email, name=name)
        row.user.email, row.user.name = email or row.user.email, name
    elif email and email != row.user.email:
        raise Refused("directory_address")


def _works_elsewhere(row: DirectoryUser) -> bool:
    assert row.user is not None
    own = row.institution_id
    others = [body for body in bodies_of(row.user) if own not in (body.pk, body.practice_of_id)]
    return bool(others) or row.user.is_installer


def _leave(institution: Institution, row: DirectoryUser, *, actor: User, now: datetime) -> None:
    """Take away all that somebody holds here, and end their sessions."""
    assert row.user is not None
    practice = practice_body_of(institution)
    worked_here = row.has_made_account or memberships(institution).filter(user=row.user).exists()
    for body in (institution, *([practice] if practice else [])):
        for held in memberships(body).filter(user=row.user):
            try:
                with transaction.atomic():
                    revoke_role(institution=body, membership_id=held.pk, actor=actor, now=now)
            except Refused:
                if not body.is_practice:  # nobody needs to administer what is only practised on
                    raise
    row.granted = []
    if _works_elsewhere(row):
        end_sessions(row.user.pk)
    elif worked_here and close_account(user_id=row.user.pk):
        row.has_closed_account = True
    if row.pk is not None:
        row.save(update_fields=["granted", "has_closed_account"])


def _bring_roles_of(institution: Institution, pks: Collection[int], *, actor: User, now: datetime) -> None:
    rows = DirectoryUser.objects.filter(institution=institution, pk__in=pks).select_related("user")
    for row in rows.order_by("pk"):
        if row.is_active:
            _bring_roles(institution, row, actor=actor, now=now)


def _bring_roles(institution: Institution, row: DirectoryUser, *, actor: User, now: datetime) -> None:
    """Give somebody the roles of their groups that they lack, and take those that groups gave and do not give
    any more; what was given by hand stays.
    """
    if row.user is None:
        return
    giving = row.groups.exclude(role="").values_list("role", "unit_id")
    wanted = {(role, unit_id) for role, unit_id in giving}
    held = {(each.role, each.unit_id): each.pk for each in memberships(institution).filter(user=row.user)}
    given = {(role, unit_id) for role, unit_id in row.granted if (role, unit_id) in held}
    for role, unit_id in sorted(wanted - held.keys(), key=str):
        grant_role(
            institution=institution,
            email=row.user.email,
            name=row.user.name,
            role=Role(role),
            unit_id=unit_id,
            actor=actor,
            now=now,
        )
        given.add((role, unit_id))
    for role, unit_id in sorted(given - wanted, key=str):
        revoke_role(institution=institution, membership_id=held[role, unit_id], actor=actor, now=now)
    row.granted = sorted([list(each) for each in given & wanted], key=str)
    row.save(update_fields=["granted"])


def _note(institution: Institution, kind: str, pk: int, *, actor: User, now: datetime, **more: Any) -> None:
    record(
        institution_id=institution.pk,
        stream=f"institution:{institution.pk}",
        kind=kind,
        at=now,
        actor_id=actor.pk,
        data={"row": pk, **more},
    )
