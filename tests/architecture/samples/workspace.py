# SPDX-License-Identifier: EUPL-1.2
"""Pages of the house that belong to no context: home, and what was sent."""

from tests.architecture.samples.whom import CALENDARS, OUTBOX, STAFF, Sample, with_

SAMPLES = {
    "workspace:home": Sample(STAFF, moved=True),
    "workspace:today": Sample(STAFF),
    "workspace:search": Sample(STAFF),
    "workspace:outbox:list": Sample(OUTBOX),
    "workspace:outbox:text_messages": Sample(OUTBOX),
    "workspace:outbox:text_switch": Sample(CALENDARS, post=True, data={"enviar": "no"}),
    "workspace:outbox:notice": Sample(OUTBOX, with_(notice_id="notice")),
    "workspace:outbox:decide": Sample(
        CALENDARS, with_(notice_id="notice"), post=True, data={"accion": "sent"}
    ),
    "workspace_root": Sample(STAFF, moved=True),
}
