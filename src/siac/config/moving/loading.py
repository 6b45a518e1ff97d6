# SPDX-License-Identifier: EUPL-1.2
"""Putting the parts of a file where they belong, inside the transaction of whoever takes the body in."""

from collections.abc import Callable, Mapping
from hashlib import file_digest, sha256
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.base import File
from django.db import connection

from siac.config.moving.lines import said
from siac.config.moving.package import ERASURES, FILE, TABLE, Part
from siac.config.moving.rows import Arriving, carried_columns, made_columns
from siac.config.moving.tables import BODY, travelling_tables
from siac.config.moving.words import MovingError
from siac.documents.public import file_of_body, file_store
from siac.infra.crypto import Keyring, vault_keys
from siac.organizations.public import institutions_of

Say = Callable[[str], Any]
Ids = Mapping[str, Mapping[int, int]]
_SPOOLED = 8 << 20
_LARGEST_LEDGER = 64 << 20


class Loading:
    """What came in so far of a body. `ids`: for a table, numbers there and here where they may differ;
    `stored` gains the keys of files that were put into the store.
    """

    def __init__(
        self,
        body: int,
        slug: str,
        key: bytes,
        ids: Mapping[str, Mapping[int, int]],
        stored: list[str],
        say: Say,
    ) -> None:
        self.body, self.slug, self.journey, self.ids, self.stored, self.say = (
            body, slug, Keyring(key), ids, stored, say,
        )  # fmt: skip
        self.rows: dict[str, int] = {}
        self.files, self.ledger = 0, b""
        self.institution: Any = None
        self._last_file = ""

    def take(self, part: Part) -> None:
        """Put one part where it belongs; head and manifest were read before.

        Raises:
            MovingError: it is not as it must be.
            django.db.Error: the database does not take it.
        """
        if part.name.startswith(TABLE):
            self._take_table(part)
        elif part.name.startswith(FILE):
            self._take_file(part)
        elif part.name == ERASURES:
            self.ledger = _whole(part)

    def _take_table(self, part: Part) -> None:
        table = travelling_tables()[part.name.removeprefix(TABLE)]
        arriving = Arriving(table, journey=self.journey, vault=vault_keys(), ids=self.ids)
        if table.name == BODY:
            # It left closed, so that nobody wrote any more; here it goes on.
            values = {"slug": self.slug, "is_active": True}
            arriving.renamed = {arriving.columns[name]: said(value) for name, value in values.items()}
        self.rows[table.name] = _load(part, arriving, self.institution)
        if table.name == BODY:
            self.institution = next(iter(institutions_of([self.body])), None)
            if self.institution is None or self.rows[BODY] != 1 or self.institution.is_practice:
                raise MovingError("El archivo no trae el organismo que dice; no se cambió nada.")

    def _take_file(self, part: Part) -> None:
        if not self.files:
            self.say(f"Filas puestas: {sum(self.rows.values())}. Siguen los archivos.")
        if part.name <= self._last_file:  # in their order, so none is there twice
            raise MovingError("El archivo trae un documento dos veces; no se cambió nada.")
        _store(part, self.body, self.stored)
        self.files, self._last_file = self.files + 1, part.name


def _whole(part: Part) -> bytes:
    held = bytearray()
    for block in part.blocks:
        held += block
        if len(held) > _LARGEST_LEDGER:
            raise MovingError("El registro de borrados del archivo es demasiado grande; no se cambió nada.")
    return bytes(held)


def _load(part: Part, arriving: Arriving, institution: Any) -> int:
    """Copy the rows of a part into their table; return how many. None asks nothing of the database."""
    table, blocks = arriving.table, arriving.rows(part.blocks, institution)
    first = next(blocks, None)
    if first is None:
        return 0
    names = ", ".join(f'"{each}"' for each in [*carried_columns(table), *made_columns(table)])
    # Errors of a COPY come as the driver has them, unless they are told to come as Django's.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copying:
            for block in chain([first], blocks):
                copying.write(block)
        return int(cursor.rowcount)


def _store(part: Part, body: int, stored: list[str]) -> None:
    """Put a file into the store, as the row of the body says it is."""
    key = part.name.removeprefix(FILE)
    row = file_of_body(body, key)
    if row is None:
        raise MovingError(f"El archivo trae un documento que nadie guarda: {key}; no se cambió nada.")
    store, digest = file_store(), sha256()
    with SpooledTemporaryFile(max_size=_SPOOLED) as held:
        for block in part.blocks:
            digest.update(block)
            held.write(block)
        if digest.hexdigest() != row.sha256 or part.tally.size != row.size:
            raise MovingError(f"El documento {key} no es como se recibió; no se cambió nada.")
        held.seek(0)
        if store.exists(key):
            with store.open(key) as present:
                same = file_digest(present, "sha256").hexdigest() == row.sha256
            if not same:
                raise MovingError(f"El almacén ya tiene otro archivo {key}; no se cambió nada.")
            # Left by a run that was killed: put there anew, or the sweep of the night would take it for old.
            store.delete(key)
        saved = store.save(key, File(held, name=key))
        stored.append(saved)
        if saved != key:
            raise MovingError(f"El almacén no acepta el archivo {key}; no se cambió nada.")
