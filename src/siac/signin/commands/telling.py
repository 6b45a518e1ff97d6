# SPDX-License-Identifier: EUPL-1.2
"""Telling people of a body what others did to how they come in."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from siac.accounts.public import Role, User
from siac.infra.ratelimit import hit
from siac.journal.public import record
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution, roles_held
from siac.signin.notices import ANOTHER_SERVER, BOUND, REFUSED

KEPT = frozenset({"last_administrator", "directory_key_owner"})
"""Why somebody is not taken away: they administer last, or the key of the directory acts for them."""


@transaction.atomic
def tell_kept(*, institution: Institution, why: str, actor: User | None, now: datetime) -> None:
    """Write into the journal that the directory would have taken somebody away who must stay (`KEPT`), and
    write to whoever administers; at most once a day, however often the directory tries.
    """
    if not hit("signin.directory_refused", f"{institution.pk} {why}", 1, 86_400, now).allowed:
        return
    record(
        institution_id=institution.pk,
        stream=f"institution:{institution.pk}",
        kind="signin.directory_refused",
        at=now,
        actor_id=actor.pk if actor else None,
        data={"why": why},
    )
    _tell_all_who_administer(institution, REFUSED, {"why": why}, now)


def _tell_all_who_administer(
    institution: Institution, kind: str, context: Mapping[str, str], now: datetime
) -> None:
    people = {user for role, _, user in roles_held(institution.pk) if role == Role.ADMINISTRATOR}
    queue_many(
        institution.pk,
        [
            NewNotice(kind, f"user:{user_id}", "email", "institution", institution.pk, context)
            for user_id in sorted(people)
        ],
        now,
    )


def tell_another_server(*, institution: Institution, issuer: str, before: str, now: datetime) -> None:
    """Write to all who administer a body that another server says from now on who its staff is (2 SQL):
    whoever holds it can come in as any of them.
    """
    _tell_all_who_administer(institution, ANOTHER_SERVER, {"issuer": issuer, "before": before}, now)


def tell_bound(*, institution: Institution, user: User, issuer: str, now: datetime) -> None:
    """Write to somebody that a server opens their account from now on (1 SQL)."""
    new = NewNotice(BOUND, f"user:{user.pk}", "email", "institution", institution.pk, {"issuer": issuer})
    queue_many(institution.pk, [new], now)
