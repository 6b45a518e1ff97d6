# SPDX-License-Identifier: EUPL-1.2
"""Reading a mailbox to its end: fetch, keep, commit, and only then put aside on the server."""

import logging
from collections.abc import Callable
from datetime import datetime

from siac.infra.crypto import Unreadable
from siac.integrations.mailbox.commands.receiving import (
    keep_mail,
    note_probe,
    note_read,
    note_success,
    note_trouble,
)
from siac.integrations.mailbox.models import Mailbox
from siac.integrations.mailbox.secrets import password_of
from siac.integrations.mailbox.server import Account, Folder, Listed, MailServerError, Trouble, entered

logger = logging.getLogger(__name__)

PROBE_SECONDS = 60.0
_ASIDE = 50
"""Mails put aside on the server at a time."""


def account_of(mailbox: Mailbox) -> Account:
    """Return how to enter a mailbox.

    Raises:
        MailServerError: its password cannot be read with the keys that are configured.
    """
    try:
        password = password_of(mailbox)
    except Unreadable:
        raise MailServerError(Trouble.KEY_MISSING) from None
    return Account(
        mailbox.host,
        mailbox.port,
        mailbox.security,
        mailbox.username,
        password,
        mailbox.folder,
        mailbox.done_folder,
    )


def fetch_mailbox(mailbox_id: int, clock: Callable[[], datetime]) -> int:
    """Keep all new mail of one mailbox; return how many were new. What goes wrong is noted on the mailbox.

    May be stopped anywhere and run twice at once: what is kept is kept once,
    what is not is still on the server.
    """
    mailbox = Mailbox.objects.select_related("institution").filter(pk=mailbox_id, is_active=True).first()
    if mailbox is None:
        return 0
    kept = 0
    try:
        with entered(account_of(mailbox)) as folder:
            kept = _read(mailbox, folder, clock)
        note_success(mailbox_id=mailbox_id, now=clock())
    except MailServerError as error:
        note_trouble(mailbox_id=mailbox_id, trouble=error.trouble, now=clock())
    return kept


def probe(mailbox: Mailbox) -> int:
    """Enter a mailbox without touching anything; return how many mails its folder holds.

    Waits for a server: only jobs do.

    Raises:
        MailServerError: it could not be used, and why.
    """
    with entered(account_of(mailbox), PROBE_SECONDS) as folder:
        return folder.messages


def probe_mailbox(mailbox_id: int, clock: Callable[[], datetime]) -> None:
    """Test the connection of a mailbox and note on it what was found."""
    mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
    if mailbox is None:
        return
    try:
        count = probe(mailbox)
    except MailServerError as error:
        note_probe(mailbox_id=mailbox_id, trouble=error.trouble, messages=None, now=clock())
    else:
        note_probe(mailbox_id=mailbox_id, trouble="", messages=count, now=clock())


def _read(mailbox: Mailbox, folder: Folder, clock: Callable[[], datetime]) -> int:
    after = mailbox.last_uid if folder.uid_validity == mailbox.uid_validity else 0
    kept, aside = 0, []
    for listed in folder.newer_than(after):
        if mailbox.institution.local_date(listed.received_at) < mailbox.since:
            note_read(mailbox=mailbox, uid=listed.uid, uid_validity=folder.uid_validity)
            continue
        kept += _keep(mailbox, folder, listed, clock)
        aside.append(listed.uid)
        if len(aside) == _ASIDE:
            _put_aside(folder, aside)
            aside = []
    _put_aside(folder, aside)
    return kept


def _keep(mailbox: Mailbox, folder: Folder, listed: Listed, clock: Callable[[], datetime]) -> bool:
    fetched = folder.fetch(listed)
    if fetched is None:  # deleted on the server since it was listed
        return False
    raw, is_cut = fetched
    row = keep_mail(
        mailbox=mailbox,
        listed=listed,
        uid_validity=folder.uid_validity,
        raw=raw,
        is_cut=is_cut,
        now=clock(),
    )
    return row is not None


def _put_aside(folder: Folder, uids: list[int]) -> None:
    """Put kept mail aside; a server that will not do it costs nothing but tidiness."""
    try:
        folder.put_aside(uids)
    except Exception:
        logger.warning("The server did not put %s mails aside", len(uids), exc_info=True)
