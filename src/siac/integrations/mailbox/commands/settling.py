# SPDX-License-Identifier: EUPL-1.2
"""What a kept mail becomes: a request, information added to one, or something for an officer to look at."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from siac.cases.public import Case, add_note
from siac.integrations.mailbox.commands.filing import add_to_case, file_request
from siac.integrations.mailbox.commands.threading import Conversation, conversation
from siac.integrations.mailbox.domain.guard import (
    MAILS_PER_HOUR,
    SAME_TEXTS,
    Reason,
    loop_reason,
    said,
    spam_reason,
)
from siac.integrations.mailbox.domain.reading import Mail
from siac.integrations.mailbox.models import IncomingMail, MailState
from siac.integrations.mailbox.queries import (
    content_of,
    is_blocked,
    own_addresses,
    returned_notice,
    said_before,
    sent_within_the_hour,
)
from siac.integrations.mailbox.secrets import token_of
from siac.integrations.mailbox.texts import other_address_note
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.notices.public import note_bounce

logger = logging.getLogger(__name__)

TRIES = 3
"""A mail that cannot be read after so many goes before an officer as it is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a mail became and why."""

    state: MailState
    reason: str = ""
    case_id: int | None = None
    notice_id: int | None = None
    left_out: list[str] = field(default_factory=list)


def settle_due(clock: Callable[[], datetime], limit: int = 200) -> int:
    """Settle up to `limit` kept mails, the first received first and those of a
    flood last; return how many.

    Any number may run at once.
    """
    for settled in range(limit):
        if not settle_next(now=clock()):
            return settled
    return limit


def settle_next(*, now: datetime) -> bool:
    """Settle one kept mail in one transaction: its state and what it became are saved together or not at all.

    What seems trouble of the house (database, disk) is raised, and the mail is tried again after those behind
    it: if it is the mail after all, it holds up nobody.
    """
    taken: list[int] = []
    try:
        return _settle_next(taken, now=now)
    except (OperationalError, InterfaceError, OSError):
        if taken:
            with suppress(OperationalError, InterfaceError):
                IncomingMail.objects.filter(pk__in=taken, state=MailState.NEW).update(tries=F("tries") + 1)
        raise


@transaction.atomic
def _settle_next(taken: list[int], *, now: datetime) -> bool:
    waiting = IncomingMail.objects.filter(state=MailState.NEW).select_related("mailbox", "institution")
    mail = (
        waiting.select_for_update(skip_locked=True, of=("self",)).order_by("is_late", "tries", "pk").first()
    )
    if mail is None:
        return False
    taken.append(mail.pk)
    try:
        with transaction.atomic():
            verdict = _decided(mail, now=now)
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception:
        logger.exception("Mail %s could not be settled", mail.pk)
        mail.tries += 1
        mail.save(update_fields=["tries"])
        if mail.tries < TRIES:
            return True
        verdict = Verdict(MailState.REVIEW, Reason.UNREADABLE)
    conclude(mail, verdict, now=now)
    return True


def conclude(mail: IncomingMail, verdict: Verdict, *, now: datetime, actor_id: int | None = None) -> None:
    """Save what became of a mail and journal it.

    Once a case has the person, the mail no longer names the sender.
    """
    mail.state, mail.reason = verdict.state, verdict.reason
    mail.case_id, mail.notice_id = verdict.case_id, verdict.notice_id or mail.notice_id
    mail.left_out, mail.settled_at, mail.decided_by_id = verdict.left_out, now, actor_id
    if verdict.state in (MailState.FILED, MailState.ADDED):
        mail.sender = b""
    mail.save(
        update_fields=[
            "state", "reason", "case", "notice_id", "left_out", "settled_at", "decided_by", "sender",
            "text_token",
        ]
    )  # fmt: skip
    record(
        institution_id=mail.institution_id,
        stream=mail.stream,
        kind="mailbox.settled",
        at=now,
        actor_id=actor_id,
        data={
            "state": str(mail.state), "reason": str(mail.reason), "case": mail.case_id, "sha256": mail.sha256,
            "left_out": len(mail.left_out),
        },
    )  # fmt: skip


def _decided(mail: IncomingMail, *, now: datetime) -> Verdict:
    content = content_of(mail)
    if content is None or content.is_unread:
        return Verdict(MailState.REVIEW, Reason.UNREADABLE)
    twin = _twin(mail)
    if twin is not None:
        if twin.state in (MailState.FILED, MailState.ADDED):
            return Verdict(MailState.ADDED, Reason.REPEATED, twin.case_id)
        return Verdict(MailState.LEFT, Reason.REPEATED)
    talk = conversation(mail.institution, content, server=mail.mailbox.checking_server, now=now)
    is_answer = talk.case is not None or bool(content.answers_to)
    mail.text_token = token_of(mail.institution_id, said(content, is_answer=is_answer))
    verdict = _not_a_persons(mail, content, talk, now=now)
    return verdict or _persons(mail, content, talk, now=now)


def _twin(mail: IncomingMail) -> IncomingMail | None:
    """Return the same mail in another mailbox of the body, already settled; one of two at a time gets
    here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
            [mail.content_digest, mail.institution_id],
        )
    same = IncomingMail.objects.filter(
        institution_id=mail.institution_id, content_digest=mail.content_digest, message_id=mail.message_id
    )
    return same.exclude(pk=mail.pk).exclude(state=MailState.NEW).order_by("pk").first()


