# SPDX-License-Identifier: EUPL-1.2
"""Paging by key, not by number: the next page starts after the last row seen, whatever came in meanwhile.

The cursor in the URL holds the order values of one row. It is not signed: a made-up cursor only moves the
starting point inside what the query already lets the reader see, so it can hold nothing that opens a door.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Field, Q, QuerySet
from django.db.models.expressions import OrderBy

M = TypeVar("M", bound=models.Model)
_LONGEST_CURSOR = 600


class BadCursor(ValueError):
    """The cursor was not made by this list."""


@dataclass(frozen=True)
class Column:
    """One column of the order. Empty values come last in both directions."""

    name: str
    descending: bool
    nullable: bool
    field: "Field[Any, Any]"

    def order(self, *, backwards: bool) -> OrderBy:
        descending = self.descending != backwards
        nulls: dict[str, Any] = {}
        if self.nullable:
            nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        return F(self.name).desc(**nulls) if descending else F(self.name).asc(**nulls)

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, *, backwards: bool) -> Q | None:
        """Return the condition for rows strictly past `value`, or None where there can be none."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if backwards else None
        lookup = "lt" if self.descending != backwards else "gt"
        condition = Q(**{f"{self.name}__{lookup}": value})
        if self.nullable and not backwards:
            condition |= Q(**{f"{self.name}__isnull": True})
        return condition


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of one page and the cursors of its neighbours (None where there is none)."""

    rows: list[M]
    next: str | None
    previous: str | None


def page(
    queryset: QuerySet[M], order: Sequence[str], *, cursor: str | None = None, size: int = 50
) -> Page[M]:
    """Return one page of `queryset`, in 1 SQL query whatever the page.

    `order` names columns as Django does ("-created_at", "pk"; "case__due_on" through a relation), or
    annotations of the queryset that are never empty, and must end in a unique one. A cursor comes from
    `Page.next` or `Page.previous` of a list with the same order.

    Raises:
        BadCursor: the cursor was not made by a list with this order.
    """
    columns = [_column(queryset, name) for name in order]
    backwards, values = _decode(columns, cursor) if cursor else (False, None)
    if values is not None:
        queryset = queryset.filter(_past(columns, values, backwards=backwards))
    ordered = queryset.order_by(*(column.order(backwards=backwards) for column in columns))
    # One row more than asked tells whether there is a further page; counting would read the whole list.
    rows = list(ordered[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    # Going back, the page one comes from lies ahead; going on, the one that made the cursor lies behind.
    has_next = more if not backwards else True
    has_previous = values is not None if not backwards else more
    return Page(
        rows,
        _encode(columns, rows[-1], backwards=False) if has_next else None,
        _encode(columns, rows[0], backwards=True) if has_previous else None,
    )


def neighbour(queryset: QuerySet[M], order: Sequence[str], row: M, *, backwards: bool = False) -> M | None:
    """Return the row after `row` in `queryset` (or before it), in 1 SQL query; None at the end.

    `row` need not be in it.

    `order` is as in `page`.
    """
    columns = [_column(queryset, name) for name in order]
    values = [_value(row, column.name) for column in columns]
    past = queryset.filter(_past(columns, values, backwards=backwards))
    return past.order_by(*(column.order(backwards=backwards) for column in columns)).first()


def _column(queryset: QuerySet[Any], name: str) -> Column:
    descending, path = name.startswith("-"), name.lstrip("-")
    made = queryset.query.annotations.get(path)
    if made is not None:
        return Column(path, descending, False, made.output_field)
    model: type[models.Model] = queryset.model
    parts = path.split("__")
    nullable = False
    for part in parts[:-1]:
        relation = model._meta.get_field(part)
        nullable = nullable or bool(getattr(relation, "null", True))
        model = relation.related_model  # type: ignore[assignment]
    try:
        field = model._meta.pk if parts[-1] == "pk" else model._meta.get_field(parts[-1])
    except FieldDoesNotExist:
        raise ValueError(f"Cannot order by {path}: not a column.") from None
    return Column(path, descending, nullable or bool(field.null), field)  # type: ignore[arg-type]


def _past(columns: Sequence[Column], values: Sequence[Any], *, backwards: bool) -> Q:
    """Return (a past x) or (a = x and b past y) or …, led by a bare bound that an index can use."""
    condition, same = Q(pk__in=[]), Q()
    for column, value in zip(columns, values, strict=True):
        beyond = column.beyond(value, backwards=backwards)
        if beyond is not None:
            condition |= same & beyond
        same &= column.same(value)
    # PostgreSQL finds no place to begin in an index by a chain of ORs. The bound says nothing new, but where
    # empty values lie past the start it would leave them out.
    first, start = columns[0], values[0]
    if start is None or (first.nullable and not backwards):
        return condition
    lookup = "lte" if first.descending != backwards else "gte"
    return Q(**{f"{first.name}__{lookup}": start}) & condition


def _value(row: models.Model, path: str) -> Any:
    value: Any = row
    for part in [path] if path in vars(row) else path.split("__"):
        value = None if value is None else getattr(value, part)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _encode(columns: Sequence[Column], row: models.Model, *, backwards: bool) -> str:
    content = [int(backwards), *(_value(row, column.name) for column in columns)]
    raw = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(columns: Sequence[Column], cursor: str) -> tuple[bool, list[Any]]:
    if len(cursor) > _LONGEST_CURSOR:
        raise BadCursor
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        content = json.loads(raw)
    except (ValueError, binascii.Error, RecursionError):
        raise BadCursor from None
    if not isinstance(content, list) or len(content) != len(columns) + 1 or content[0] not in (0, 1):
        raise BadCursor
    return bool(content[0]), [_clean(column, v) for column, v in zip(columns, content[1:], strict=True)]


def _clean(column: Column, value: Any) -> Any:
    if value is None and column.nullable:
        return None
    if not isinstance(value, (str, int)) or (isinstance(value, str) and "\x00" in value):
        raise BadCursor
    try:
        cleaned = column.field.to_python(value)
    except (ValidationError, ValueError, TypeError):
        raise BadCursor from None
    # A number that no column holds would be a fault of the database, not an empty page.
    if cleaned is None or (isinstance(cleaned, int) and not -(2**63) <= cleaned < 2**63):
        raise BadCursor
    return cleaned
