# SPDX-License-Identifier: EUPL-1.2
"""A table as a download."""

import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence, Sized
from importlib import import_module
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from siac.infra.limits import begin_anew
from siac.infra.tables.rows import Columns, csv_bytes
from siac.kernel.errors import Refused

Response = TypeVar("Response", bound=HttpResponseBase)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


CSV = "text/csv; charset=utf-8"
MOST_ROWS = 100_000
"""Rows of a table that is made while somebody waits for it."""
_IN_MEMORY = 1 << 20
"""Bytes of a table on its way out that are held in memory; more of it lies on the disk."""


def csv_response(
    columns: Columns, rows: Iterable[Sequence[Any]], *, name: str, as_typed: bool = False
) -> FileResponse:
    """Return the rows as a download called `name`.csv that nobody on the way keeps; `as_typed` as
    `csv_bytes`: what somebody sent comes back to them, however long it is.

    Raises:
        Refused: as `at_most`.
    """
    told = rows if as_typed else at_most(rows)
    return whole_csv(csv_bytes(columns, told, as_typed=as_typed), name=name)


def at_most(rows: Iterable[Sequence[Any]], most: int | None = None) -> Iterator[Sequence[Any]]:
    """Yield the rows of a table that a page waits for, at most `MOST_ROWS` of them.

    Raises:
        Refused: there are more (table_long).
    """
    most = MOST_ROWS if most is None else most
    if isinstance(rows, Sized) and len(rows) > most:
        raise Refused("table_long", count=grouped(len(rows)), most=grouped(most))
    for number, row in enumerate(rows, start=1):
        if number > most:
            raise Refused("table_long", count=f"más de {grouped(most)}", most=grouped(most))
        yield row


def require_short(rows: QuerySet[Any]) -> None:
    """Refuse a table that `at_most` would break off: to be asked before it is noted that somebody took it
    (1 SQL).

    Raises:
        Refused: there are more rows than `MOST_ROWS` (table_long).
    """
    count = rows.count()
    if count > MOST_ROWS:
        raise Refused("table_long", count=grouped(count), most=grouped(MOST_ROWS))


def grouped(number: int) -> str:
    """Return a number of rows as a sentence says it.

    >>> grouped(100_000)
    '100.000'
    """
    return f"{number:,}".replace(",", ".")


def whole_csv(lines: Iterable[bytes], *, name: str) -> FileResponse:
    """Return the lines of a table as a download called `name`.csv, once the last one is there.

    The web server ends an answer that breaks off in the middle as one that is whole: a list that lost the
    database would be a shorter list that nobody can tell from the right one. A long one may take longer
    than a page: each line has the limit of a page.
    """
    held = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        for line in lines:
            held.write(line)
            begin_anew()
        held.seek(0)
    except BaseException:
        held.close()
        raise
    return _named(FileResponse(held, content_type=CSV), f"{name}.csv")


def table_response(
    columns: Columns, rows: Iterable[Sequence[Any]], *, form: str, name: str, title: str
) -> HttpResponseBase:
    """Return a short table as a download called `name` with the ending of `form` (csv or xlsx).

    Raises:
        Refused: as `at_most`.
    """
    if form != "xlsx":
        return csv_response(columns, rows, name=name)
    target = io.BytesIO()
    # The writer is heavy: only whoever asks for a workbook loads it.
    import_module("siac.infra.tables.workbook").write_workbook(target, columns, at_most(rows), title=title)
    return _named(HttpResponse(target.getvalue(), content_type=WORKBOOK), f"{name}.xlsx")


def workbook_response(
    sheets: Iterable[tuple[str, Columns, Iterable[Sequence[Any]]]], *, name: str
) -> HttpResponse:
    """Return short tables, each (title, columns, rows), as the sheets of a workbook called `name`.xlsx."""
    target = io.BytesIO()
    import_module("siac.infra.tables.workbook").write_sheets(target, sheets)
    return _named(HttpResponse(target.getvalue(), content_type=WORKBOOK), f"{name}.xlsx")


def _named(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
