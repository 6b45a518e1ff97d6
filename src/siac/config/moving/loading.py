# SPDX-License-Identifier: EUPL-1.2
"""Putting the rows of a file where they belong, inside the transaction of whoever takes the body in."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from django.db import connection

from siac.config.moving.lines import said
from siac.config.moving.package import TABLE, Part
from siac.config.moving.rows import Arriving, carried_columns, made_columns
from siac.config.moving.tables import BODY, travelling_tables
from siac.config.moving.words import MovingError
from siac.infra.crypto import Keyring, vault_keys
from siac.organizations.public import institutions_of

Ids = Mapping[str, Mapping[int, int]]


class Loading:
    """What came in so far of a body. `ids`: for a table, numbers there and here where they may differ."""

    def __init__(self, body: int, slug: str, key: bytes, ids: Ids) -> None:
        self.body, self.slug, self.journey, self.ids = body, slug, Keyring(key), ids
        self.rows: dict[str, int] = {}
        self.institution: Any = None

    def take(self, part: Part) -> None:
        """Put the rows of one table where they belong.

        Raises:
            MovingError: one is not as it must be.
            django.db.Error: the database does not take it.
        """
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
