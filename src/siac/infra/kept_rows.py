# SPDX-License-Identifier: EUPL-1.2
"""Rows of a list whose statement Django puts together once."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, QuerySet
from django.db.models.expressions import RawSQL

from siac.infra.ready import rows


@dataclass(frozen=True, slots=True)
class _Given:
    name: str


def given(name: str, field: "Field[Any, Any]") -> RawSQL:
    """Return what stands, in the conditions of a kept statement, for a value that it is read with."""
    return RawSQL("%s", [_Given(name)], output_field=field)


class KeptRows:
    """The statement of a list, with its values, and how its columns become a tuple.

    Putting it together costs Django more processor time than fifty rows do: who reads the same list again,
    with the same values but those that are `given`, keeps it. What a field does to what the database gives is
    done here as well.
    """

    def __init__(self, listed: QuerySet[Any], names: Sequence[str]) -> None:
        compiler = listed.values_list(*names).query.get_compiler(connection=connection)
        self._made: Callable[[Sequence[Any]], Any] = namedtuple("Row", names)._make  # type: ignore[attr-defined]
        self._values: tuple[Any, ...] | None = None
        self._text, self._converters = "", {}
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:  # the compiler knows that there is none
            return
        if any(isinstance(value, _Given) for value in values):
            self._text, self._values = sql, tuple(values)
        else:  # written into it, so that nobody reads it again for their places
            with connection.cursor() as cursor:
                self._text = cursor.mogrify(sql, values)
        self._converters = compiler.get_converters([column for column, _, _ in compiler.select])

    def read(self, **values: Any) -> list[Any]:
        """Return the rows as they are now, with these values given (1 SQL, none where there can be none)."""
        if not self._text:
            return []
        found: Iterable[Sequence[Any]] = rows(self._text, self._with(values))
        if self._converters:
            found = (self._converted(row) for row in found)
        return [self._made(row) for row in found]

    def _with(self, values: Mapping[str, Any]) -> list[Any] | None:
        if self._values is None:
            return None
        return [values[each.name] if isinstance(each, _Given) else each for each in self._values]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return values
