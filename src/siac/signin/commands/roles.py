# SPDX-License-Identifier: EUPL-1.2
"""The roles that people of a directory have by their groups: given and taken at once, or where they are many
by a job, some at a time: nobody who comes in waits for all of them, and no request ends before its end.
"""

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from siac.accounts.public import Role, Scope, User, key_holders, user_of
from siac.infra.longwork import TimeSource
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Institution,
    grant_role,
    invite,
    lock_institution,
    memberships,
    revoke_role,
    roles_held,
    stands_elsewhere,
    withdraw_offer,
)
from siac.signin.commands.telling import KEPT, tell_kept
from siac.signin.models import DirectoryUser
from siac.signin.queries import directory_users

log = logging.getLogger(__name__)
AT_ONCE = 25
"""How many people get their roles in one transaction: some 20 SQL each, with the row of the body locked."""
JOB = "signin.directory_roles"


def bring_roles_of(institution: Institution, pks: Collection[int], *, actor: User, now: datetime) -> None:
    """Give some people of the directory the roles of their groups, and take those that groups give no more;
    the caller has the body locked. More than `AT_ONCE` of them by a job (2 SQL).

    Raises:
        Refused: as `bring_roles`; the job leaves that role where it is, and who administers is told.
    """
    if len(pks) > AT_ONCE:
        DirectoryUser.objects.filter(institution=institution, pk__in=pks).update(is_due=True)
        app.configure_task(JOB).defer(institution_id=institution.pk, actor_id=actor.pk)
        return
    for row in directory_users(institution).filter(pk__in=pks):
        if row.is_active:
            bring_roles(institution, row, actor=actor, now=now)


def bring_due_roles(*, institution_id: int, actor_id: int | None, clock: TimeSource) -> int:
    """Give all people of a directory that wait for it the roles of their groups, `AT_ONCE` in each
    transaction; return how many (5 SQL for each transaction, and those of `bring_roles` for each of them).
    """
    actor, done = (user_of(actor_id) if actor_id else None), 0
    while some := _bring_some(institution_id, actor, clock()):
        done += some
    return done


@transaction.atomic
def _bring_some(institution_id: int, actor: User | None, now: datetime) -> int:
    institution = lock_institution(institution_id)
    due = DirectoryUser.objects.filter(institution=institution, is_due=True).select_related("user")
    rows = list(due.order_by("pk")[:AT_ONCE])
    for row in rows:
        if row.is_active and not row.is_removed:
            _bring(institution, row, actor, now)
    DirectoryUser.objects.filter(pk__in=[row.pk for row in rows]).update(is_due=False)
    return len(rows)


def _bring(institution: Institution, row: DirectoryUser, actor: User | None, now: datetime) -> None:
    try:
        with transaction.atomic():
            bring_roles(institution, row, actor=actor, now=now)
    except Refused as refused:
        log.warning("directory user %s: %s", row.pk, refused.code)
        if refused.code in KEPT:
            tell_kept(institution=institution, why=refused.code, actor=actor, now=now)


def keep_own_key(institution: Institution, user: User, *, actor: User | None, now: datetime) -> None:
    """Let nobody take away by whom the directory writes here: its key would answer no more, and whoever
    leaves after that would stay unseen. Asked once their role is taken, before that is kept (2 SQL at most).

    Which key a directory uses is seen only when it calls: that of `actor`. Another one of whoever leaves,
    which somebody forgot to revoke, keeps nobody here as long as the key of one who administers answers.

    Raises:
        Refused: the key of the directory acts for that person (directory_key_owner).
    """
    holders = key_holders(institution.pk, Scope.PEOPLE_WRITE, now=now)
    if user.pk not in holders:
        return
    administer = {who for role, _, who in roles_held(institution.pk) if role == Role.ADMINISTRATOR}
    is_own = actor is not None and actor.pk == user.pk
    if user.pk not in administer and (is_own or not holders & administer):
        raise Refused("directory_key_owner", name=user.name)


def bodies_with_due_roles() -> list[int]:
    """Return the bodies of whose directory somebody waits for their roles (1 SQL)."""
    rows = DirectoryUser.objects.filter(is_due=True).order_by("institution_id")
    return list(rows.values_list("institution_id", flat=True).distinct())


def take_back(
    institution: Institution, user: User, role: str, unit_id: int | None, *, actor: User | None, now: datetime
) -> None:
    """Take back the offer of a role, if there is one (1 SQL, and those of taking it back)."""
    withdraw_offer(
        institution=institution, email=user.email, role=Role(role), unit_id=unit_id, actor=actor, now=now
    )


def bring_roles(institution: Institution, row: DirectoryUser, *, actor: User | None, now: datetime) -> None:
    """Give somebody the roles of their groups that they lack, and take those that groups gave and do not give
    any more; what was given by hand stays (some 20 SQL). A closed account gets none until it is open. Whose
    account stands elsewhere, too, is offered each once by letter, and holds it when they accept.

    Raises:
        Refused: nobody would be left to administer the body (last_administrator), or the key of the directory
            acts for them (directory_key_owner).
    """
    if row.user is None:
        return
    giving = row.groups.exclude(role="").values_list("role", "unit_id")
    wanted = {(role, unit_id) for role, unit_id in giving}
    held = {(each.role, each.unit_id): each.pk for each in memberships(institution).filter(user=row.user)}
    given = {(role, unit_id) for role, unit_id in row.granted}
    if not wanted and not given:
        return
    is_of_others = stands_elsewhere(institution, row.user, now=now)
    offered = given - held.keys()
    lacking = wanted - held.keys() - (offered if is_of_others else set())
    give = invite if is_of_others else grant_role
    for role, unit_id in sorted(lacking if row.user.is_active else (), key=str):
        take_back(institution, row.user, role, unit_id, actor=actor, now=now)
        give(
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
        if (role, unit_id) in held:
            revoke_role(institution=institution, membership_id=held[role, unit_id], actor=actor, now=now)
            if role == Role.ADMINISTRATOR:
                keep_own_key(institution, row.user, actor=actor, now=now)
        else:
            take_back(institution, row.user, role, unit_id, actor=actor, now=now)
    row.granted = sorted([list(each) for each in given & wanted], key=str)
    row.save(update_fields=["granted"])
