# SPDX-License-Identifier: EUPL-1.2
"""Rows of a list whose statement Django puts together once."""

from collections import namedtuple
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


class KeptRows:
    """The statement of a list, with its values written into it, and how its columns become a tuple.

    Putting it together costs Django more processor time than fifty rows do: who reads the same list again,
    with the same values, keeps it. What a field does to what the database gives is done here as well.
    """

    def __init__(self, rows: QuerySet[Any], names: Sequence[str]) -> None:
        compiler = rows.values_list(*names).query.get_compiler(connection=connection)
        self._made: Callable[[Sequence[Any]], Any] = namedtuple("Row", names)._make  # type: ignore[attr-defined]
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:  # the compiler knows that there is none
            self._text, self._converters = "", {}
            return
        with connection.cursor() as cursor:
            self._text = cursor.mogrify(sql, values)
        self._converters = compiler.get_converters([column for column, _, _ in compiler.select])

    def read(self) -> list[Any]:
        """Return the rows as they are now (1 SQL, none where there can be none)."""
        if not self._text:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self._text)
            rows = cursor.fetchall()
        if self._converters:
            rows = [self._converted(row) for row in rows]
        return [self._made(row) for row in rows]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return values
