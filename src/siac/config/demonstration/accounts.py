# SPDX-License-Identifier: EUPL-1.2
"""Who can sign in to the demonstration."""

from siac.organizations.public import ROLE_NAMES, demonstration_memberships

PASSWORD = "demo-siac-puerto"  # noqa: S105 - printed at every start: it opens invented data only


def lines() -> list[str]:
    """Return one line per invented person: e-mail, role, body."""
    return [f"  {row.user.email:<52} {ROLE_NAMES[row.role]}" for row in demonstration_memberships()]
