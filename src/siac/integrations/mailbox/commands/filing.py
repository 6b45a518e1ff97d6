# SPDX-License-Identifier: EUPL-1.2
"""A mail becomes a request, or information of one, with the day its server received it."""

import io
from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File

from siac.accounts.public import User
from siac.cases.public import Case, Channel, Filing, add_information, file_case, last_asked_at
from siac.documents.public import CheckedFile, Limits, Problem, Sending, check_uploads, sentence
from siac.integrations.mailbox.domain.guard import wants_no_reply
from siac.integrations.mailbox.domain.reading import Mail, MailFile
from siac.integrations.mailbox.domain.writing import names_of, request_text, whole_text
from siac.integrations.mailbox.models import IncomingMail
from siac.integrations.mailbox.texts import cut_sentence, others_sentence
from siac.kernel.errors import Refused
from siac.notices.public import queue
from siac.organizations.public import unit_tree
from siac.people.public import PersonData, is_mail_address

_MOST_TOLD = 100
TOLD = "mailbox.received"
"""The notice that tells the sender what was added and what was left out."""


def file_request(
    mail: IncomingMail,
    content: Mail,
    *,
    now: datetime,
    kind_id: int | None = None,
    unit_id: int | None = None,
    actor: User | None = None,
    typed: str = "",
    is_same: bool = False,
) -> tuple[Case, list[str]]:
    """File a mail as a request of its mailbox's kind (or `kind_id`); return the
    case and what could not be kept.

    Files that are no good never hold a request back: they are named in its text, and the sender is told.
    `typed` is the address that an officer found in the mail, where its head names none that can be used.
    `is_same`: it says what this address has been answered often enough, so that nothing is sent.

    Raises:
        Refused: as `cases.file_case`; without a sender the kind must admit anonymous requests.
    """
    files, left_out = checked_files(content)
    box, quiet = mail.mailbox, is_same or wants_no_reply(content)
    person, unreachable = person_of(content, typed)
    filing = Filing(
        kind_id=kind_id or box.kind_id,
        channel=Channel.EMAIL,
        subject=content.subject,
        body=request_text(content, left_out, unreachable=unreachable),
        person=person,
        unit_id=unit_tree(mail.institution).current(unit_id or box.unit_id),
        received_at=mail.received_at,
        files=files,
        idempotency_key=f"mail:{mail.pk}",
        partial=True,
        without_receipt=quiet,
    )
    case = file_case(institution=mail.institution, filing=filing, actor=actor, now=now)
    if left_out and not quiet:
        _tell(mail, case, now=now)
    return case, left_out


def add_to_case(
    mail: IncomingMail,
    content: Mail,
    case: Case,
    *,
    now: datetime,
    actor: User | None = None,
    is_same: bool = False,
) -> list[str]:
    """Add a mail to its open case; a paused clock runs again from the day the mail was received.

    `is_same`: as in `file_request`.

    Raises:
        Refused: the case is answered or closed.
    """
    files, left_out = checked_files(content)
    add_information(
        institution=mail.institution,
        case_id=case.pk,
        body=request_text(content, left_out),
        now=_moment(mail, case),
        files=files,
        actor=actor,
    )
    if not is_same and not wants_no_reply(content):
        _tell(mail, case, now=now)
    return left_out


def _moment(mail: IncomingMail, case: Case) -> datetime:
    """Return when the information counts as given: on receipt, yet not before it was asked for."""
    asked = last_asked_at(case)
    return max(mail.received_at, asked) if asked else mail.received_at


def _tell(mail: IncomingMail, case: Case, *, now: datetime) -> None:
    if case.person_id is not None:
        queue(
            mail.institution_id,
            TOLD,
            f"person:{case.person_id}",
            "email",
            "case",
            case.pk,
            {"folio": case.folio, "mail": mail.pk},
            now,
        )


def person_of(content: Mail, typed: str = "") -> tuple[PersonData | None, str]:
    """Return (the sender as a person, the address if it cannot be written to); nobody without an address.

    `typed` is an address that an officer found in the mail; it comes before the one in its head.
    """
    address = typed or content.sender
    if not address:
        return None, ""
    given, family = names_of(content.sender_name, address)
    if is_mail_address(address):
        return PersonData(given_names=given, family_names=family, email=address), ""
    return PersonData(given_names=given, family_names=family), address


def checked_files(content: Mail) -> tuple[list[CheckedFile], list[str]]:
    """Return the files that may be kept and a sentence for each that may not, checked one by one."""
    taken: list[CheckedFile] = []
    sending = Sending()
    left_out = [cut_sentence(name) for name in content.cut_files]
    whole = whole_text(content)
    for file in [*([whole] if whole else []), *content.files]:
        checked, problems = _check(file, taken, sending)
        taken.extend(checked)
        left_out.extend(sentence(_named(problem, file)) for problem in problems)
    if len(left_out) > _MOST_TOLD:
        left_out = [*left_out[:_MOST_TOLD], others_sentence(len(left_out) - _MOST_TOLD)]
    return taken, left_out


def _check(
    file: MailFile, taken: Sequence[CheckedFile], sending: Sending
) -> tuple[list[CheckedFile], list[Problem]]:
    given: File[bytes] = File(io.BytesIO(file.content), name=file.name)
    try:
        already_bytes = sum(other.size for other in taken)
        checked = check_uploads(
            [given], already=len(taken), already_bytes=already_bytes, limits=Limits(), sending=sending
        )
    except Refused as refused:
        return [], list(refused.context["problems"])
    return checked, []


def _named(problem: Problem, file: MailFile) -> Problem:
    """Return the problem with the file's name, which those that concern all files together lack."""
    return problem if problem.file else Problem(problem.code, file.name, problem.context)
