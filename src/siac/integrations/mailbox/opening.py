# SPDX-License-Identifier: EUPL-1.2
"""Reading mails in a process apart: one that cannot be read is still a mail, with its original as its
file.
"""

import logging

from siac.infra.confined import CannotRead, read
from siac.integrations.mailbox.domain.apart import envelope_of, mail_of
from siac.integrations.mailbox.domain.reading import Envelope, Mail, bare_envelope, unread_mail

logger = logging.getLogger(__name__)

SECONDS = 20.0
_HEAD = "siac.integrations.mailbox.domain.apart:head"
_READ = "siac.integrations.mailbox.domain.apart:read"


def open_envelope(raw: bytes) -> Envelope:
    """Return what tells a mail from others; only the digest of its bytes where its head cannot be read."""
    try:
        values, _ = read(_HEAD, raw, seconds=SECONDS)
    except CannotRead as error:
        logger.warning("The head of a mail of %s bytes could not be read: %s", len(raw), error.reason)
        return bare_envelope(raw)
    return envelope_of(values)


def open_mail(raw: bytes, *, is_cut: bool = False, subject: str = "") -> Mail:
    """Return what a mail says; its original alone where it cannot be read in time, then with `is_unread`."""
    try:
        values, contents = read(_READ, raw, {"is_cut": is_cut}, seconds=SECONDS)
    except CannotRead as error:
        logger.warning("A mail of %s bytes could not be read: %s", len(raw), error.reason)
        return unread_mail(raw, subject=subject)
    return mail_of(values, contents)
