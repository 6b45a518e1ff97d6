# SPDX-License-Identifier: EUPL-1.2
"""Who can sign in to the demonstration."""

from siac.organizations.public import ROLE_NAMES, Membership

PASSWORD = "demo-siac-puerto"  # noqa: S105 - printed at every start: it opens invented data only


def lines() -> list[str]:
    """Return one line per invented person: e-mail, role, body."""
    rows = (
        Membership.objects.filter(institution__is_demo=True, institution__practice_of=None)
        .select_related("user", "institution")
        .order_by("institution__name", "pk")
    )
    return [f"  {row.user.email:<52} {ROLE_NAMES[row.role]}" for row in rows]
