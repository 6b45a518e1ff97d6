# SPDX-License-Identifier: EUPL-1.2
"""What the person of an attention is written, who has no request to follow."""

from datetime import datetime
from typing import Any

from siac.cases.domain.clock_kinds import ATTENTION
from siac.cases.models import Interaction
from siac.notices.public import Notice, queue
from siac.people.public import address


def tell_attention(row: Interaction, kind: str, *, now: datetime, **context: Any) -> list[Notice]:
    """Queue a notice to the person of an attention; return it, or nothing where nobody knows who it was, or
    what mail reaches them: there is no page where they would read it (2 SQL).
    """
    to = address(row.institution_id, row.person_id) if row.person_id is not None else None
    if to is None or not to.email:
        return []
    person = f"person:{row.person_id}"
    return [queue(row.institution_id, kind, person, "email", ATTENTION, row.pk, context, now)]


def attention_mail(row: Interaction, subject: str, lines: list[str]) -> tuple[str, str]:
    """Return (subject, text) of a mail to the person of an attention. No SQL when its body was read along."""
    institution = row.institution
    given = f"Se trata de la atención que recibió el {institution.local_date(row.begun_at):%d-%m-%Y}."
    return subject, "\n\n".join([*lines, given, institution.name])
