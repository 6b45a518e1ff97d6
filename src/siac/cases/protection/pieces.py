# SPDX-License-Identifier: EUPL-1.2
"""The pieces of a case in the order they came: what was filed, each file, each message, with their
SHA-256.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from siac.cases.models import Case
from siac.cases.pages import MessageShown, files_of, messages_with_files, said_beside
from siac.documents.public import Attachment, ScanState

_NO_TEXT = "El texto se borró al terminar su plazo de conservación."


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: a text, or a file (`file`).

    `sha256` is of the UTF-8 text, or of the file as it was received.
    """

    number: int
    title: str
    at: datetime
    by: str
    sha256: str
    text: str = ""
    salt: str = ""
    """Salt of the seal that the journal holds of the text."""
    file: Attachment | None = None
    note: str = ""
    """What a reader must know: it was erased, it is not shown."""
    called: str = ""
    """The name that the file travels under instead of its own, which may name somebody."""

    @property
    def is_carried(self) -> bool:
        """Whether it is a file whose content can be handed out."""
        return self.file is not None and self.file.erased_at is None and not _is_infected(self.file)


def _is_infected(file: Attachment) -> bool:
    return file.scan_state == ScanState.INFECTED


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def pieces_of(case: Case, *, person: str) -> list[Piece]:
    """Return the pieces of a case, internal notes included; `person` stands for who filed it (3 SQL)."""
    return list(_numbered(case, person, messages_with_files(case, for_citizen=False), files_of(case)))


def _numbered(case: Case, person: str, shown: list[MessageShown], own: list[Attachment]) -> Iterator[Piece]:
    number = 1
    text = filed_text(case)
    note = "" if text else _NO_TEXT
    yield Piece(1, "Solicitud", case.filed_at, person, digest(text), text, case.text.salt, note=note)
    for file in own:
        number += 1
        yield _file(number, file, person, "con la solicitud")
    for item in shown:
        number += 1
        message, by = item.message, item.message.author_name or person
        title = f"{message.get_kind_display()}{' (la persona no la ve)' if message.is_internal else ''}"
        note = "" if message.body else _NO_TEXT
        yield Piece(
            number, title, message.at, by, digest(message.body), message.body, message.salt, note=note
        )
        told = number
        for file in item.files:
            number += 1
            yield _file(number, file, by, f"con la pieza {told}")


def filed_text(case: Case) -> str:
    """Return what was filed as one text: subject, body, place, and each question with its answer."""
    parts = [case.text.subject, case.text.body, *said_beside(case)]
    return "\n\n".join(part for part in parts if part)


def _file(number: int, file: Attachment, by: str, where: str) -> Piece:
    if file.erased_at is not None:
        note = "El archivo se borró al terminar su plazo de conservación; queda su huella."
    elif _is_infected(file):
        note = "El archivo contiene un virus: no se entrega; queda su huella."
    else:
        note = ""
    title = f"Archivo {where}: {file.said_name}" if file.name else f"Archivo {where}"
    return Piece(number, title, file.uploaded_at, by, file.sha256, file=file, note=note)
