# SPDX-License-Identifier: EUPL-1.2
"""Django's mail through the server of `SIAC_SMTP_URL`, for the few letters that
are no notices (a forgotten password).
"""

import logging
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import SMTP

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from siac.notices.channels.email import deliver, shows_instead_of_sending
from siac.notices.domain.outbox import Outcome

log = logging.getLogger(__name__)


class NotSent(OSError):
    """The mail server was not there, or did not take the letter."""


class OwnServer(BaseEmailBackend):
    """Hand letters to our mail server; where post is shown and not sent, only note that one was not sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each letter to each of its addresses; return how many letters went out.

        Raises:
            NotSent: one was not taken.
        """
        if shows_instead_of_sending():
            log.warning("%d letters were not sent: SIAC_MAIL is outbox", len(email_messages))
            return 0
        for letter in email_messages:
            for address in letter.recipients():
                # Django makes messages of the old kind, which no policy serves; read anew they are of ours.
                own = message_from_bytes(letter.message().as_bytes(), policy=SMTP)
                result = deliver(own, address)
                if result.outcome != Outcome.ACCEPTED:
                    raise NotSent(result.answer)
        return len(email_messages)
