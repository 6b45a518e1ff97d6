# SPDX-License-Identifier: EUPL-1.2
"""What the workspace adds to lower contexts, said once when the application starts."""

from siac.accounts.public import Permission
from siac.infra.idempotency import REFUSALS
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals


def register() -> None:
    """Put the outbox into the navigation, and word the refusals of the plumbing."""
    register_refusals(REFUSALS)
    register_nav(
        NavItem("Avisos", "workspace:outbox:list", Permission.OUTBOX_READ, 70, group=NavGroup.RECORDS)
    )
