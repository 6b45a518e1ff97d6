# SPDX-License-Identifier: EUPL-1.2
"""Changes of how people are attended."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration, save_version
from siac.servicepoints.domain.types import channels
from siac.servicepoints.models import CareProtocol

LINES = 30
"""Lines that each part may have."""


@transaction.atomic
def save_care(
    *,
    institution: Institution,
    channel: str,
    steps: Sequence[str],
    rights: Sequence[str],
    duties: Sequence[str],
    is_active: bool = True,
    protocol: CareProtocol | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> CareProtocol:
    """Say how people are attended by a channel (empty: by whichever), or change `protocol` as its next
    version. Lines that say nothing are left out.

    Raises:
        Refused: there is one of that channel already (care_channel_taken), there is no such channel
            (care_channel), it says nothing (care_empty), or somebody saved it meanwhile (saved_meanwhile).
    """
    if channel and channel not in channels():
        raise Refused("care_channel")
    fields = {
        "channel": channel, "steps": _lines(steps), "rights": _lines(rights), "duties": _lines(duties),
        "is_active": is_active,
    }  # fmt: skip
    if not (fields["steps"] or fields["rights"] or fields["duties"]):
        raise Refused("care_empty")
    row = protocol or CareProtocol(institution=institution)
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("care_channel_taken") from error
    if saved.is_changed:
        data = {"protocol": saved.row.pk, "channel": channel, "version": saved.row.version}
        note_configuration(institution.pk, "servicepoints.care_saved", actor=actor, now=now, data=data)
    return saved.row


def _lines(typed: Sequence[str]) -> list[str]:
    return [line for each in typed[:LINES] if (line := squeeze(each))]
