# SPDX-License-Identifier: EUPL-1.2
"""The pieces of a case as they may be handed to others: only what somebody reviewed, as it was left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from siac.cases.domain.numbers import cover_codes
from siac.cases.models import Case, Redaction
from siac.cases.pages import MessageShown, files_of, messages_with_files
from siac.cases.protection.pieces import Piece, digest, filed_text
from siac.cases.protection.redacting import FILES_OF
from siac.documents.public import Attachment, attachments_of

NOT_REVIEWED = "No se entrega: nadie ha revisado esta pieza."


@dataclass(frozen=True, slots=True)
class Releasable:
    """One piece that may be handed out once reviewed: a text (`message_id`,
    None for what was filed) or a file.
    """

    number: int
    title: str
    at_message: MessageShown | None
    file: Attachment | None
    redaction: Redaction | None
    replacement: Attachment | None

    @property
    def message_id(self) -> int | None:
        """The message whose text it is."""
        return self.at_message.message.pk if self.at_message and not self.file else None


def releasable(case: Case) -> list[Releasable]:
    """Return what of a case could be handed out, in order, each with what was
    decided: no internal note (4 SQL).
    """
    rows = {(row.message_id, row.attachment_id): row for row in Redaction.objects.filter(case=case)}
    ids = [row.pk for row in rows.values() if row.replacement_id]
    instead = attachments_of(case.institution_id, FILES_OF, ids) if ids else {}
    living = {file.pk: file for files in instead.values() for file in files if file.erased_at is None}

    def found(message_id: int | None, file: Attachment | None) -> tuple[Redaction | None, Attachment | None]:
        row = rows.get((None, file.pk) if file else (message_id, None))
        return row, living.get(row.replacement_id or 0) if row else None

    shown: list[Releasable] = []
    for title, item, file in _in_order(case):
        own = item.message.pk if item and not file else None
        shown.append(Releasable(len(shown) + 1, title, item, file, *found(own, file)))
    return shown


def _in_order(case: Case) -> Iterator[tuple[str, MessageShown | None, Attachment | None]]:
    yield "Solicitud", None, None
    for file in files_of(case):
        yield "Archivo con la solicitud", None, file
    for item in messages_with_files(case, for_citizen=False):
        if item.message.is_internal:
            continue
        yield item.message.get_kind_display(), item, None
        for file in item.files:
            yield f"Archivo con: {item.message.get_kind_display()}", item, file


def released_pieces(case: Case) -> list[Piece]:
    """Return the pieces of the edition for others.

    A piece nobody reviewed is named and left out, without its hash.

    Who wrote what is not told, nor are the names of files, which may name somebody.
    """
    return [_piece(case, item) for item in releasable(case)]


def _piece(case: Case, item: Releasable) -> Piece:
    at = (
        item.file.uploaded_at
        if item.file
        else item.at_message.message.at
        if item.at_message
        else case.filed_at
    )
    bare = Piece(item.number, item.title, at, "", "", note=NOT_REVIEWED)
    row = item.redaction
    if row is None:
        return bare
    grounds = f"Tachado por: {row.grounds}" if row.grounds else ""
    if item.file is None:
        text = cover_codes(
            row.body
        )  # it opens the case to whoever reads it, whatever was decided of the rest
        return replace(bare, text=text, sha256=digest(text), note=grounds)
    given = item.replacement if row.replacement_id else item.file
    if given is None:
        return bare
    called = f"archivo{PurePath(given.name).suffix.lower()}"
    return replace(bare, file=given, sha256=given.sha256, note=grounds, called=called)


def original_text(case: Case, item: Releasable) -> str:
    """Return the text of a piece as it was written."""
    return item.at_message.message.body if item.at_message else filed_text(case)
