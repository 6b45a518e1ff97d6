# SPDX-License-Identifier: EUPL-1.2
"""Statements that are written once, when a module loads, and prepared by the server.

For the few places where making a statement costs more than what it does. A row travels as JSON under
the names of its columns: one value a table however many columns and rows, so that one text does for
all. No column is named by hand: a field that comes to a model is in at once, and one of a class that
nobody said how to write stops the product from starting.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from django.db.models.expressions import DatabaseDefault
from psycopg import Cursor

from siac.infra.search import StoredWords

Convert = Callable[[Any], Any]


def _exactly(*kinds: type) -> Convert:
    """Return what passes values of these types on; another one (an expression above all) is refused."""

    def pass_on(value: Any) -> Any:
        if not isinstance(value, kinds):
            raise TypeError(f"{type(value).__name__} is none of {kinds}: infra.ready cannot store it")
        return value

    return pass_on


def _moment(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("A moment that is stored must be aware.")
    return value.isoformat()


def _day(value: date) -> str:
    if isinstance(value, datetime):
        raise TypeError("A day is stored, not a moment.")
    return value.isoformat()


def _stems(value: StoredWords) -> str:
    if not isinstance(value, StoredWords):
        raise TypeError("What is searched is stored by infra.search.stored_words.")
    return value.stems


_CONVERTERS: "dict[type[models.Field[Any, Any]], Convert]" = {
    models.CharField: _exactly(str),
    models.TextField: _exactly(str),
    SearchVectorField: _stems,
    models.BooleanField: _exactly(bool),
    **dict.fromkeys(
        (
            models.AutoField,
            models.BigAutoField,
            models.SmallIntegerField,
            models.IntegerField,
            models.BigIntegerField,
            models.PositiveSmallIntegerField,
            models.PositiveIntegerField,
            models.PositiveBigIntegerField,
        ),
        _exactly(int),
    ),
    models.DateField: _day,
    models.DateTimeField: _moment,
    models.BinaryField: lambda value: "\\x" + bytes(value).hex(),
    models.JSONField: _exactly(dict, list, str, int, float),
}
"""How a value of each class of field, None aside, is written in JSON."""


def converter(field: "models.Field[Any, Any]") -> Convert:
    """Return what writes a value of `field` as the JSON that PostgreSQL reads into its column.

    Raises:
        TypeError: a class, or a habit of its own, that nobody said how to write.
    """
    if isinstance(field, models.ForeignKey):
        return converter(field.target_field)
    if type(field) is ArrayField:
        inner = converter(field.base_field)
        return lambda values: [None if value is None else inner(value) for value in values]
    own = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if type(field) not in _CONVERTERS or own or getattr(field, "encoder", None) is not None:
        raise TypeError(f"nobody said how {field} is written ({type(field).__name__}: infra.ready)")
    return _CONVERTERS[type(field)]


@dataclass(frozen=True, slots=True)
class Part:
    """A statement with its values, to be sent alone or within another one."""

    text: str
    values: Sequence[Any]


class ReadyInsert:
    """The statement that stores rows of a model, all columns of it.

    A column that only the database fills stays out of it, and so does a key that the row does not have yet.
    """

    def __init__(self, model: type[models.Model]) -> None:
        """Look at the model once all are loaded, while the product starts.

        Raises:
            TypeError: a field is of a class that nobody said how to write.
        """
        self._model = model
        if apps.models_ready:
            self._look()
        else:
            _WAITING.append(self)

    def _look(self) -> None:
        model = self._model
        self._table = model._meta.db_table
        fields = model._meta.concrete_fields
        filled = [field for field in fields if not _is_left_out(field)]
        self._left_out = [field.attname for field in fields if _is_left_out(field) and not field.primary_key]
        self._key: models.Field[Any, Any] = model._meta.pk
        self._key_column = str(self._key.column)
        self._names = [str(field.column) for field in filled]
        self._words = frozenset(str(field.column) for field in filled if type(field) is SearchVectorField)
        self._values = attrgetter(*(field.attname for field in filled))
        self._convert = [converter(field) for field in filled]

    def __call__(self, rows: Sequence[models.Model]) -> Part:
        """Return the statement that stores `rows`, at least one, in their order; it returns the key of each.

        Either all have keys or none has; who wants those that the database gives asks `store`.
        """
        names = tuple(self._names)
        if rows[0].pk is not None and self._key_column not in names:
            names = (*names, self._key_column)
        said = [self._written(row, with_key=self._key_column in names) for row in rows]
        return Part(
            _insert(self._table, names, self._words, self._key_column),
            [json.dumps(said, ensure_ascii=False, separators=(",", ":"))],
        )

    def _written(self, row: models.Model, *, with_key: bool) -> dict[str, Any]:
        said = {
            name: None if value is None else convert(value)
            for name, convert, value in zip(self._names, self._convert, self._values(row), strict=True)
        }
        for name in self._left_out:
            if not isinstance(getattr(row, name), DatabaseDefault):
                raise TypeError(f"{name} of {self._table} is filled by the database alone")
        if (row.pk is not None) != with_key:
            raise ValueError(f"of rows of {self._table} some have keys")
        if with_key:
            said[self._key_column] = row.pk
        for name in self._words:
            said[f"{name} words"] = said.pop(name)
        return said


_WAITING: list[ReadyInsert] = []


def all_models_are_loaded() -> None:
    """Let what was declared while models were being loaded look at them.

    Raises:
        TypeError: as `ReadyInsert`.
    """
    while _WAITING:
        _WAITING.pop()._look()


def _is_left_out(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField) or (
        field.has_db_default() and not field.has_default()
    )


@cache
def _insert(table: str, names: tuple[str, ...], words: frozenset[str], key: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    if not words:
        return (
            f'INSERT INTO "{table}" ({columns}) SELECT {columns}'  # noqa: S608 - names of our own models
            f' FROM json_populate_recordset(NULL::"{table}", %s) RETURNING "{key}"'
        )
    taken = ", ".join(
        f"to_tsvector('simple', said ->> '{name} words')" if name in words else f'"{name}"' for name in names
    )
    return (
        f'INSERT INTO "{table}" ({columns}) SELECT {taken}'  # noqa: S608 - names of our own models
        f' FROM json_array_elements(%s) AS said, json_populate_record(NULL::"{table}", said)'
        f' RETURNING "{key}"'
    )


class ReadyRows:
    """The columns of a model in a statement that reads, and the model from what it gives.

    `alias` is what the statement calls the table. Columns are named, never `*`: a text that is prepared must
    give the same ones as long as it lives.
    """

    def __init__(self, model: type[models.Model], alias: str) -> None:
        fields = model._meta.concrete_fields
        self.columns = ", ".join(f'{alias}."{field.column}"' for field in fields)
        """To be written after SELECT."""
        self.width = len(fields)
        self._model = model
        self._names = [field.attname for field in fields]
        self._key = [field.primary_key for field in fields].index(True)
        self._read = [
            (place, field.from_db_value)
            for place, field in enumerate(fields)
            if hasattr(field, "from_db_value")
        ]

    def __call__(self, values: Sequence[Any]) -> Any:
        """Return the row whose `width` values these are; None where an outer join found none."""
        if values[self._key] is None:
            return None
        if self._read:
            values = list(values)
            for place, read in self._read:
                values[place] = read(values[place], None, connection)
        return self._model.from_db(connection.alias, self._names, values)


class _Prepared(Cursor[Any]):
    """A cursor whose parameters the server binds; it prepares at once, where the house allows it."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        """Send one statement."""
        return super().execute(query, params, prepare=True)


class _Logged(CursorDebugWrapper):
    """Notes the text that was sent: of one that is prepared the cursor keeps none."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        """Send one statement."""
        with self.debug_sql(sql, params):
            return CursorWrapper.execute(self, sql, params)


def rows(text: str, values: Sequence[Any] | None = ()) -> list[tuple[Any, ...]]:
    """Send a ready text, prepared the first time, and return its rows (1 SQL); None: its values are in it."""
    connection.ensure_connection()
    sent, wrapper = _Prepared(connection.connection), _Logged if connection.queries_logged else CursorWrapper
    with wrapper(sent, connection) as cursor:
        cursor.execute(text, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def together(parts: Sequence[Part], last: Part) -> list[tuple[Any, ...]]:
    """Do `parts`, at least one, and `last` in one statement, and return the rows of `last` (1 SQL).

    None of them sees what another one did. `last` may read `done`, a table of one row: then it happens after
    all parts, whatever it locks.
    """
    values = [value for part in (*parts, last) for value in part.values]
    return rows(_within(tuple(part.text for part in parts), last.text), values)


_ALL = Part("SELECT parts FROM done", ())
_KEYS = Part("SELECT p0.* FROM done, p0", ())  # `done` is read: else a part that only selects is never made


def send(parts: Sequence[Part]) -> None:
    """Do `parts`, at least one, in one statement (1 SQL)."""
    together(parts, _ALL)


@cache
def _within(texts: tuple[str, ...], last: str) -> str:
    parts = ", ".join(f"p{place} AS ({text})" for place, text in enumerate(texts))
    counted = " + ".join(f"(SELECT count(*) FROM p{place})" for place in range(len(texts)))  # noqa: S608
    # Materialized: else a count that `last` does not look at would never be made, and the parts come last.
    return f"WITH {parts}, done AS MATERIALIZED (SELECT {counted} AS parts) {last}"


def store(new: Sequence[models.Model], insert: Part, *beside: Part) -> None:
    """Do `insert`, which stores `new`, rows without keys, and what stands `beside` it, in one statement; the
    rows have the keys of the database then (1 SQL).
    """
    for row, (key,) in zip(new, together([insert, *beside], _KEYS), strict=True):
        row.pk = key
    stored(*new)


def stored(*new: models.Model) -> None:
    """Say of rows that were made here that the database has them now."""
    for row in new:
        row._state.adding, row._state.db = False, connection.alias


def next_keys(*models_: type[models.Model]) -> list[int]:
    """Take a key for a row of each model, of those that the database numbers (1 SQL)."""
    return list(rows(_next_keys(models_))[0])


@cache
def _next_keys(models_: tuple[type[models.Model], ...]) -> str:
    taken = (
        f"""nextval(pg_get_serial_sequence('"{m._meta.db_table}"', '{m._meta.pk.column}'))""" for m in models_
    )
    return f"SELECT {', '.join(taken)}"
