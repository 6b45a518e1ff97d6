# SPDX-License-Identifier: EUPL-1.2
"""A short register as a file at once: CSV that Excel opens in Spanish, or a workbook."""

import csv
import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from django.http import HttpResponse

from siac.kernel.cells import safe

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_response(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], *, form: str, name: str, title: str
) -> HttpResponse:
    """Return the rows as a download called `name` with the ending of `form` (csv or xlsx); no text becomes a formula."""
    told = ([safe(value) for value in row] for row in rows)
    if form == "xlsx":
        target = io.BytesIO()
        # openpyxl is heavy: only whoever asks for a workbook loads it.
        import_module("siac.cases.exports.workbook").write_workbook(target, headers, told, title=title)
        response = HttpResponse(target.getvalue(), content_type=WORKBOOK)
    else:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(headers)
        writer.writerows(told)
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
