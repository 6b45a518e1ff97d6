# SPDX-License-Identifier: EUPL-1.2
"""The door of programs: a token of a user, its scope, and never more than the user's roles."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from siac.accounts.public import ApiToken, Role, Scope
from siac.infra.ratelimit import hit
from siac.organizations.access import Access, Grant
from siac.organizations.models import Membership

CALLS_PER_MINUTE = 600


class Throttled(Exception):
    """The token was used too often; try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def program_access(token: ApiToken, slug: str | None, scope: Scope, *, now: datetime) -> Access:
    """Return what the user of `token` may do in the body the token belongs to (2 SQL).

    Raises:
        Throttled: more than `CALLS_PER_MINUTE` calls with this token in the last minute.
        PermissionDenied: the token lacks `scope`, its user has no role left in
            the body, or `slug` names another body.
    """
    verdict = hit("api.token", str(token.pk), CALLS_PER_MINUTE, 60, now)
    if not verdict.allowed:
        raise Throttled(verdict.retry_after)
    if not token.allows(scope):
        raise PermissionDenied(scope.value)
    rows = list(
        Membership.objects.filter(
            user=token.user, institution=token.institution_id, institution__is_active=True
        )
        .select_related("institution")
        .order_by("pk")
    )
    if not rows or slug not in (None, "", rows[0].institution.slug):
        raise PermissionDenied("no membership")
    return Access(rows[0].institution, token.user, [Grant(Role(row.role), row.unit_id) for row in rows])
