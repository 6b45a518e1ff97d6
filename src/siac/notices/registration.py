# SPDX-License-Identifier: EUPL-1.2
"""What notices add to lower contexts, said once when the application starts."""

from siac.infra.health import register_check
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.infra.watching.gauges import Gauge, register_gauge
from siac.journal.public import declare_events
from siac.notices.channels import register_channel
from siac.notices.channels.by_hand import LETTER, NONE, PHONE, PICKUP
from siac.notices.channels.email import EMAIL
from siac.notices.channels.sms import SMS
from siac.notices.measuring import METRICS, SOURCE
from siac.notices.queries import outbox_detail, outbox_sizes, outbox_trouble, texts_trouble
from siac.notices.reach import smtp_trouble
from siac.notices.texts import RECORDED, REFUSALS
from siac.notices.travelling import name_rows
from siac.ui.public import register_refusals

CHANNELS = (EMAIL, SMS, LETTER, PICKUP, PHONE, NONE)


def register() -> None:
    """Register the channels, word what is refused, and tell of what does not go out."""
    name_rows()
    for channel in CHANNELS:
        register_channel(channel)
    register_check("outbox", outbox_trouble, outbox_detail)
    register_gauge(Gauge("siac_notices", "Notices that did not go out, by state.", "state", outbox_sizes))
    register_check("texts", texts_trouble)
    register_check("smtp", smtp_trouble, apart=True)
    register_refusals(REFUSALS)
    declare_events(*RECORDED, untrue=(FACTS,))
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
