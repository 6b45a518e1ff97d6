# SPDX-License-Identifier: EUPL-1.2
"""Pages of `integrations.webhooks`."""

from datetime import datetime

from siac.integrations.webhooks.commands.setup import save_webhook, send_ping
from tests.architecture.samples.whom import ADMIN, Made, Sample, with_
from tests.factories import House

_ONE = with_(webhook_id="webhook")
_MESSAGE = with_(webhook_id="webhook", delivery_id="webhook_delivery")
SAMPLES = {
    "workspace:webhooks:list": Sample(ADMIN),
    "workspace:webhooks:webhook_new": Sample(ADMIN),
    "workspace:webhooks:webhook": Sample(ADMIN, _ONE),
    "workspace:webhooks:edit": Sample(ADMIN, _ONE),
    "workspace:webhooks:delivery": Sample(ADMIN, _MESSAGE),
    "workspace:webhooks:rotate": Sample(ADMIN, _ONE, post=True),
    "workspace:webhooks:pause": Sample(ADMIN, _ONE, post=True),
    "workspace:webhooks:resume": Sample(ADMIN, _ONE, post=True),
    "workspace:webhooks:ping": Sample(ADMIN, _ONE, post=True),
    "workspace:webhooks:again": Sample(ADMIN, _MESSAGE, post=True),
    "workspace:webhooks:remove": Sample(ADMIN, _ONE, post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Tell a program that nobody answers for, and queue a message for it."""
    row, _ = save_webhook(
        institution=house.institution, name="Intranet", url="https://intranet.example.org/avisos",
        events=["case.filed"], actor=None, now=now,
    )  # fmt: skip
    sent = send_ping(institution=house.institution, webhook_id=row.pk, now=now)
    return {"webhook": row.pk, "webhook_delivery": sent.pk}
