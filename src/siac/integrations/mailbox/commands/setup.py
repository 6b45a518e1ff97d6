# SPDX-License-Identifier: EUPL-1.2
"""Setting up mailboxes."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from siac.accounts.public import User
from siac.cases.public import kinds
from siac.integrations.mailbox import secrets
from siac.integrations.mailbox.models import Mailbox, Security
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration, unit_tree

PROBE_TASK = "mailbox.probe"
_LOCAL = {"localhost", "127.0.0.1", "::1"}


@transaction.atomic
def save_mailbox(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    password: str,
    mailbox: Mailbox | None = None,
    **fields: Any,
) -> Mailbox:
    """Add a mailbox, or change `mailbox`; an empty `password` keeps the one it has, which no other server or
    user gets.

    Another server, user or folder is read from its beginning, mail received before `since` left aside. The
    journal keeps that it changed, never the password.

    Raises:
        Refused: the body is one to practise on (practice_without_mailbox), unknown kind or unit, a kind
            that needs an identity document (a mail carries none), no encryption to another machine, no
            password, or the folder is connected already.
    """
    if institution.is_practice:
        raise Refused("practice_without_mailbox")
    row = mailbox or Mailbox(institution=institution, created_at=now, next_fetch_at=now)
    before = (row.host, row.username, row.folder)
    stays = (fields.get("host", row.host), fields.get("username", row.username)) == before[:2]
    known = secrets.password_of(row) if mailbox is not None and stays and not password else password
    for name, value in fields.items():
        setattr(row, name, value)
    _check(institution, row, known)
    row.password = secrets.sealed(known, secrets.bound_mailbox(institution.pk, row.host, row.username))
    if before != (row.host, row.username, row.folder):
        row.uid_validity, row.last_uid = None, 0
    row.next_fetch_at, row.failures, row.last_error = now, 0, ""
    row.probe_asked_at, row.probed_at, row.probe_trouble, row.probe_messages = None, None, "", None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("mailbox_taken") from error
    note_configuration(institution.pk, "mailbox.saved", actor=actor, now=now, data={"mailbox": row.pk})
    return row


@transaction.atomic
def ask_probe(*, mailbox: Mailbox, now: datetime) -> None:
    """Have a job test the connection of a mailbox; one at a time."""
    Mailbox.objects.filter(pk=mailbox.pk).update(probe_asked_at=now)
    name = f"mailbox.probe:{mailbox.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(PROBE_TASK, lock=name, queueing_lock=name).defer(mailbox_id=mailbox.pk)


def _check(institution: Institution, row: Mailbox, password: str) -> None:
    kind = kinds(institution).get(row.kind_id)
    if kind is None:
        raise Refused("kind_unknown")
    if kind.requires_document:
        raise Refused("mailbox_kind_needs_document")
    if row.unit_id is not None and row.unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    if row.security == Security.NONE and row.host not in _LOCAL:
        raise Refused("mailbox_not_encrypted")
    if not password:
        raise Refused("mailbox_password_missing")
