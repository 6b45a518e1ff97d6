# SPDX-License-Identifier: EUPL-1.2
"""Telling who administers a body that its directory wanted what must not be."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import Role, User
from siac.infra.ratelimit import hit
from siac.journal.public import record
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution, roles_held
from siac.signin.notices import REFUSED


@transaction.atomic
def tell_last_administrator(*, institution: Institution, actor: User | None, now: datetime) -> None:
    """Write into the journal that the directory would have taken the last administrator away, and write to
    whoever administers; at most once a day, however often the directory tries.
    """
    if not hit("signin.directory_refused", str(institution.pk), 1, 86_400, now).allowed:
        return
    record(
        institution_id=institution.pk,
        stream=f"institution:{institution.pk}",
        kind="signin.directory_refused",
        at=now,
        actor_id=actor.pk if actor else None,
        data={"why": "last_administrator"},
    )
    people = {user for role, _, user in roles_held(institution.pk) if role == Role.ADMINISTRATOR}
    queue_many(
        institution.pk,
        [
            NewNotice(REFUSED, f"user:{user_id}", "email", "institution", institution.pk)
            for user_id in sorted(people)
        ],
        now,
    )
