# SPDX-License-Identifier: EUPL-1.2
"""Deciding what of a piece may be handed out.

The original is never changed; the decision can be made again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.locking import cases_to_lock
from siac.cases.models import INTERNAL_KINDS, Case, CaseMessage, Redaction
from siac.cases.protection.pieces import filed_text
from siac.cases.protection.redaction_rules import black_out
from siac.cases.queries import kinds
from siac.documents.public import (
    Attachment,
    CheckedFile,
    Visibility,
    attach,
    attachment,
    erase_attachments,
    open_file,
    says_place,
)
from siac.journal.public import record, seal
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution

FILES_OF = "redaction"
"""What replacing files belong to, in `documents`."""


@transaction.atomic
def redact_text(
    *,
    institution: Institution,
    case_id: int,
    message_id: int | None,
    wanted: Sequence[str],
    grounds: str,
    actor: User,
    now: datetime,
) -> Redaction:
    """Keep the text of a message (None: what was filed) with every occurrence
    of the `wanted` parts blacked out.

    With nothing wanted the text may be handed out whole, and somebody has said so.

    Raises:
        Refused: a part does not occur (redaction_missing), nothing says why (redaction_grounds), the message
            is internal or another case's (redaction_unknown), or the case was erased.
    """
    case = _locked(institution, case_id)
    text = _text_of(case, message_id)
    body, count, missing = black_out(text, wanted)
    if missing:
        raise Refused("redaction_missing", parts=", ".join(f"«{part}»" for part in missing)[:300])
    if count and not squeeze(grounds):
        raise Refused("redaction_grounds")
    sealed = seal(body)
    values = {
        "body": body,
        "salt": sealed.salt,
        "parts": count,
        "grounds": squeeze(grounds)[:300],
        "made_by": actor,
        "made_at": now,
    }
    row = _keep(case, {"message_id": message_id, "attachment_id": None}, values)
    _note(case, {"message": message_id, "parts": count, "text": sealed.digest}, actor=actor, now=now)
    return row


@transaction.atomic
def redact_file(
    *,
    institution: Institution,
    case_id: int,
    attachment_id: int,
    replacement: CheckedFile | None,
    grounds: str,
    actor: User,
    now: datetime,
) -> Redaction:
    """Keep the file that is handed out instead of one of the case's, or (None)
    that the original itself may be.

    The caller knows that the file is the case's. Both are kept and linked.

    Raises:
        Refused: the replacement is the original itself (redaction_same_file), nothing says why
            (redaction_grounds), what would be handed out says where it was taken (redaction_says_place), or
            the case was erased.
    """
    case = _locked(institution, case_id)
    original = attachment(institution.pk, attachment_id)
    if replacement is not None and replacement.sha256 == original.sha256:
        raise Refused("redaction_same_file")
    if replacement is not None and not squeeze(grounds):
        raise Refused("redaction_grounds")
    if _says_place(original, replacement):
        raise Refused("redaction_says_place", file=replacement.name if replacement else original.name)
    before = Redaction.objects.filter(case=case, attachment_id=attachment_id).first()
    if before is not None and before.replacement_id is not None:
        erase_attachments(institution.pk, [before.replacement_id], now=now)
    values: dict[str, Any] = {
        "grounds": squeeze(grounds)[:300], "replacement_id": None, "made_by": actor, "made_at": now,
    }  # fmt: skip
    row = _keep(case, {"message_id": None, "attachment_id": attachment_id}, values)
    if replacement is not None:
        (stored,) = attach(
            institution.pk,
            FILES_OF,
            row.pk,
            [replacement],
            actor_id=actor.pk,
            now=now,
            visibility=Visibility.INTERNAL,
        )
        row.replacement_id = stored.pk
        row.save(update_fields=["replacement_id"])
    data = {
        "file": attachment_id,
        "original": original.sha256,
        "instead": replacement.sha256 if replacement else "",
    }
    _note(case, data, actor=actor, now=now)
    return row


def _says_place(original: Attachment, replacement: CheckedFile | None) -> bool:
    """Return whether what would be handed out is a picture or video that says where it was taken: the home
    of whoever sent it, as a rule.
    """
    given = original if replacement is None else replacement
    if not given.media_type.startswith(("image/", "video/")):
        return False
    if replacement is not None:
        return says_place(replacement.file)
    with open_file(original) as stored:
        return says_place(stored)


def _locked(institution: Institution, case_id: int) -> Case:
    case = cases_to_lock().select_related("text").get(institution=institution, pk=case_id)
    if case.erased_at is not None:
        raise Refused("case_erased")
    case.kind = kinds(institution)[case.kind_id]
    return case


def _text_of(case: Case, message_id: int | None) -> str:
    if message_id is None:
        return filed_text(case)
    message = CaseMessage.objects.filter(case=case, pk=message_id).exclude(kind__in=INTERNAL_KINDS).first()
    if message is None:
        raise Refused("redaction_unknown")
    return message.body


def _keep(case: Case, of: dict[str, Any], values: dict[str, Any]) -> Redaction:
    row, _ = Redaction.objects.update_or_create(
        case=case, **of, defaults=values, create_defaults={"institution_id": case.institution_id, **values}
    )
    return row


def _note(case: Case, data: dict[str, Any], *, actor: User, now: datetime) -> None:
    record(case.institution_id, case.stream, "cases.redacted", now, actor.pk, data)


def forget_redactions(message: CaseMessage) -> None:
    """Delete what was decided about showing a message that goes (1 SQL)."""
    Redaction.objects.filter(message=message).delete()
