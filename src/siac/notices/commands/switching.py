# SPDX-License-Identifier: EUPL-1.2
"""Taking a channel into use, or out of it."""

from datetime import datetime

from django.db import transaction

from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.notices.channels.sms import CODE, has_gateway, shows_texts
from siac.notices.domain.outbox import Code
from siac.notices.models import ChannelSwitch


@transaction.atomic
def switch_texts(institution_id: int, *, is_on: bool, actor_id: int | None, now: datetime) -> None:
    """Have a body send text messages, or no longer; the same again changes nothing.

    Raises:
        Refused: no gateway is set up, so none could go out.
    """
    if is_on and not (has_gateway() or shows_texts()):
        raise Refused(Code.NO_GATEWAY)
    row, is_new = ChannelSwitch.objects.select_for_update().get_or_create(
        institution_id=institution_id, channel=CODE, defaults={"is_on": is_on}
    )
    if not is_new and row.is_on == is_on:
        return
    ChannelSwitch.objects.filter(pk=row.pk).update(is_on=is_on)
    data = {"channel": CODE, "on": is_on}
    record(institution_id, "notices", "notices.channel_switched", now, actor_id, data=data)
