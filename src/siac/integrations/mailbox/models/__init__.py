# SPDX-License-Identifier: EUPL-1.2
from siac.integrations.mailbox.models.mail import BlockedSender, IncomingMail, MailState
from siac.integrations.mailbox.models.mailbox import Mailbox, Security

__all__ = ["BlockedSender", "IncomingMail", "MailState", "Mailbox", "Security"]
