# SPDX-License-Identifier: EUPL-1.2
"""What must hold of rows that came in before they are kept: as many as were told, all of this body, none that
points at a row of another one, none with a number that this installation still has to give out.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import connection

from siac.config.moving.naming import numbers_to_come, strays_named
from siac.config.moving.numbers import falling, strays
from siac.config.moving.tables import LAYERS, USERS, Reference, Table, travelling_tables
from siac.config.moving.words import MovingError
from siac.infra.numbering import SIZE, first_number, sequences_of

_ANALYZED = 1_000
"""Rows from which on the planner is told of them: nobody else has seen them yet."""


def check_rows(
    body: int, loaded: Mapping[str, int], people: Collection[int], calendars: Collection[int]
) -> None:
    """Look through all that came in: 2 SQL a table with rows, 1 for each column of it that names a row (and
    for each sort of things that one names), and for each place within one where numbers of rows stand.

    Raises:
        MovingError: something is not of this body.
    """
    tables = [each for each in travelling_tables().values() if loaded[each.name]]
    to_come = numbers_to_come()
    with connection.cursor() as cursor:
        for table in tables:
            if loaded[table.name] > _ANALYZED:
                cursor.execute(f"ANALYZE {table.name}")
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table.name} t WHERE {table.of(body)}")  # noqa: S608
            if cursor.fetchone()[0] != loaded[table.name]:
                raise MovingError(
                    f"El archivo trae filas de otro organismo en {table.name}; no se cambió nada."
                )
        for table in tables:
            for column, query, values in _strays(table, body, people, calendars, to_come):
                cursor.execute(query, values)
                if cursor.fetchone() is not None:
                    raise MovingError(
                        f"Una fila de {table.name} ({column}) apunta a algo que no es del organismo;"
                        " no se cambió nada."
                    )


def drop_filters(body: int, loaded: Mapping[str, int]) -> None:
    """Take what is not of the body out of the filters that people kept: 1 SQL for each kind of filter."""
    with connection.cursor() as cursor:
        for table in travelling_tables().values():
            for statement in falling(table, body) if loaded[table.name] else ():
                cursor.execute(statement)


def _strays(
    table: Table,
    body: int,
    people: Collection[int],
    calendars: Collection[int],
    to_come: Mapping[str, tuple[int, int]],
) -> Iterator[tuple[str, str, list[Any]]]:
    for each in table.references:
        yield (each.column, *_stray(table, each, body, people, calendars))
    for column, query in strays_named(table, body, people, to_come):
        yield (column, *query)
    yield from strays(table, body, people, to_come)


def _stray(
    table: Table, each: Reference, body: int, people: Collection[int], calendars: Collection[int]
) -> tuple[str, list[list[int]]]:
    """Return the query for a row that names what it may not name."""
    rows = f'SELECT 1 FROM {table.name} t WHERE {table.of(body)} AND t."{each.column}" IS NOT NULL'  # noqa: S608
    if each.table == USERS:
        return f'{rows} AND t."{each.column}" <> ALL (%s) LIMIT 1', [list(people)]
    of = travelling_tables().get(each.table)
    if of is None:
        return f"{rows} LIMIT 1", []
    known = of.of(body, "o")
    values: list[list[int]] = []
    if each.table == LAYERS:
        known, values = f"({known} OR o.id = ANY (%s))", [list(calendars)]
    there = f'SELECT 1 FROM {of.name} o WHERE o."{each.key}" = t."{each.column}" AND {known}'  # noqa: S608
    return f"{rows} AND NOT EXISTS ({there}) LIMIT 1", values


def settle_numbers(body: int, loaded: Mapping[str, int]) -> None:
    """Let sequences go on behind what came in of our own block: a body that was opened here comes back
    (1 SQL, 1 more for each table that counts).
    """
    first = first_number()
    tables = travelling_tables()
    with connection.cursor() as cursor:
        for sequence, name, column, last in sequences_of([each for each in tables if loaded[each]]):
            within = "true" if first is None else f"t.{column} BETWEEN {first} AND {first + SIZE - 1}"
            cursor.execute(f"SELECT max(t.{column}) FROM {name} t WHERE {tables[name].of(body)} AND {within}")  # noqa: S608
            (highest,) = cursor.fetchone()
            if highest is not None and (last is None or highest > last):
                cursor.execute("SELECT setval(%s, %s)", [sequence, highest])
