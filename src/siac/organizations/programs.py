# SPDX-License-Identifier: EUPL-1.2
"""The door of programs: a token of a user, its scope, and never more than the user's roles."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from siac.accounts.public import ApiToken, Role, Scope
from siac.infra.ratelimit import hit
from siac.infra.ready import ReadyRows, rows
from siac.organizations.access import Access, Grant, lasts
from siac.organizations.models import Institution

CALLS_PER_MINUTE = 600
_BODY = ReadyRows(Institution, "i")
_HELD = f"""
SELECT {_BODY.columns}, m.role, m.unit_id FROM organizations_membership m
JOIN organizations_institution i ON i.id = m.institution_id
WHERE m.user_id = %s AND m.institution_id = %s AND i.is_active AND {lasts("m", "i")} ORDER BY m.id
"""  # noqa: S608 - columns of our own models


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
            the body that has not ended, or `slug` names another body.
    """
    verdict = hit("api.token", str(token.pk), CALLS_PER_MINUTE, 60, now)
    token.verdict = verdict  # type: ignore[attr-defined]  # whoever answers the call tells it
    if not verdict.allowed:
        raise Throttled(verdict.retry_after)
    if not token.allows(scope):
        raise PermissionDenied(scope.value)
    held = rows(_HELD, [token.user_id, token.institution_id])
    institution = _BODY(held[0][:-2]) if held else None
    if institution is None or slug not in (None, "", institution.slug):
        raise PermissionDenied("no membership")
    grants = [Grant(Role(role), unit_id) for *_, role, unit_id in held]
    return Access(institution, token.user, grants, by=f"token:{token.pk}")
