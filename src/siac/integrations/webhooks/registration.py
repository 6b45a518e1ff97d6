# SPDX-License-Identifier: EUPL-1.2
"""What webhooks add to lower contexts, said once when the application starts."""

from siac.infra.crypto import register_resealing
from siac.infra.health import register_check
from siac.infra.watching.gauges import Gauge, register_gauge
from siac.integrations.webhooks.commands.sending import DEAD
from siac.integrations.webhooks.commands.telling import queue_entries
from siac.integrations.webhooks.notices import dead
from siac.integrations.webhooks.queries import dead_webhooks, webhook_detail, webhook_trouble
from siac.integrations.webhooks.secrets import register_travelling, reseal
from siac.integrations.webhooks.texts import RECORDED, REFUSALS
from siac.integrations.webhooks.travelling import name_rows
from siac.journal.public import OUTSIDE, declare_events, register_consumer
from siac.notices.public import register_kind
from siac.organizations.public import SetupGroup, SetupTab, register_left_behind, register_setup_tab
from siac.ui.public import register_refusals

_NONE = "A practice body tells no program outside."


def register() -> None:
    """Register words, the page among the configuration, the reader of the journal and key rotation."""
    name_rows()
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_kind(DEAD, dead, title="Un programa no recibe los avisos")
    register_consumer("webhooks.deliveries", (OUTSIDE,), queue_entries, from_now=True)
    register_resealing(reseal)
    register_travelling()
    register_check("webhooks", webhook_trouble, webhook_detail)
    register_gauge(Gauge("siac_webhooks_dead", "Webhooks whose target is dead.", "", dead_webhooks))
    register_setup_tab(
        SetupTab(
            "Avisos a programas", "workspace:webhooks:list", 30, SetupGroup.PROGRAMS,
            "A qué programas se les avisa cuando algo pasa.",
        )
    )  # fmt: skip
    register_left_behind({f"webhooks.{name}": _NONE for name in ("Webhook", "Delivery", "DeliveryTry")})
