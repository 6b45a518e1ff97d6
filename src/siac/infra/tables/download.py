# SPDX-License-Identifier: EUPL-1.2
"""A table as a download."""

import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from siac.infra.tables.rows import Columns, csv_bytes

Response = TypeVar("Response", bound=HttpResponseBase)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(
    columns: Columns, rows: Iterable[Sequence[Any]], *, name: str, as_typed: bool = False
) -> StreamingHttpResponse:
    """Return the rows as they come, as a download called `name`.csv that nobody on
    the way keeps; `as_typed` as `csv_bytes`.
    """
    response = StreamingHttpResponse(
        csv_bytes(columns, rows, as_typed=as_typed), content_type="text/csv; charset=utf-8"
    )
    return _named(response, f"{name}.csv")


def table_response(
    columns: Columns, rows: Iterable[Sequence[Any]], *, form: str, name: str, title: str
) -> HttpResponseBase:
    """Return a short table as a download called `name` with the ending of `form` (csv or xlsx)."""
    if form != "xlsx":
        return csv_response(columns, rows, name=name)
    target = io.BytesIO()
    # The writer is heavy: only whoever asks for a workbook loads it.
    import_module("siac.infra.tables.workbook").write_workbook(target, columns, rows, title=title)
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
