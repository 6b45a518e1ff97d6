# SPDX-License-Identifier: EUPL-1.2
"""What would become of a mail, and why: for support, and to try a form or a program that writes.

Nothing is kept.
"""

from dataclasses import dataclass
from datetime import datetime

from siac.cases.public import Case
from siac.integrations.mailbox.commands.filing import checked_files
from siac.integrations.mailbox.commands.threading import Conversation, conversation
from siac.integrations.mailbox.domain.guard import Reason, loop_reason, spam_reason, wants_no_reply
from siac.integrations.mailbox.domain.reading import Mail
from siac.integrations.mailbox.domain.writing import answered_by
from siac.integrations.mailbox.models import Mailbox, MailState
from siac.integrations.mailbox.opening import open_mail
from siac.integrations.mailbox.queries import is_blocked, own_addresses, returned_notice
from siac.integrations.mailbox.secrets import token_of

Judgement = tuple[MailState, str, Case | None]
"""The state, the code of why, and the request it would be added to."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """A mail as it is read, the state it would be in and the code of why;
    `folio` of the request it would be added to.
    """

    mail: Mail
    state: MailState
    reason: str = ""
    folio: str = ""
    without_receipt: bool = False
    kept: tuple[tuple[str, int], ...] = ()
    """Name and bytes of each file that would be kept."""
    left_out: tuple[str, ...] = ()


def foretell(raw: bytes, mailbox: Mailbox | None, *, now: datetime) -> Foretold:
    """Return what would become of a mail that reached `mailbox`, or, without
    one, any mailbox of nobody in particular.

    How many mails an address has sent within the hour, and whether this one came before, is not looked at.
    """
    mail = open_mail(raw)
    if mailbox is not None:
        mail = answered_by(mail, mailbox.relaying)
    files, left_out = checked_files(mail)
    talk = Conversation()
    if mailbox is not None:
        talk = conversation(mailbox.institution, mail, server=mailbox.checking_server, now=now)
    state, reason, case = _judged(mail, mailbox, talk)
    return Foretold(
        mail,
        state,
        reason,
        case.folio if case is not None else "",
        state == MailState.FILED and wants_no_reply(mail),
        tuple((file.name, file.size) for file in files),
        tuple(left_out),
    )


def _judged(mail: Mail, mailbox: Mailbox | None, talk: Conversation) -> Judgement:
    if mail.is_unread:
        return MailState.REVIEW, Reason.UNREADABLE, None
    own = own_addresses(mailbox.institution) if mailbox is not None else frozenset()
    machine = loop_reason(mail, own)
    if machine in (Reason.BOUNCE, Reason.DELIVERY_REPORT):
        notice, is_believed = (
            returned_notice(mailbox.institution_id, mail.report) if mailbox else (None, True)
        )
        if notice is not None and not is_believed:
            return MailState.REVIEW, Reason.OTHER_RECIPIENT, None
        return MailState.LOOP, machine, None
    blocked = mailbox is not None and is_blocked(
        mailbox.institution_id, token_of(mailbox.institution_id, mail.sender)
    )
    unwanted = spam_reason(mail, is_blocked=blocked, is_proven_reply=talk.is_proven and talk.is_own)
    if unwanted is not None:
        return MailState.SPAM, unwanted, None
    if machine is not None:
        return MailState.LOOP, machine, None
    return _persons(mail, talk)


def _persons(mail: Mail, talk: Conversation) -> Judgement:
    if not mail.sender:
        return MailState.REVIEW, Reason.NO_SENDER, None
    if not (mail.text or mail.subject or mail.files or mail.rest):
        return MailState.REVIEW, Reason.EMPTY, None
    if talk.case is None:
        return MailState.FILED, "", None
    if not talk.is_own:
        return MailState.FILED, Reason.OTHER_ADDRESS, None
    if not talk.case.is_open:
        return MailState.REVIEW, Reason.CASE_FINISHED, talk.case
    if not talk.is_checked:
        return MailState.REVIEW, Reason.NOT_PROVEN, talk.case
    return MailState.ADDED, "", talk.case
