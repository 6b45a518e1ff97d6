# SPDX-License-Identifier: EUPL-1.2
"""Whether the directories of bodies can still write here, and their servers of identity are believed."""

from datetime import datetime

from siac.accounts.public import Role, Scope, keys_in_force
from siac.organizations.public import roles_held
from siac.signin.models import IdentityProvider
from siac.signin.operators import is_believed


def directory_trouble(now: datetime) -> str | None:
    """Return how many keys of directories (SCIM) answer nothing because who they act for is gone or
    administers no more: people who leave keep their access meanwhile; None where all do (1 SQL, and 1 for
    each body with such a key).
    """
    dead, held = 0, dict[int, set[int]]()
    for body, user, is_open in keys_in_force(Scope.PEOPLE_WRITE, now=now):
        if body not in held:
            held[body] = {who for role, _, who in roles_held(body) if role == Role.ADMINISTRATOR}
        dead += not is_open or user not in held[body]
    return f"{dead} keys of directories act for nobody who administers" if dead else None


def unnamed_servers(now: datetime) -> str | None:
    """Return how many servers of identity open bodies use that whoever runs the installation does not name,
    so that nobody comes in by them; None where all are believed (1 SQL).
    """
    rows = IdentityProvider.objects.filter(is_active=True, institution__is_active=True)
    unnamed = sum(not is_believed(row) for row in rows.only("audience", "preset", "issuer"))
    return f"{unnamed} servers of identity in use are not named" if unnamed else None
