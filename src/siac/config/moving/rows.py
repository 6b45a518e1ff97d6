# SPDX-License-Identifier: EUPL-1.2
"""What is done to each row on its way out and in; a table of which nothing is done goes through as it is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from siac.config.moving.lines import NOTHING, bytes_of, lines_of, said, text_of
from siac.config.moving.naming import renamed_accounts
from siac.config.moving.numbers import changes_of, rewritten
from siac.config.moving.package import gathered
from siac.config.moving.tables import USERS, Table
from siac.config.moving.words import MovingError
from siac.infra.crypto import Keyring, Unreadable, seal, unseal
from siac.infra.travelling import (
    SealedColumn,
    changed_columns,
    sealed_columns,
    signed_columns,
    transaction_numbers,
    values_on_arrival,
)


class _Line(Mapping[str, str | None]):
    """The columns of a line by name, read as they are asked for."""

    def __init__(self, columns: Mapping[str, int], cells: list[bytes]) -> None:
        self.columns, self.cells = columns, cells

    def __getitem__(self, column: str) -> str | None:
        return text_of(self.cells[self.columns[column]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def carried_columns(table: Table) -> list[str]:
    """Return the columns of a table that are in the file: all but those that are made or given there."""
    signed = signed_columns(table.name)
    left = set(values_on_arrival(table.name)) | set(signed.columns if signed else ())
    left |= {column for each in sealed_columns(table.name) for column in each.remade}
    return [each for each in table.columns if each not in left]


def made_columns(table: Table) -> list[str]:
    """Return the columns that are made or given there, in the order in which `arriving` adds them."""
    carried = set(carried_columns(table))
    return [each for each in table.columns if each not in carried]


def selected(table: Table, body: int, lowered: int) -> str:
    """Return the query for the rows of a body as they are in the file, numbers of transactions `lowered`."""
    numbers = transaction_numbers(table.name)
    told = ", ".join(
        f't."{each}"' + (f" - {int(lowered)}" if each in numbers else "") for each in carried_columns(table)
    )
    return f"SELECT {told} FROM {table.name} t WHERE {table.of(body)}"  # noqa: S608 - names of our models


def leaving(table: Table, rows: Iterable[bytes], vault: Keyring, journey: Keyring) -> Iterator[bytes]:
    """Yield the rows of a table with what is sealed in them sealed under the key of the journey.

    Raises:
        Unreadable: something is sealed with a key that is not here.
    """
    sealed = sealed_columns(table.name)
    if not sealed:
        yield from gathered(bytes(row) for row in rows)
        return
    columns = {name: place for place, name in enumerate(carried_columns(table))}

    def changed() -> Iterator[bytes]:
        for row in rows:
            line = _Line(columns, bytes(row).rstrip(b"\n").split(b"\t"))
            for each in sealed:
                _resealed(each, line, vault, journey)
            yield b"\t".join(line.cells) + b"\n"

    yield from gathered(changed())


def _resealed(each: SealedColumn, line: _Line, before: Keyring, after: Keyring) -> bytes | None:
    """Seal a column under another key and return what it says; None where it says nothing."""
    place = line.columns[each.column]
    blob = bytes_of(line.cells[place])
    if not blob:
        return None
    bound = each.bound_to(line)
    plain = unseal(before, each.purpose, blob, bound)
    line.cells[place] = said(seal(after, each.purpose, plain, bound))
    return plain


class Arriving:
    """What is done to the rows of a table that come in. `body`: the row of the body, once it is there."""

    def __init__(
        self, table: Table, *, journey: Keyring, vault: Keyring, ids: Mapping[str, Mapping[int, int]]
    ) -> None:
        self.table, self.journey, self.vault = table, journey, vault
        self.sealed, self.signed = sealed_columns(table.name), signed_columns(table.name)
        self.given = values_on_arrival(table.name)
        self.columns = {
            name: place for place, name in enumerate([*carried_columns(table), *made_columns(table)])
        }
        self.width = len(carried_columns(table))
        self.maps = [
            (self.columns[each.column], {b"%d" % old: b"%d" % new for old, new in known.items()})
            for each in table.references
            if each.column in self.columns
            and (known := {old: new for old, new in ids.get(each.table, {}).items() if old != new})
        ]
        self.within = {
            self.columns[column]: wanted
            for column, wanted in changes_of(table.name, ids).items()
            if column in self.columns
        }
        self.changed = {self.columns[name]: change for name, change in changed_columns(table.name).items()}
        self.named = renamed_accounts(table, self.columns, ids.get(USERS, {}))
        self.remade = {name: value for each in self.sealed for name, value in each.remade.items()}
        self.renamed: dict[int, bytes] = {}

    @property
    def is_plain(self) -> bool:
        """Whether rows go in as they are in the file."""
        return len(self.columns) == self.width and not (
            self.sealed or self.maps or self.within or self.named or self.changed or self.renamed
        )

    def rows(self, blocks: Iterable[bytes], body: Any) -> Iterator[bytes]:
        """Yield blocks of rows as they go into the table.

        Raises:
            MovingError: a row has another form, or what is sealed in it does not open.
        """
        if self.is_plain:
            yield from blocks
            return
        yield from gathered(self._row(line, body) + b"\n" for line in lines_of(blocks))

    def _row(self, raw: bytes, body: Any) -> bytes:
        cells = raw.split(b"\t")
        if len(cells) != self.width:
            raise MovingError(f"Una fila de {self.table.name} no tiene sus columnas; no se cambió nada.")
        cells += [NOTHING] * (len(self.columns) - self.width)
        for place, known in self.maps:
            cells[place] = known.get(cells[place], cells[place])
        self._here(cells)
        for place, wanted in self.within.items():
            told = text_of(cells[place])
            cells[place] = NOTHING if told is None else said(rewritten(told, wanted))
        for place, value in self.renamed.items():
            cells[place] = value
        try:
            made = self._made(_Line(self.columns, cells), body)
        except (Unreadable, ValueError, KeyError, TypeError, UnicodeError):
            raise MovingError(
                f"Una fila de {self.table.name} no se lee con la clave del traslado; no se cambió nada."
            ) from None
        for name, value in made.items():
            cells[self.columns[name]] = said(value)
        return b"\t".join(cells)

    def _here(self, cells: list[bytes]) -> None:
        """Put into a row what columns hold here that held something else there."""
        for place, change in self.changed.items():
            cells[place] = said(change(text_of(cells[place])))
        for place, named in self.named.items():
            cells[place] = named(cells)

    def _made(self, line: _Line, body: Any) -> dict[str, Any]:
        """Seal a row for this vault and return the columns that are made or given here."""
        made: dict[str, Any] = {**self.remade, **self.given}
        for each in self.sealed:
            plain = _resealed(each, line, self.journey, self.vault)
            if plain is not None and each.again is not None:
                made |= each.again(body, line, plain)
        if self.signed is not None:
            made |= self.signed.sign(line)
        return made
