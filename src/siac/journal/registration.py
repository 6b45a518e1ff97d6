# SPDX-License-Identifier: EUPL-1.2
"""What the journal adds to lower contexts, said once when the application starts."""

from siac.infra.health import register_check
from siac.journal.events import declare_events
from siac.journal.queries import seal_detail, seal_trouble
from siac.journal.travelling import register_travelling


def register() -> None:
    """Tell when sealing stands still, and allow the journal's own entries."""
    declare_events("access.read")
    register_check("seal", seal_trouble, seal_detail)
    register_travelling()
