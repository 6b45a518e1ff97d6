# SPDX-License-Identifier: EUPL-1.2
"""What is held of a person's mail that became no request, for the copy of that person's data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from siac.cases.public import PersonEntries
from siac.integrations.mailbox.access import visible_mail
from siac.integrations.mailbox.models import BlockedSender, IncomingMail, MailState
from siac.integrations.mailbox.queries import content_of
from siac.integrations.mailbox.secrets import token_of
from siac.organizations.public import Access, Institution

PART = "correos_sin_ingresar"
_ELSEWHERE = (MailState.FILED, MailState.ADDED)
"""Told with the request they became or were added to."""


def unfiled_mail(access: Access, entries: PersonEntries) -> Sequence[Mapping[str, Any]]:
    """Return the mails that say they are from an address of a person and belong to no request, those of each
    address oldest first (2 SQL for an address).

    Only those that whoever prepares the copy may read. A line says so where the body blocked that address.
    What erasing at the end of their retention left has no text.
    """
    given = dict.fromkeys(one.email.strip().casefold() for one in entries.identities)
    tokens = (token_of(access.institution.pk, address) for address in given)
    return [row for token in tokens if token for row in _from(access, token)]


def _from(access: Access, token: bytes) -> list[Mapping[str, Any]]:
    institution = access.institution
    mails = visible_mail(access).filter(sender_token=token)
    rows: list[Mapping[str, Any]] = [
        _told(institution, mail) for mail in mails.exclude(state__in=_ELSEWHERE).order_by("received_at", "pk")
    ]
    blocked = BlockedSender.objects.filter(institution=institution, token=token).first()
    if blocked is not None:
        rows.append({"estado": "Dirección bloqueada", "fecha": _local(institution, blocked.blocked_at)})
    return rows


def _told(institution: Institution, mail: IncomingMail) -> dict[str, Any]:
    content = content_of(mail)
    return {
        "fecha": _local(institution, mail.received_at),
        "asunto": mail.subject,
        "estado": mail.get_state_display(),
        "bytes": mail.size,
        "texto": "\n".join(part for part in (content.text, content.rest) if part) if content else "",
        "archivos": [file.name for file in content.files] if content else [],
    }


def _local(institution: Institution, moment: datetime) -> str:
    return moment.astimezone(institution.zone).isoformat(timespec="seconds")
