# SPDX-License-Identifier: EUPL-1.2
"""What the person says about an answer without contesting it: it is read by an officer and moves no clock."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.writing import is_repeated, write
from siac.cases.domain.states import Move
from siac.cases.models import Case, MessageKind
from siac.documents.public import CheckedFile
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def reply_to_answer(
    *,
    institution: Institution,
    case_id: int,
    body: str,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Keep what the person writes about the answer; state, clocks and the window to contest stay as they are.

    The case shows among those with an unread comment until an officer notes that
    it was read. Sent twice at once it is one.

    Raises:
        Refused: the text is empty or too long, or the case is not answered, or closed already.
    """
    case, _ = locked(institution, case_id, None, Move.REPLY)
    if is_repeated(case, MessageKind.REPLY, body, author=None, now=now, files=files or ()):
        return case
    data = write(case, MessageKind.REPLY, body, author=None, now=now, files=files)
    case.replied_at = now
    return keep(case, "cases.replied", actor=None, now=now, fields=("replied_at",), data=data)


@transaction.atomic
def read_reply(
    *, institution: Institution, case_id: int, version: int | None, actor: User, now: datetime
) -> Case:
    """Note that somebody read what the person wrote about the answer.

    Raises:
        Refused: there is nothing unread (reply_read), or the case changed
            meanwhile: perhaps another comment came.
    """
    case, _ = locked(institution, case_id, version, Move.READ_REPLY)
    if case.replied_at is None:
        raise Refused("reply_read")
    case.replied_at = None
    return keep(case, "cases.reply_read", actor=actor, now=now, fields=("replied_at",), data={})
