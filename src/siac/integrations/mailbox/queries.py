# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about mailboxes and their mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, QuerySet

from siac.documents.public import Attachment, attachments_of, open_file
from siac.infra.config_cache import ConfigCache
from siac.integrations.mailbox.domain.guard import Reason
from siac.integrations.mailbox.domain.reading import Mail, Report, unread_mail
from siac.integrations.mailbox.domain.writing import answered_by
from siac.integrations.mailbox.models import BlockedSender, IncomingMail, Mailbox, MailState
from siac.integrations.mailbox.opening import open_mail
from siac.kernel.errors import Refused
from siac.notices.public import Notice, Thread, is_sent_to, notice_named, sender
from siac.organizations.public import Institution

_TOGETHER = (MailState.FILED, MailState.ADDED)


def mailboxes(institution: Institution) -> list[Mailbox]:
    """Return the mailboxes of a body, by name (1 SQL)."""
    return list(Mailbox.objects.filter(institution=institution).select_related("kind", "unit"))


def _count_mailboxes(institution_id: int) -> int:
    return Mailbox.objects.filter(institution_id=institution_id).count()


_COUNTS: ConfigCache[int] = ConfigCache(_count_mailboxes)


def has_mailboxes(institution: Institution) -> bool:
    """Return whether a body has connected any mailbox; no SQL when warm."""
    return _COUNTS.get(institution) > 0


def due_mailboxes(now: datetime) -> list[int]:
    """Return the mailboxes to be asked now (1 SQL)."""
    rows = Mailbox.objects.filter(is_active=True, institution__is_active=True, next_fetch_at__lte=now)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class View:
    """A view of the mail: its states, and for which reasons, any where none is named."""

    code: str
    name: str
    states: tuple[MailState, ...]
    reasons: tuple[str, ...] = ()


VIEWS: tuple[View, ...] = (
    View("por-revisar", "Por revisar", (MailState.REVIEW,)),
    View("no-leido", "No se pudo leer", (MailState.REVIEW,), (Reason.UNREADABLE,)),
    View("no-deseado", "No deseado", (MailState.SPAM,)),
    View("automatico", "Automático", (MailState.LOOP,)),
    View("ingresado", "Ingresado", _TOGETHER),
    View("dejado", "Dejado", (MailState.LEFT,)),
)


def in_view(rows: QuerySet[IncomingMail], view: View) -> QuerySet[IncomingMail]:
    """Return the mail of a view among `rows`. Lazy: no SQL until it is read."""
    chosen = rows.filter(state__in=view.states).select_related("mailbox", "case")
    return chosen.filter(reason__in=view.reasons) if view.reasons else chosen


def unread_trouble(now: datetime) -> str | None:
    """Complain of mails that could not be read and wait for somebody, of all bodies (1 SQL)."""
    count = IncomingMail.objects.filter(state=MailState.REVIEW, reason=Reason.UNREADABLE).count()
    return f"{count} mails could not be read" if count else None


def mailbox_trouble(now: datetime) -> str | None:
    """Complain of active mailboxes that failed three times in a row or more (1 SQL)."""
    failing = Mailbox.objects.filter(is_active=True, institution__is_active=True, failures__gte=3).count()
    return f"{failing} mailboxes cannot be read" if failing else None


def mailbox_silence(now: datetime) -> dict[str, int]:
    """Return the seconds since the mailbox was read that was not read for the longest, of all active ones of
    all bodies; nothing where there are none (1 SQL).
    """
    rows = Mailbox.objects.filter(is_active=True, institution__is_active=True)
    oldest = rows.aggregate(at=Min("last_success_at"))["at"]
    return {"": max(0, int((now - oldest).total_seconds()))} if oldest else {}


def mailbox_detail(now: datetime) -> list[str]:
    """Return the active mailboxes that fail, with since when, for who runs the installation (1 SQL)."""
    rows = Mailbox.objects.filter(is_active=True, failures__gt=0).select_related("institution").order_by("pk")
    return [
        f"{box.institution.slug}: mailbox {box.pk}, {box.failures} failures,"
        f" last read {f'{box.last_success_at:%Y-%m-%d %H:%M}Z' if box.last_success_at else 'never'}"
        for box in rows
    ]


def original_of(mail: IncomingMail) -> Attachment | None:
    """Return the stored original of a mail, None after its retention (1 SQL)."""
    files = attachments_of(mail.institution_id, "mail", [mail.pk])[mail.pk]
    return next((file for file in files if file.erased_at is None), None)


