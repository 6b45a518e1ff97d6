# SPDX-License-Identifier: EUPL-1.2
"""What an officer decides about a mail that no rule made a request."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import Case, add_note, case_in, contest_answer
from siac.integrations.mailbox.commands.filing import add_to_case, checked_files, file_request
from siac.integrations.mailbox.commands.settling import Verdict, conclude
from siac.integrations.mailbox.domain.reading import Mail
from siac.integrations.mailbox.domain.writing import request_text
from siac.integrations.mailbox.models import BlockedSender, IncomingMail, MailState
from siac.integrations.mailbox.queries import content_of
from siac.integrations.mailbox.secrets import bound_blocked, sealed, sender_of
from siac.integrations.mailbox.texts import linked_note
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

OPEN = (MailState.REVIEW, MailState.SPAM, MailState.LOOP, MailState.LEFT)
"""States in which somebody may still decide."""


@transaction.atomic
def file_mail(
    *,
    institution: Institution,
    mail_id: int,
    kind_id: int,
    unit_id: int | None,
    actor: User,
    now: datetime,
    email: str = "",
) -> Case:
    """File a mail as a request, with the day its server received it, so that no
    right is lost by where it lay.

    `email` is whose it is, where the officer found that in the mail and its head does not say so.

    Raises:
        Refused: decided already, its original erased, or as `cases.file_case`
            (no sender, unless the kind admits it).
    """
    mail, content = _locked(institution, mail_id)
    case, left_out = file_request(
        mail, content, kind_id=kind_id, unit_id=unit_id, actor=actor, now=now, typed=email
    )
    if mail.case is not None:
        note = linked_note(mail.case.folio)
        add_note(institution=institution, case_id=case.pk, body=note, actor=actor, now=now)
    conclude(mail, Verdict(MailState.FILED, "", case.pk, None, left_out), now=now, actor_id=actor.pk)
    return case


@transaction.atomic
def add_mail(*, institution: Institution, mail_id: int, case_id: int, actor: User, now: datetime) -> Case:
    """Add a mail to a case: as information while the case is open, else as an internal note with its files.

    Raises:
        Refused: decided already, or its original erased.
    """
    mail, content = _locked(institution, mail_id)
    case = case_in(institution, case_id)
    if case.is_open:
        left_out = add_to_case(mail, content, case, actor=actor, now=now)
    else:
        files, left_out = checked_files(content)
        body = request_text(content, left_out)
        add_note(institution=institution, case_id=case.pk, body=body, actor=actor, now=now, files=files)
    conclude(mail, Verdict(MailState.ADDED, "", case.pk, None, left_out), now=now, actor_id=actor.pk)
    return case


@transaction.atomic
def contest_by_mail(*, institution: Institution, mail_id: int, actor: User, now: datetime) -> Case:
    """Take a mail as its person's disagreement with the answer, given on the day the mail was received.

    Raises:
        Refused: decided already, it speaks of no case, or as `cases.contest_answer`.
    """
    mail, content = _locked(institution, mail_id)
    case = mail.case
    if case is None:
        raise Refused("mail_without_case")
    given = max(mail.received_at, case.answered_at) if case.answered_at else mail.received_at
    body = request_text(content, [])
    contested = contest_answer(institution=institution, case_id=case.pk, body=body, now=given)
    conclude(mail, Verdict(MailState.ADDED, "", case.pk), now=now, actor_id=actor.pk)
    return contested


@transaction.atomic
def leave_mail(*, institution: Institution, mail_id: int, actor: User, now: datetime) -> None:
    """Leave a mail unfiled; it stays, and may be filed later, until its retention ends.

    Raises:
        Refused: decided already.
    """
    mail = _row(institution, mail_id)
    conclude(mail, Verdict(MailState.LEFT, mail.reason, mail.case_id), now=now, actor_id=actor.pk)


@transaction.atomic
def block_sender(*, institution: Institution, mail_id: int, actor: User, now: datetime) -> None:
    """Send what this address writes from now on to the unwanted mail, and this mail too.

    Raises:
        Refused: decided already, or the mail names no sender.
    """
    mail = _row(institution, mail_id)
    address = sender_of(mail)
    if not address:
        raise Refused("mail_no_sender")
    BlockedSender.objects.get_or_create(
        institution=institution,
        token=bytes(mail.sender_token),
        defaults={
            "address": sealed(address, bound_blocked(institution.pk)), "blocked_by": actor, "blocked_at": now,
        },
    )  # fmt: skip
    conclude(mail, Verdict(MailState.SPAM, "blocked", mail.case_id), now=now, actor_id=actor.pk)


@transaction.atomic
def unblock_sender(*, institution: Institution, blocked_id: int, actor: User, now: datetime) -> bool:
    """Take an address from the blocked ones; False where it was none."""
    deleted, _ = BlockedSender.objects.filter(institution=institution, pk=blocked_id).delete()
    if deleted:
        record(
            institution.pk, f"institution:{institution.pk}", "mailbox.unblocked", now, actor.pk,
            {"blocked": blocked_id},
        )  # fmt: skip
    return bool(deleted)


def _row(institution: Institution, mail_id: int) -> IncomingMail:
    mail = (
        IncomingMail.objects.select_for_update(of=("self",))
        .select_related("mailbox", "institution", "case")
        .get(institution=institution, pk=mail_id)
    )
    if mail.state not in OPEN:
        raise Refused("mail_settled")
    return mail


def _locked(institution: Institution, mail_id: int) -> tuple[IncomingMail, Mail]:
    mail = _row(institution, mail_id)
    content = content_of(mail)
    if content is None:
        raise Refused("mail_erased")
    return mail, content
