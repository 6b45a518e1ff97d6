# SPDX-License-Identifier: EUPL-1.2
"""What a citizen typed, kept between the form and the moment of sending."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from siac.cases.models import Case, CaseKind, FilingDraft, FormFact
from siac.documents.public import (
    Attachment,
    CheckedFile,
    Visibility,
    attach,
    attachments_of,
    erase_attachments,
    move_attachments,
)
from siac.infra.crypto import seal, unseal, vault_keys
from siac.infra.ready import ReadyRows, rows
from siac.infra.travelling import register_arrival, register_sealed
from siac.journal.public import record
from siac.organizations.public import Institution, institution_of

KEPT_FOR = timedelta(hours=24)
_PURPOSE = "filing draft"
_DRAFT, _BODY = ReadyRows(FilingDraft, "d"), ReadyRows(Institution, "i")
_OPENED = f"""
SELECT {_DRAFT.columns}, {_BODY.columns} FROM cases_filingdraft d
JOIN organizations_institution i ON i.id = d.institution_id
WHERE d.key = %s AND d.browser = %s AND d.created_at > %s AND i.slug = %s AND i.is_active
"""  # noqa: S608 - columns of our own models
_KEY = re.compile(r"[\w-]{43}", re.ASCII)


def register_travelling() -> None:
    """Say what of drafts is sealed, and that the print by which a filing sent twice is known holds only
    here."""
    register_sealed(FilingDraft, "sealed", _PURPOSE, lambda row: row["key"] or "")
    register_arrival(Case, idempotency_print=None)


def browser_mark(secret: str) -> str:
    """Return what is stored of a browser's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_key() -> str:
    """Return a random key for a draft."""
    return secrets.token_urlsafe(32)


def is_key(text: str) -> bool:
    """Return whether `text` may be a key that `new_key` made."""
    return bool(_KEY.fullmatch(text))


@transaction.atomic
def save_draft(
    *,
    institution: Institution,
    kind: CaseKind,
    browser: str,
    typed: Mapping[str, Any],
    files: Sequence[CheckedFile] = (),
    without: Sequence[int] = (),
    key: str | None = None,
    now: datetime,
) -> FilingDraft:
    """Keep what was typed in `browser` (its secret), sealed, under a new random
    key, or replace what the draft `key` holds.

    A draft of another browser, and one that was sent, is left alone: what is typed is then another request.
    Files add up; those of the draft whose ids are in `without` are erased.
    """
    mark = browser_mark(browser)
    unsent = FilingDraft.objects.select_for_update().filter(
        institution=institution, kind=kind, browser=mark, case=None
    )
    if key and is_key(
        key
    ):  # given to the form before anything was typed, so that going back finds the same draft
        FilingDraft.objects.get_or_create(
            key=key,
            defaults={
                "institution": institution,
                "kind": kind,
                "browser": mark,
                "sealed": b"",
                "created_at": now,
            },
        )
    draft = unsent.filter(key=key).first() if key and "\x00" not in key else None
    if draft is None:
        draft = FilingDraft(institution=institution, kind=kind, key=new_key(), browser=mark, created_at=now)
    draft.sealed = seal(vault_keys(), _PURPOSE, json.dumps(dict(typed)).encode(), bound_to=draft.key)
    draft.save()
    if without:
        own = [file.pk for file in files_of_draft(draft) if file.pk in set(without)]
        erase_attachments(institution.pk, own, now=now)
    if files:
        attach(institution.pk, "draft", draft.pk, files, actor_id=None, now=now, visibility=Visibility.PUBLIC)
    return draft


def open_draft(
    slug: str, key: str, *, browser: str, now: datetime
) -> tuple[FilingDraft, dict[str, Any]] | None:
    """Return the draft `key` of the active body `slug` and what was typed, or None
    if this browser wrote none within a day.

    One that was sent holds nothing and names its case. The draft brings its body along (1 SQL).
    """
    if not browser or "\x00" in key + slug:  # the database cannot even be asked for it
        return None
    found = rows(_OPENED, [key, browser_mark(browser), now - KEPT_FOR, slug])
    if not found:
        return None
    draft: FilingDraft = _DRAFT(found[0][: _DRAFT.width])
    draft.institution = _BODY(found[0][_DRAFT.width :])
    if draft.case_id is not None:
        return draft, {}
    typed: dict[str, Any] = json.loads(
        unseal(vault_keys(), _PURPOSE, bytes(draft.sealed), bound_to=draft.key)
    )
    return draft, typed


