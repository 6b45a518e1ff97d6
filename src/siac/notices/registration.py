# SPDX-License-Identifier: EUPL-1.2
"""What notices add to lower contexts, said once when the application starts."""

from siac.infra.health import register_check
from siac.journal.public import declare_events
from siac.notices.queries import outbox_detail, outbox_trouble
from siac.notices.texts import RECORDED, REFUSALS
from siac.ui.public import register_refusals


def register() -> None:
    """Word what is refused, and tell of mail that does not go out."""
    register_check("outbox", outbox_trouble, outbox_detail)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
