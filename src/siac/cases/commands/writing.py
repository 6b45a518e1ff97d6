# SPDX-License-Identifier: EUPL-1.2
"""Words written on a case, and the notice that tells its person of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import User
from siac.cases.domain.row_seal import content_text
from siac.cases.models import INTERNAL_KINDS, Case, CaseMessage, MessageKind
from siac.documents.public import CheckedFile, Visibility, attach, attachments_of
from siac.journal.public import digest_with, seal
from siac.kernel.errors import Refused
from siac.notices.public import Notice, queue

MESSAGE_LIMIT = 20_000
REPEATED_WITHIN = timedelta(minutes=1)


def write(
    case: Case,
    kind: MessageKind,
    body: str,
    *,
    author: User | None,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> dict[str, Any]:
    """Add a message to the case and return what the journal keeps of it: its id and the digest of its text.

    Raises:
        Refused: it is empty or too long.
    """
    text = body.strip()
    if not text:
        raise Refused("text_missing")
    if len(text) > MESSAGE_LIMIT:
        raise Refused("text_too_long", length=len(text), limit=MESSAGE_LIMIT)
    sealed = seal(text)
    message = CaseMessage.objects.create(
        institution_id=case.institution_id,
        case=case,
        kind=kind,
        body=text,
        author=author,
        at=now,
        salt=sealed.salt,
    )
    if files:
        visibility = Visibility.INTERNAL if kind in INTERNAL_KINDS else Visibility.PUBLIC
        attach(
            case.institution_id,
            "message",
            message.pk,
            files,
            actor_id=author.pk if author else None,
            now=now,
            visibility=visibility,
        )
    head = digest_with(head_text(message), sealed.salt)
    return {
        "message": message.pk,
        "text": sealed.digest,
        "head": head,
        "as": kind.value,
        "files": len(files or ()),
    }


def head_text(message: CaseMessage) -> str:
    """Return what is sealed of a message beside its body: of which case, by whom, when."""
    return content_text([message.case_id, message.author_id, message.at])


def is_repeated(
    case: Case,
    kind: MessageKind,
    body: str,
    *,
    author: User | None,
    now: datetime,
    files: Sequence[CheckedFile],
) -> bool:
    """Return whether the very same words and files were written a moment ago: a
    second press on the button (2 SQL).

    Asked with the row of the case locked, so that two sendings at once are one after the other here.
    """
    last = CaseMessage.objects.filter(case=case, kind=kind, author=author).order_by("-pk").first()
    if last is None or last.body != body.strip() or now - last.at > REPEATED_WITHIN:
        return False
    kept = attachments_of(case.institution_id, "message", [last.pk]).get(last.pk, [])
    return sorted(file.sha256 for file in kept) == sorted(file.sha256 for file in files)


def tell(
    case: Case,
    kind: str,
    *,
    now: datetime,
    delay: timedelta = timedelta(0),
    channel: str = "email",
    **context: Any,
) -> list[Notice]:
    """Queue a notice to the person of the case, to go out after `delay`; return
    it, or nothing where there is no person.
    """
    if case.person_id is None:
        return []
    return [
        queue(
            case.institution_id,
            kind,
            f"person:{case.person_id}",
            channel,
            "case",
            case.pk,
            {"folio": case.folio, **context},
            now,
            delay=delay,
        )
    ]
