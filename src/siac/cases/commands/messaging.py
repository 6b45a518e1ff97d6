# SPDX-License-Identifier: EUPL-1.2
"""Writing to the person of a case without asking for anything that stops a clock."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.writing import is_repeated, tell, write
from siac.cases.domain.states import Move
from siac.cases.models import Case, MessageKind
from siac.documents.public import CheckedFile
from siac.organizations.public import Institution


@transaction.atomic
def write_to_person(
    *,
    institution: Institution,
    case_id: int,
    body: str,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Write to the person; state and clocks stay as they are. Sent twice at once it is one message.

    The person reads it where the request is followed, and answers there as with any information.

    Raises:
        Refused: it is empty or too long, or the case is answered or closed.
    """
    case, _ = locked(institution, case_id, None, Move.WRITE)
    if is_repeated(case, MessageKind.MESSAGE, body, author=actor, now=now, files=files or ()):
        return case
    data = write(case, MessageKind.MESSAGE, body, author=actor, now=now, files=files)
    tell(case, "cases.message", now=now, message=data["message"])
    return keep(case, "cases.message", actor=actor, now=now, fields=(), data=data)