def case_of_draft(institution: Institution, key: str, *, browser: str, now: datetime) -> Case | None:
    """Return the case that the draft `key` of this browser became within the last day, or None (1 SQL)."""
    sent = _drafts_of(browser, key, now=now).filter(institution=institution, case__isnull=False)
    draft = sent.select_related("case__kind", "case__text", "case__unit").first()
    return draft.case if draft else None


def end_receipt(institution: Institution, key: str, *, browser: str, now: datetime) -> bool:
    """Let the receipt of the draft `key` be nobody's: its address opens nothing from now on; return whether
    there was one (1 SQL). What was not sent is left alone, and so is a draft of another browser.
    """
    own = _drafts_of(browser, key, now=now).filter(institution=institution, case__isnull=False)
    return own.update(browser="") > 0


def _drafts_of(browser: str, key: str, *, now: datetime) -> QuerySet[FilingDraft]:
    if not browser or "\x00" in key:  # the database cannot even be asked for it
        return FilingDraft.objects.none()
    found = FilingDraft.objects.filter(key=key, browser=browser_mark(browser), created_at__gt=now - KEPT_FOR)
    return found.select_related("institution")


def hand_over(draft_id: int, case: Case, *, now: datetime) -> int:
    """Give the files of a draft to the case it became and forget what else it held;
    return how many files (1 SQL, 3 with files).

    Called inside the transaction that files it: from here on the draft only leads to its receipt.
    """
    emptied = "UPDATE cases_filingdraft SET sealed = '', case_id = %s, created_at = %s WHERE id = %s"
    return move_attachments(
        case.institution_id,
        ("draft", draft_id),
        ("case", case.pk),
        now=now,
        along=(emptied, [case.pk, now, draft_id]),
    )


def files_of_draft(draft: FilingDraft) -> list[Attachment]:
    """Return the files already uploaded with a draft and not taken away (1 SQL)."""
    uploaded = attachments_of(draft.institution_id, "draft", [draft.pk]).get(draft.pk, [])
    return [file for file in uploaded if file.erased_at is None]


def forget_old_drafts(*, now: datetime) -> int:
    """Delete drafts older than a day, and erase the files that were never sent with one; return how many
    drafts. That each was begun, and whether it was sent, is counted from then on.
    """
    old = list(FilingDraft.objects.filter(created_at__lte=now - KEPT_FOR).order_by("pk"))
    for institution_id in sorted({draft.institution_id for draft in old}):
        ids = [draft.pk for draft in old if draft.institution_id == institution_id]
        unsent = attachments_of(institution_id, "draft", ids)
        erase_attachments(institution_id, [file.pk for files in unsent.values() for file in files], now=now)
        _count([draft for draft in old if draft.institution_id == institution_id], now)
    FilingDraft.objects.filter(pk__in=[draft.pk for draft in old]).delete()
    return len(old)


def _count(old: Sequence[FilingDraft], now: datetime) -> None:
    """Note of drafts of one body that they were begun, and which were sent (2 SQL)."""
    institution = institution_of(old[0].institution_id)
    FormFact.objects.bulk_create(
        FormFact(
            institution_id=institution.pk,
            begun_on=institution.local_date(draft.created_at),
            kind_id=draft.kind_id,
            is_sent=draft.case_id is not None,
        )
        for draft in old
    )
    record(institution.pk, f"forms:{institution.pk}", FORMS_FORGOTTEN, now, data={"forms": len(old)})


FORMS_FORGOTTEN = "cases.forms_forgotten"
"""Entry of a body: drafts of its forms were forgotten, and are counted."""
