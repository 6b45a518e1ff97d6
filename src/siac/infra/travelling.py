# SPDX-License-Identifier: EUPL-1.2
"""What of a body's rows cannot go to another installation as it is, said by the context whose rows they are.

A row travels column by column as PostgreSQL writes it. Three sorts of columns do not: what is sealed with
the key of the vault is sealed again under the key of the journey and, there, under the key of that vault;
what is reckoned with a key of the installation is reckoned anew there; what means something only here is
left empty. `config.moving` does the moving, and names the tables that stay.

Numbers of rows stay as they are, so nothing is done to a column that names a row of another table without a
foreign key; but each says here which table that is, for a file that names rows of other bodies is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

Row = Mapping[str, str | None]
"""Columns of a row by name, as PostgreSQL writes them; None where there is nothing."""
Changed = Callable[[str | None], Any]
"""Of what a column held there, what it holds here."""
Again = Callable[[Any, Row, bytes], Mapping[str, Any]]
"""Of the body, a row and what was sealed in it: columns that are reckoned from it, with their values."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """`bound_to`: to what its value is bound, from the row. `again`: what else of the row is made from it."""

    table: str
    column: str
    purpose: str
    bound_to: Callable[[Row], str]
    again: Again | None = None
    remade: Mapping[str, Any] = field(default_factory=dict)
    """The columns that `again` returns, with what they hold where nothing is sealed."""


@dataclass(frozen=True, slots=True)
class SignedColumns:
    """Columns that this installation signs, from the row and its other columns."""

    table: str
    columns: tuple[str, ...]
    sign: Callable[[Row], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column that names a row without a foreign key, by its whole number; 0 and null name none.

    `of`: the table; empty where the sort of thing stands in the column `by`, whose words `register_sorts`
    says (what follows a colon is no part of the word). Where `by` is the column itself, it is text: «user:7».
    """

    table: str
    column: str
    of: str = ""
    by: str = ""
    keeps: bool = False
    """A number of an account stays what it was, for a digest covers it; else it becomes the one of here."""


_NAMED: dict[tuple[str, str], NamedColumn] = {}
_SORTS: dict[str, str] = {}
_SEALED: dict[tuple[str, str], SealedColumn] = {}
_SIGNED: dict[str, SignedColumns] = {}
_GIVEN: dict[tuple[str, str], Any] = {}
_CHANGED: dict[tuple[str, str], Changed] = {}
_TRANSACTIONS: dict[tuple[str, str], None] = {}


def register_sealed(
    model: type[models.Model],
    column: str,
    purpose: str,
    bound_to: Callable[[Row], str],
    again: Again | None = None,
    remade: Mapping[str, Any] | None = None,
) -> None:
    """Have `column`, sealed with `crypto.seal` under `purpose`, opened and sealed again on the way."""
    table = model._meta.db_table
    _SEALED[(table, column)] = SealedColumn(table, column, purpose, bound_to, again, dict(remade or {}))


def register_signed(
    model: type[models.Model], columns: tuple[str, ...], sign: Callable[[Row], Mapping[str, Any]]
) -> None:
    """Have `columns` not travel, but made there from the rest of the row."""
    table = model._meta.db_table
    _SIGNED[table] = SignedColumns(table, columns, sign)


def register_arrival(model: type[models.Model], **values: Any) -> None:
    """Have rows of `model` arrive with these values in these columns: what means something only here, or is
    to be switched on there by somebody."""
    for column, value in values.items():
        _GIVEN[(model._meta.db_table, column)] = value


def register_changed(model: type[models.Model], column: str, change: Changed) -> None:
    """Have `column` hold here what `change` makes of what it held there."""
    _CHANGED[(model._meta.db_table, column)] = change


def register_transaction_number(model: type[models.Model], column: str) -> None:
    """Have the numbers of transactions in `column` lowered below all that the other server gives out, in
    their order, as after a restore."""
    _TRANSACTIONS[(model._meta.db_table, column)] = None


def register_named(model: type[models.Model], *, keeps: bool = False, **tables: str) -> None:
    """Say of which tables these whole numbers of `model` name a row: `unit_id="organizations_unit"`."""
    table = model._meta.db_table
    for column, of in tables.items():
        _NAMED[(table, column)] = NamedColumn(table, column, of, keeps=keeps)


def register_named_by(model: type[models.Model], column: str, by: str) -> None:
    """Say that `column` names a row of a sort of thing that the column `by` tells."""
    table = model._meta.db_table
    _NAMED[(table, column)] = NamedColumn(table, column, by=by)


def register_sorts(models_by_word: Mapping[str, type[models.Model]]) -> None:
    """Say what table has the things of a sort, by the word for it in columns (`case`, `user`).

    ValueError where a word means another table already.
    """
    for word, model in models_by_word.items():
        if _SORTS.setdefault(word, model._meta.db_table) != model._meta.db_table:
            raise ValueError(f"«{word}» names rows of two tables")


def named_columns(table: str) -> list[NamedColumn]:
    """Return the columns of a table that name a row without a foreign key. No SQL."""
    return [each for (of, _), each in _NAMED.items() if of == table]


def table_of_sort(word: str) -> str | None:
    """Return the table with the things of a sort; None where nobody said it. No SQL."""
    return _SORTS.get(word)


def sealed_columns(table: str) -> list[SealedColumn]:
    """Return the columns of a table that are sealed with the key of the vault. No SQL."""
    return [each for (of, _), each in _SEALED.items() if of == table]


def signed_columns(table: str) -> SignedColumns | None:
    """Return what of a table this installation signs. No SQL."""
    return _SIGNED.get(table)


def values_on_arrival(table: str) -> dict[str, Any]:
    """Return what columns of a table hold when they arrive, whatever they held. No SQL."""
    return {column: value for (of, column), value in _GIVEN.items() if of == table}


def changed_columns(table: str) -> dict[str, Changed]:
    """Return the columns of a table that hold here something else than there, and what makes it. No SQL."""
    return {column: change for (of, column), change in _CHANGED.items() if of == table}


def transaction_numbers(table: str) -> set[str]:
    """Return the columns of a table that hold numbers of transactions. No SQL."""
    return {column for of, column in _TRANSACTIONS if of == table}
