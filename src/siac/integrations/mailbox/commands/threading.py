# SPDX-License-Identifier: EUPL-1.2
"""Which case a mail speaks of, and whether it comes from that case's person."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from siac.cases.public import Case, all_cases, parse_code, parse_folio
from siac.integrations.mailbox.domain.authentication import is_proven_sender
from siac.integrations.mailbox.domain.reading import Mail
from siac.integrations.mailbox.queries import earlier_in_thread
from siac.kernel.text import plain_dashes
from siac.notices.public import notice_named
from siac.organizations.public import Institution
from siac.people.public import reveal

_FOLIO = re.compile(r"(?<![\d-])(\d{4}-\d{6,9})(?![\d-])")
_CODE = re.compile(r"(?<![A-Z0-9-])([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})(?![A-Z0-9-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The case a mail speaks of, if any.

    `is_proven`: it answers a mail of ours or of the case, whose message id only its reader
    knows. `is_own`: it says it comes from the address of the case's person. `is_checked`: the
    mail server of the body proved that it does.
    """

    case: Case | None = None
    notice_id: int | None = None
    is_proven: bool = False
    is_own: bool = False
    is_checked: bool = False


def conversation(institution: Institution, mail: Mail, *, server: str, now: datetime) -> Conversation:
    """Return the case of a mail that `server`, named in its mailbox, checked: by the notice or mail it
    answers, else by a folio or code in its subject.
    """
    notice = notice_named(institution.pk, mail.answers_to)
    case: Case | None = None
    if notice is not None and notice.subject_type == "case":
        case = _cases(institution).filter(pk=notice.subject_id).first()
    else:
        earlier = earlier_in_thread(institution.pk, mail.answers_to)
        known = earlier.case_id if earlier is not None else None
        case = _cases(institution).filter(pk=known).first() if known is not None else None
    is_proven = case is not None
    case = case or _quoted(institution, plain_dashes(mail.subject))
    return Conversation(
        case,
        notice.pk if notice is not None else None,
        is_proven,
        _is_persons(case, mail.sender, now=now),
        not mail.is_relayed and is_proven_sender(mail.authentication, server=server, sender=mail.sender),
    )


def _cases(institution: Institution) -> QuerySet[Case]:
    return all_cases(institution).select_related("kind", "text")


def _quoted(institution: Institution, subject: str) -> Case | None:
    folio = _FOLIO.search(subject)
    number = parse_folio(folio[1]) if folio else None
    if number is not None:
        return _cases(institution).filter(year=number[0], number=number[1]).first()
    code = _CODE.search(subject)
    parsed = parse_code(code[1]) if code else None
    return _cases(institution).filter(tracking_code=parsed).first() if parsed else None


def _is_persons(case: Case | None, sender: str, *, now: datetime) -> bool:
    if case is None or case.person_id is None or not sender:
        return False
    person = reveal(case.institution_id, [case.person_id], actor_id=None, reason="", now=now)
    return case.person_id in person and person[case.person_id].email.casefold() == sender
