# SPDX-License-Identifier: EUPL-1.2
"""Whole numbers that name a row without a foreign key (`infra.travelling.NamedColumn`): they name none of
another body, and accounts as they are here.

A row that is no more is nobody's, and a number of it stays. But one that this installation has still to give
out would name whatever gets it, of whomever: it is refused.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.db import connection

from siac.config.moving.tables import USERS, Table, travelling_tables
from siac.infra.numbering import SIZE, first_number, sequences_of
from siac.infra.travelling import NamedColumn, named_columns, table_of_sort

Query = tuple[str, list[Any]]
Renamed = Callable[[list[bytes]], bytes]
"""Given the cells of a row, what one of them holds here."""
_NUMBER = "CASE WHEN {said} ~ '^[0-9]{{1,18}}$' THEN ({said})::bigint END"


def numbers_to_come() -> dict[str, tuple[int, int]]:
    """Return the first and the last number that each table has still to give out here (2 SQL)."""
    first = first_number() or 1
    found = {}
    for _, name, _, last in sequences_of([*travelling_tables(), USERS]):
        found[name] = (max(first, (last or 0) + 1), first + SIZE - 1)
    return found


def not_of_body(
    number: str, of: str, body: int, people: Collection[int], to_come: Mapping[str, tuple[int, int]]
) -> Query:
    """Return the condition that `number` (SQL) names a row of the table `of` that is not of the body, or that
    will be one some day."""
    values: list[Any] = []
    if of == USERS:
        own, key = "o.id = ANY (%s)", "id"
        values.append(list(people))
    else:
        own, key = travelling_tables()[of].of(body, "o"), travelling_tables()[of].key
    stray = f'EXISTS (SELECT 1 FROM {of} o WHERE o."{key}" = {number} AND NOT ({own}))'  # noqa: S608 - our models
    if of not in to_come:
        return stray, values
    low, high = to_come[of]
    theirs = f'EXISTS (SELECT 1 FROM {of} o WHERE o."{key}" = {number})'  # noqa: S608 - our models
    return f"({stray} OR {number} BETWEEN {low} AND {high} AND NOT {theirs})", values


def strays_named(
    table: Table, body: int, people: Collection[int], to_come: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, Query]]:
    """Yield, for each column of a table that names rows by number alone, its name and the query for a row
    that names what is not of the body; 1 SQL for each that names several sorts of things.
    """
    for each in named_columns(table.name):
        if each.of:
            condition, values = not_of_body(f't."{each.column}"', each.of, body, people, to_come)
            yield each.column, _query(table, body, f't."{each.column}" <> 0 AND {condition}', values)
            continue
        number, word = _said(each)
        if each.by == each.column:
            odd = f"t.\"{each.column}\" !~ '^([a-z_]+:[0-9]{{1,18}})?$'"
            yield each.column, _query(table, body, odd, [])
        for told in _words(table, body, word, number):
            of = table_of_sort(told)
            if of is None:
                yield each.column, _query(table, body, f"{word} = %s AND {number} <> 0", [told])
            else:
                condition, values = not_of_body(number, of, body, people, to_come)
                yield each.column, _query(table, body, f"{word} = %s AND {condition}", [told, *values])


def _query(table: Table, body: int, condition: str, values: list[Any]) -> Query:
    return f"SELECT 1 FROM {table.name} t WHERE {table.of(body)} AND {condition} LIMIT 1", values  # noqa: S608


def _said(each: NamedColumn) -> tuple[str, str]:
    """Return the SQL of the number that a column says, and of the word for its sort."""
    word = f"split_part(t.\"{each.by}\", ':', 1)"
    if each.by != each.column:
        return f't."{each.column}"', word
    return _NUMBER.format(said=f"split_part(t.\"{each.column}\", ':', 2)"), word


def _words(table: Table, body: int, word: str, number: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {word} FROM {table.name} t WHERE {table.of(body)} AND {number} <> 0"  # noqa: S608
        )
        return [told for (told,) in cursor.fetchall()]


def people_named(table: Table) -> list[str]:
    """Return the queries for the numbers, as text, of the accounts that rows `t` of a table name so; without
    the condition of whose rows."""
    found = []
    for each in named_columns(table.name):
        if each.of == USERS:
            found.append(f'SELECT DISTINCT t."{each.column}"::text FROM {table.name} t WHERE')  # noqa: S608
        elif each.by:
            number, word = _said(each)
            found.append(f"SELECT DISTINCT ({number})::text FROM {table.name} t WHERE {word} = 'user' AND")  # noqa: S608
    return found


def renamed_accounts(
    table: Table, columns: Mapping[str, int], known: Mapping[int, int]
) -> dict[int, Renamed]:
    """Return what to do to the columns of a row, by their place, that name an account by number alone."""
    other = {b"%d" % old: b"%d" % new for old, new in known.items() if old != new}
    if not other:
        return {}
    found: dict[int, Renamed] = {}
    for each in named_columns(table.name):
        if not each.keeps and each.column in columns and (each.of == USERS or each.by):
            found[columns[each.column]] = _renamed(each, columns, other)
    return found


def _renamed(each: NamedColumn, columns: Mapping[str, int], other: Mapping[bytes, bytes]) -> Renamed:
    place = columns[each.column]
    if each.of == USERS:
        return lambda cells: other.get(cells[place], cells[place])
    by = columns[each.by]
    if by != place:
        return lambda cells: (
            other.get(cells[place], cells[place]) if cells[by].split(b":")[0] == b"user" else cells[place]
        )

    def text(cells: list[bytes]) -> bytes:
        word, colon, number = cells[place].partition(b":")
        return word + colon + other.get(number, number) if word == b"user" else cells[place]

    return text