def texts_of(mail: IncomingMail) -> list[str]:
    """Return all that somebody who opens the original of a mail can read in it:
    what it says, and its bytes as they came.

    Opens its original twice; SQL as `original_of`.
    """
    original, content = original_of(mail), content_of(mail)
    said = [content.subject, content.text, content.rest] if content else []
    if original is not None:
        with open_file(original) as stored:
            said.append(stored.read().decode("latin-1"))
    return said


def content_of(mail: IncomingMail) -> Mail | None:
    """Return what a mail says, read from its original in a process apart; None after its retention.

    Where the mailbox says so of its sender, the person is whom answers should go to. One that could not be
    read is not read again.

    SQL as `original_of`; 1 more to note that it cannot be read.
    """
    original = original_of(mail)
    if original is None:
        return None
    try:
        with open_file(original) as stored:
            raw = stored.read()
    except Refused:
        return None
    if mail.is_unreadable:
        return unread_mail(raw, subject=mail.subject)
    content = open_mail(raw, is_cut=mail.is_cut, subject=mail.subject)
    if content.is_unread:
        mail.is_unreadable = True
        IncomingMail.objects.filter(pk=mail.pk).update(is_unreadable=True)
    return answered_by(content, mail.mailbox.relaying)


def sent_within_the_hour(mail: IncomingMail) -> int:
    """Return how many mails, this one included, its sender's address sent in the hour up to it (1 SQL).

    Those fetched after it do not count: of a flood the first ones are a person's until too many have come.
    """
    return IncomingMail.objects.filter(
        institution_id=mail.institution_id,
        sender_token=mail.sender_token,
        received_at__gt=mail.received_at - timedelta(hours=1),
        received_at__lte=mail.received_at,
        pk__lte=mail.pk,
    ).count()


def said_before(mail: IncomingMail) -> int:
    """Return how many mails of the week up to it, from the same address, say the same (1 SQL)."""
    if not mail.text_token:
        return 0
    return IncomingMail.objects.filter(
        institution_id=mail.institution_id,
        sender_token=mail.sender_token,
        received_at__gt=mail.received_at - timedelta(days=7),
        received_at__lte=mail.received_at,
        text_token=mail.text_token,
        pk__lt=mail.pk,
    ).count()


def is_blocked(institution_id: int, token: bytes) -> bool:
    """Return whether a body has blocked the sender with that token (1 SQL)."""
    return bool(token) and BlockedSender.objects.filter(institution_id=institution_id, token=token).exists()


def own_addresses(institution: Institution) -> frozenset[str]:
    """Return the addresses that mail of the body itself comes from (1 SQL)."""
    boxes = Mailbox.objects.filter(institution=institution).values_list("address", flat=True)
    return frozenset(a.casefold() for a in (*boxes, institution.email, sender()) if a)


def earlier_in_thread(institution_id: int, message_ids: Sequence[str]) -> IncomingMail | None:
    """Return the newest mail of a conversation that belongs to a case (1 SQL).

    Of mails that bear the same id the first one is meant: a later one may only pretend to be it.
    """
    if not message_ids:
        return None
    rows = IncomingMail.objects.filter(
        institution_id=institution_id, message_id__in=list(message_ids), state__in=_TOGETHER
    )
    first = rows.order_by("message_id", "pk").distinct("message_id")
    return max(first, key=lambda row: row.pk, default=None)


def returned_notice(institution_id: int, report: Report | None) -> tuple[Notice | None, bool]:
    """Return the notice of a body that a report says was not delivered, None where there is none, and whether
    the report is believed.

    Anybody can write a report. One that names other addresses than that of the notice proves nothing: an
    officer looks, for an address that passes its mail on may be meant. 1 SQL, and that of the notice's
    recipients.
    """
    if report is None or not report.failed:
        return None, False
    notice = notice_named(institution_id, report.about)
    if notice is None:
        return None, False
    return notice, not report.recipients or is_sent_to(notice, report.recipients)


def thread_of_case(notice: Notice) -> Thread | None:
    """Return the conversation by mail of a notice about a case (1 or 2 SQL).

    It answers the mail that it tells of, else the last one of its case. Answers come back to that mailbox,
    else to the body's first; a body without mailboxes has no conversations.
    """
    told = notice.context.get("mail")
    rows = IncomingMail.objects.filter(
        institution_id=notice.institution_id, case_id=notice.subject_id, state__in=_TOGETHER
    ).select_related("mailbox")
    last = (rows.filter(pk=told) if told else rows.order_by("-received_at", "-pk")).first()
    if last is not None:
        box = last.mailbox
        return Thread(in_reply_to=last.message_id, reply_to=box.address if box.is_active else "")
    box_address = (
        Mailbox.objects.filter(institution_id=notice.institution_id, is_active=True)
        .order_by("pk")
        .values_list("address", flat=True)
        .first()
    )
    return Thread(reply_to=box_address) if box_address else None