def _not_a_persons(mail: IncomingMail, content: Mail, talk: Conversation, *, now: datetime) -> Verdict | None:
    reason = loop_reason(content, own_addresses(mail.institution))
    if reason in (Reason.BOUNCE, Reason.DELIVERY_REPORT):
        return _reported(mail, content, reason, now=now)
    blocked = is_blocked(mail.institution_id, bytes(mail.sender_token))
    unwanted = spam_reason(content, is_blocked=blocked, is_proven_reply=talk.is_proven and talk.is_own)
    if unwanted is not None:
        return Verdict(MailState.SPAM, unwanted)
    if reason is None and mail.sender_token and sent_within_the_hour(mail) > MAILS_PER_HOUR:
        reason = Reason.TOO_MANY
    return Verdict(MailState.LOOP, reason, notice_id=talk.notice_id) if reason is not None else None


def _reported(mail: IncomingMail, content: Mail, reason: Reason, *, now: datetime) -> Verdict:
    """Mark the notice that came back; a report that is not believed goes before an officer."""
    notice, is_believed = returned_notice(mail.institution_id, content.report)
    if notice is None or content.report is None:
        return Verdict(MailState.LOOP, reason)
    if not is_believed:
        case_id = notice.subject_id if notice.subject_type == "case" else None
        return Verdict(MailState.REVIEW, Reason.OTHER_RECIPIENT, case_id, notice.pk)
    note_bounce(mail.institution_id, [notice.message_id], answer=content.report.reason, now=now)
    return Verdict(MailState.LOOP, reason, notice_id=notice.pk)


def _persons(mail: IncomingMail, content: Mail, talk: Conversation, *, now: datetime) -> Verdict:
    if not content.sender:
        return Verdict(MailState.REVIEW, Reason.NO_SENDER)
    if not (content.text or content.subject or content.files or content.rest):
        return Verdict(MailState.REVIEW, Reason.EMPTY)
    try:
        with transaction.atomic():
            if talk.case is not None and talk.is_own:
                return _continued(mail, content, talk.case, talk, now=now)
            return _new(mail, content, talk, now=now)
    except Refused as refused:
        return Verdict(MailState.REVIEW, refused.code[:40], talk.case.pk if talk.case else None)


def _continued(
    mail: IncomingMail, content: Mail, case: Case, talk: Conversation, *, now: datetime
) -> Verdict:
    """Add to the case while it is open.

    On a finished one a person decides: thanks, disagreement or something new.
    """
    if not case.is_open:
        return Verdict(MailState.REVIEW, Reason.CASE_FINISHED, case.pk, talk.notice_id)
    if not talk.is_checked:  # anybody can write any sender: what resumes a term must be that person's
        return Verdict(MailState.REVIEW, Reason.NOT_PROVEN, case.pk, talk.notice_id)
    is_same = said_before(mail) >= SAME_TEXTS
    left_out = add_to_case(mail, content, case, now=now, is_same=is_same)
    reason = Reason.SAME_TEXT if is_same else ""
    return Verdict(MailState.ADDED, reason, case.pk, talk.notice_id, left_out)


def _new(mail: IncomingMail, content: Mail, talk: Conversation, *, now: datetime) -> Verdict:
    is_same = said_before(mail) >= SAME_TEXTS
    case, left_out = file_request(mail, content, now=now, is_same=is_same)
    verdict = Verdict(MailState.FILED, Reason.SAME_TEXT if is_same else "", case.pk, None, left_out)
    if talk.case is None:
        return verdict
    # Whoever knows a folio is not thereby its person: nothing of that case is
    # told, and nothing enters it unseen.
    note = other_address_note(talk.case.folio)
    add_note(institution=mail.institution, case_id=case.pk, body=note, actor=None, now=now)
    return replace(verdict, reason=Reason.OTHER_ADDRESS)
