# SPDX-License-Identifier: EUPL-1.2
"""What a citizen typed, kept between the form and the moment of sending."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from siac.cases.models import Case, CaseKind, FilingDraft
from siac.documents.public import (
    Attachment,
    CheckedFile,
    Visibility,
    attach,
    attachments_of,
    erase_attachments,
)
from siac.infra.crypto import seal, unseal, vault_keys
from siac.organizations.public import Institution

KEPT_FOR = timedelta(hours=24)
_PURPOSE = "filing draft"


@transaction.atomic
def save_draft(
    *,
    institution: Institution,
    kind: CaseKind,
    typed: Mapping[str, Any],
    files: Sequence[CheckedFile] = (),
    without: Sequence[int] = (),
    key: str | None = None,
    now: datetime,
) -> FilingDraft:
    """Keep what was typed, sealed, under a new random key, or replace what the draft `key` holds.

    Files add up; those of the draft whose ids are in `without` are erased.
    """
    draft = FilingDraft.objects.filter(institution=institution, kind=kind, key=key).first() if key else None
    if draft is None or Case.objects.filter(institution=institution, idempotency_key=draft.key).exists():
        # A draft that was sent is done: what is typed after going back is another request, never lost in the first.
        draft = FilingDraft(institution=institution, kind=kind, key=secrets.token_urlsafe(32), created_at=now)
    draft.sealed = seal(vault_keys(), _PURPOSE, json.dumps(dict(typed)).encode(), bound_to=draft.key)
    draft.save()
    if without:
        own = [file.pk for file in files_of_draft(draft) if file.pk in set(without)]
        erase_attachments(institution.pk, own, now=now)
    if files:
        attach(institution.pk, "draft", draft.pk, files, actor_id=None, now=now, visibility=Visibility.PUBLIC)
    return draft


def open_draft(slug: str, key: str, *, now: datetime) -> tuple[FilingDraft, dict[str, Any]] | None:
    """Return the draft `key` of the active body `slug` and what was typed, or None if there is none of the last day.

    The draft brings its body along (1 SQL).
    """
    if "\x00" in key:  # the database cannot even be asked for it
        return None
    draft = (
        FilingDraft.objects.filter(
            institution__slug=slug, institution__is_active=True, key=key, created_at__gt=now - KEPT_FOR
        )
        .select_related("institution")
        .first()
    )
    if draft is None:
        return None
    typed: dict[str, Any] = json.loads(
        unseal(vault_keys(), _PURPOSE, bytes(draft.sealed), bound_to=draft.key)
    )
    return draft, typed


def files_of_draft(draft: FilingDraft) -> list[Attachment]:
    """Return the files already uploaded with a draft and not taken away (1 SQL)."""
    uploaded = attachments_of(draft.institution_id, "draft", [draft.pk]).get(draft.pk, [])
    return [file for file in uploaded if file.erased_at is None]


def forget_old_drafts(*, now: datetime) -> int:
    """Delete drafts older than a day, and erase the files that were never sent with one; return how many drafts."""
    old = list(FilingDraft.objects.filter(created_at__lte=now - KEPT_FOR).order_by("pk"))
    for institution_id in sorted({draft.institution_id for draft in old}):
        ids = [draft.pk for draft in old if draft.institution_id == institution_id]
        unsent = attachments_of(institution_id, "draft", ids)
        erase_attachments(institution_id, [file.pk for files in unsent.values() for file in files], now=now)
    FilingDraft.objects.filter(pk__in=[draft.pk for draft in old]).delete()
    return len(old)
