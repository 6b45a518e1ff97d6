# SPDX-License-Identifier: EUPL-1.2
"""The door of programs: a token of a user, its scope, and never more than the user's roles."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from siac.accounts.public import ApiToken, Role, Scope, User
from siac.infra.ratelimit import hit
from siac.kernel.errors import Refused
from siac.organizations.access import Access, Grant, access_in
from siac.organizations.models import Membership

CALLS_PER_MINUTE = 600


class Throttled(Exception):
    """The token was used too often; try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def program_access(token: ApiToken, slug: str | None, scope: Scope, *, now: datetime) -> Access:
    """Return what the user of `token` may do in the body `slug`, or in the only body of the user (2 SQL).

    Raises:
        Throttled: more than `CALLS_PER_MINUTE` calls with this token in the last minute.
        PermissionDenied: the token lacks `scope`, or its user has no role in the body.
        Http404: there is no such body.
        Refused: no body was named and the user works in several (institution_needed).
    """
    verdict = hit("api.token", str(token.pk), CALLS_PER_MINUTE, 60, now)
    if not verdict.allowed:
        raise Throttled(verdict.retry_after)
    if not token.allows(scope):
        raise PermissionDenied(scope.value)
    return access_in(token.user, slug) if slug else _only_access(token.user)


def _only_access(user: User) -> Access:
    rows = list(
        Membership.objects.filter(user=user, institution__is_active=True)
        .select_related("institution")
        .order_by("pk")
    )
    if not rows:
        raise PermissionDenied("no membership")
    if len({row.institution_id for row in rows}) > 1:
        raise Refused("institution_needed")
    return Access(rows[0].institution, user, [Grant(Role(row.role), row.unit_id) for row in rows])
