# SPDX-License-Identifier: EUPL-1.2
"""The page of the yearly report, and its file."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.indicators.public import address_of, data_state
from siac.infra.metrics import metric, source
from siac.infra.tables.download import workbook_response
from siac.organizations.public import Access, StaffRight, staff_page
from siac.reporting.yearly.forms import Column
from siac.reporting.yearly.procedures import ProcedureSheet, procedure_rows, procedure_sheet
from siac.reporting.yearly.reading import Cell, ToldSheet, YearlyReport, file_rows, yearly_report

OFFERED = 5
"""Years that the page leads to."""


@require_safe
@staff_page(StaffRight.FIGURES)
def yearly(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Show the report of a year, the last whole one unless another is asked for, or hand out its file."""
    body = access.institution
    today = body.local_date(current_time())
    asked = request.GET.get("anio", str(today.year - 1))
    if len(asked) != 4 or not (asked.isascii() and asked.isdigit()) or not 1990 <= int(asked) <= today.year:
        raise Http404("year")
    year = int(asked)
    report = yearly_report(body, year, today=today)
    procedures = procedure_sheet(body, report)
    if request.GET.get("formato") == "xlsx":
        sheets: list[tuple[str, Any, Any]] = [
            (told.sheet.title, *file_rows(body, report, told)) for told in report.sheets
        ]
        if procedures is not None:
            sheets.append((procedures.form.title, *procedure_rows(body, report, procedures)))
        return workbook_response(sheets, name=f"informe-anual-{body.slug}-{year}")
    data_time, is_complete = data_state(body)
    context = {
        "report": report,
        "year": year,
        "is_running": year == today.year,
        "sheets": [
            *(_shown(access, report, told) for told in report.sheets),
            *([_shown_procedures(access, procedures, year)] if procedures else []),
        ],
        "years": range(today.year, today.year - OFFERED, -1),
        "data_time": data_time,
        "is_complete": is_complete,
        "file_url": f"?{urlencode({'anio': year, 'formato': 'xlsx'})}",
    }
    return render(request, "reporting/workspace/yearly.html", context)


_NOTHING = "Sin respuestas"
"""What the page says where the file of the State wants a number: nobody was answered in 0 days."""


def _shown(access: Access, report: YearlyReport, told: ToldSheet) -> dict[str, Any]:
    """Return a sheet as the page shows it: where years stand side by side, a row for each column."""
    sheet, is_open = told.sheet, told.kinds is not None
    if not is_open:
        return {"title": sheet.title, "is_open": False}
    if sheet.by:
        dimension = source(metric(sheet.columns[0].metric).of.source).dimension(sheet.by)
        heads = [dimension.title, *(column.title for column in sheet.columns)]
        rows = [(name, [(_words(cell), "") for cell in cells[-1]]) for _, name, cells in told.rows]
        return {"title": sheet.title, "heads": heads, "rows": rows, "is_open": is_open}
    rows = []
    for place, column in enumerate(sheet.columns):
        cells = [by_year[place] for _, _, years in told.rows for by_year in years]
        links = [
            _behind(access, told.kinds, column, year, cell)
            for year, cell in zip(report.years, cells, strict=True)
        ]
        rows.append((column.title, [(_words(cell), url) for cell, url in zip(cells, links, strict=True)]))
    goals = [(goal.title, "" if target is None else number_format(target)) for goal, target in told.goals]
    heads = ["", *(str(year) for year in report.years)]
    return {
        "title": sheet.title,
        "heads": heads,
        "rows": rows,
        "goals": goals,
        "is_open": is_open,
    }


def _shown_procedures(access: Access, sheet: ProcedureSheet, year: int) -> dict[str, Any]:
    """Return the procedures of one year as the page shows them; the file has the years side by side."""
    heads = (
        "Trámite o servicio", "Tiempo comprometido", "Gestionados", "En más tiempo", "Media", "Mediana",
        "Mínimo", "Máximo",
    )  # fmt: skip
    rows = []
    for row in sheet.of_year(year):
        url = reverse("workspace:procedures:procedure", args=[access.institution.slug, row.key])
        promised = "" if row.promised is None else f"{row.promised} {row.get_time_unit_display()}"
        times = [row.beyond, row.mean, row.median, row.least, row.greatest]
        told = ["" if each is None else number_format(each, force_grouping=True) for each in times]
        handled = (number_format(row.handled, force_grouping=True), url)
        rows.append((row.name, [(promised, ""), handled, *((each, "") for each in told)]))
    note = "Lo que dicen los registros de trámites de la institución. El archivo tiene los años lado a lado."
    return {"title": sheet.form.title, "heads": heads, "rows": rows, "is_open": True, "note": note}


def _words(cell: Cell) -> str:
    if cell is None:
        return _NOTHING
    return cell if isinstance(cell, str) else str(number_format(cell, force_grouping=True))


def _behind(access: Access, kinds: Sequence[str] | None, column: Column, year: int, cell: Cell) -> str:
    """Return where the things behind a count are listed; nothing of what is no count, or of several kinds
    that have no name together.
    """
    if not cell or column.part == "value" or not kinds or len(kinds) != 1:
        return ""
    of = metric(column.metric)
    kind = source(of.of.source).dimension("kind")
    asked = {"periodo": "anio", "en": f"{year}-01-01", kind.address: address_of(kinds[0])}
    if column.part == "met" and (of.per or column.within):
        asked["solo"] = "si"
    if column.within:
        asked |= {"estadistica": column.statistic.value, "n": str(column.within)}
    return (
        f"{reverse('workspace:indicators:things', args=[access.institution.slug, of.key])}?{urlencode(asked)}"
    )
