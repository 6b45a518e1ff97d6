# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `notices`."""

from siac.notices.channels import Channel, channel_label, channel_named
from siac.notices.channels.email import sender, shows_instead_of_sending
from siac.notices.channels.sms import has_gateway, shows_texts
from siac.notices.channels.sms import is_on as sends_texts
from siac.notices.commands.bouncing import note_bounce
from siac.notices.commands.queueing import SEND_TASK, NewNotice, queue, queue_many, queueing
from siac.notices.commands.resolving import cancel, erase_notices, mark_sent, recall, resend
from siac.notices.commands.returning import note_returned, undo_returned
from siac.notices.commands.sending import send_due, settle_broken_off
from siac.notices.commands.switching import switch_texts
from siac.notices.domain.outbox import Code, OnUncertain, Outcome, ReturnReason, State
from siac.notices.domain.phones import mobile_number
from siac.notices.models import Attempt, Notice
from siac.notices.queries import (
    TextMonth,
    has_sent_mail,
    is_sent_to,
    notice_named,
    notice_with_attempts,
    notices_of,
    outbox,
    text_months,
    undelivered,
)
from siac.notices.registry import (
    Address,
    Thread,
    covered,
    kind_title,
    kinds_that_tell_whom,
    register_kind,
    register_recipient,
    register_thread,
)
from siac.notices.texts import OUTCOMES, REFUSALS, RETURN_REASONS, STATES

__all__ = [
    "OUTCOMES",
    "REFUSALS",
    "RETURN_REASONS",
    "SEND_TASK",
    "STATES",
    "Address",
    "Attempt",
    "Channel",
    "Code",
    "NewNotice",
    "Notice",
    "OnUncertain",
    "Outcome",
    "ReturnReason",
    "State",
    "TextMonth",
    "Thread",
    "cancel",
    "channel_label",
    "channel_named",
    "covered",
    "erase_notices",
    "has_gateway",
    "has_sent_mail",
    "is_sent_to",
    "kind_title",
    "kinds_that_tell_whom",
    "mark_sent",
    "mobile_number",
    "note_bounce",
    "note_returned",
    "notice_named",
    "notice_with_attempts",
    "notices_of",
    "outbox",
    "queue",
    "queue_many",
    "queueing",
    "recall",
    "register_kind",
    "register_recipient",
    "register_thread",
    "resend",
    "send_due",
    "sender",
    "sends_texts",
    "settle_broken_off",
    "shows_instead_of_sending",
    "shows_texts",
    "switch_texts",
    "text_months",
    "undelivered",
    "undo_returned",
]
