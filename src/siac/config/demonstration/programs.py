# SPDX-License-Identifier: EUPL-1.2
"""An invented program that a body could tell what happens, paused, so that nothing leaves a demonstration;
and an invented site that shows its form.
"""

from datetime import datetime, timedelta

from siac.cases.public import add_embedding_site
from siac.integrations.webhooks.commands.setup import pause_webhook, save_webhook
from siac.organizations.public import Institution


def tell_programs(institution: Institution, *, now: datetime) -> None:
    """Say where an invented intranet would be told, and pause it."""
    row, _ = save_webhook(
        institution=institution, name="Intranet (inventada)",
        url=f"https://intranet.{institution.slug}.demo.invalid/avisos",
        events=["case.answered", "case.filed", "commitment.breached"], actor=None,
        now=now - timedelta(days=20),
    )  # fmt: skip
    pause_webhook(institution=institution, webhook_id=row.pk, actor=None, now=now - timedelta(days=19))
    add_embedding_site(
        institution=institution, address=f"https://www.{institution.slug}.demo.invalid", actor=None,
        now=now - timedelta(days=15),
    )  # fmt: skip
