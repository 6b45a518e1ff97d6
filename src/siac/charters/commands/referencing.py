# SPDX-License-Identifier: EUPL-1.2
"""Keeping charters of others, and what an edition takes from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.charters.commands.drafting import held_draft
from siac.charters.models import CharterEdition, ReferenceCharter
from siac.documents.public import CheckedFile, Visibility, attach, attachments_of, erase_attachments
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something, squeeze
from siac.organizations.public import Institution, Saved, save_version

FILES = "charter_reference"
"""What its files are of, in the store of documents."""
MOST_BENCHMARKS = 20
_HTTPS = URLValidator(schemes=["https"])


@transaction.atomic
def save_reference(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    title: str,
    body: str,
    country: str,
    url: str,
    taken: str,
    is_active: bool = True,
    files: Sequence[CheckedFile] = (),
    reference: ReferenceCharter | None = None,
    based_on: int | None = None,
) -> Saved[ReferenceCharter]:
    """Keep a charter of another body, or change one (6 SQL, and 2 for files); files are added to those that
    are there.

    Raises:
        Refused: the link is not one of https (reference_url), or is kept already (reference_taken); something
            says nothing (reference_words); or somebody saved it meanwhile (saved_meanwhile).
    """
    fields = {
        "title": squeeze(title), "body": squeeze(body), "country": squeeze(country), "url": url.strip(),
        "taken": legible(taken).strip(), "is_active": is_active,
    }  # fmt: skip
    if not all(says_something(str(fields[name]), 2) for name in ("title", "body", "country", "taken")):
        raise Refused("reference_words")
    try:
        _HTTPS(fields["url"])
    except ValidationError as error:
        raise Refused("reference_url") from error
    row = reference or ReferenceCharter(institution=institution)
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("reference_taken") from error
    by = actor.pk if actor else None
    attach(institution.pk, FILES, saved.row.pk, files, actor_id=by, now=now, visibility=Visibility.INTERNAL)
    if saved.is_changed or files:
        data = {"reference": saved.row.pk, "version": saved.row.version, "files": len(files)}
        stream = f"reference:{saved.row.pk}"
        record(institution.pk, stream, "charters.reference_saved", now, by, data)
    return saved


@transaction.atomic
def remove_reference_file(
    *, institution: Institution, reference_id: int, attachment_id: int, actor: User, now: datetime
) -> None:
    """Take a file away from a charter of another body: its bytes and name go, that there was one stays (7
    SQL). Said twice, it is said once.

    Raises:
        Refused: there is no such file of such a charter (reference_file_unknown).
    """
    found = ReferenceCharter.objects.select_for_update().filter(institution=institution, pk=reference_id)
    row = found.first()
    files = attachments_of(institution.pk, FILES, [row.pk])[row.pk] if row else []
    file = next((each for each in files if each.pk == attachment_id), None)
    if row is None or file is None:
        raise Refused("reference_file_unknown")
    if erase_attachments(institution.pk, [file.pk], now=now):
        data = {"reference": row.pk, "file": file.pk}
        stream = f"reference:{row.pk}"
        record(institution.pk, stream, "charters.reference_file_removed", now, actor.pk, data)


@transaction.atomic
def save_benchmarks(
    *,
    institution: Institution,
    edition_id: int,
    rows: Sequence[Mapping[str, Any]],
    actor: User | None,
    now: datetime,
    based_on: int | None,
) -> Saved[CharterEdition]:
    """Write how a draft compares with charters of others: {reference_id, note} (9 SQL).

    Raises:
        Refused: as `held_draft`; there are too many (benchmarks_full), one is of no reference of the body
            (benchmark_unknown) or says nothing (benchmark_words); or somebody saved it meanwhile
            (saved_meanwhile).
    """
    edition = held_draft(institution, edition_id)
    if len(rows) > MOST_BENCHMARKS:
        raise Refused("benchmarks_full", most=MOST_BENCHMARKS)
    asked = {row["reference_id"] for row in rows}
    known = ReferenceCharter.objects.filter(institution=institution, pk__in=asked)
    if asked != set(known.values_list("pk", flat=True)):
        raise Refused("benchmark_unknown")
    kept = [{"reference_id": row["reference_id"], "note": squeeze(row["note"])} for row in rows]
    if not all(says_something(row["note"], 3) for row in kept):
        raise Refused("benchmark_words")
    saved = save_version(edition, {"benchmarks": kept}, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"edition": edition.pk, "version": saved.row.version, "benchmarks": len(kept)}
        by = actor.pk if actor else None
        record(institution.pk, edition.charter.stream, "charters.edition_saved", now, by, data)
    return saved
