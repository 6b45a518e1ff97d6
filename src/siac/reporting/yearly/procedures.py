# SPDX-License-Identifier: EUPL-1.2
"""The sheet of procedures of a yearly report: what the body's own records say, with the State's columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from siac.organizations.public import Institution
from siac.procedures.public import ProcedureRecord, procedure_records
from siac.reporting.yearly.forms import ProcedureForm
from siac.reporting.yearly.reading import Cell, YearlyReport, own_cells

ToldProcedures = Sequence[Sequence[ProcedureRecord]]
"""The records of each procedure in the years of the report, the latest first."""


@dataclass(frozen=True, slots=True)
class ProcedureSheet:
    """The sheet of procedures with its records."""

    form: ProcedureForm
    told: ToldProcedures

    def of_year(self, year: int) -> list[ProcedureRecord]:
        """Return the records of one year, by name."""
        return [row for rows in self.told for row in rows if row.year == year]


def procedure_sheet(institution: Institution, report: YearlyReport) -> ProcedureSheet | None:
    """Return the procedures of which the years of a report tell, by name (1 SQL); None where the country asks
    for none.
    """
    form = report.form.procedures
    if form is None:
        return None
    by_key: dict[str, list[ProcedureRecord]] = {}
    for row in procedure_records(institution).filter(year__in=report.years).order_by("-year", "name", "pk"):
        by_key.setdefault(row.key, []).append(row)
    return ProcedureSheet(form, sorted(by_key.values(), key=lambda rows: (rows[0].name, rows[0].pk)))


def procedure_rows(
    institution: Institution, report: YearlyReport, sheet: ProcedureSheet
) -> tuple[list[str], list[list[Cell]]]:
    """Return the sheet as it stands in the file: what a procedure is comes from its latest year, and each
    year heads its columns. No SQL.
    """
    form = sheet.form
    heads = [*report.form.first_columns, *(key for key, _ in form.fixed)]
    heads += [f"{year}_{key}" for year in report.years for key, _ in form.yearly]
    rows = []
    for told in sheet.told:
        by_year = {row.year: row for row in told}
        cells = [*own_cells(institution, report), *(_cell(form, told[0], field) for _, field in form.fixed)]
        cells += [_cell(form, by_year.get(year), field) for year in report.years for _, field in form.yearly]
        rows.append(cells)
    return heads, rows


def _cell(form: ProcedureForm, row: ProcedureRecord | None, field: str) -> Cell:
    """Return a field of a record as the file has it; what stands for nothing where it says none."""
    if row is None or not field:
        return form.none
    if field == "reason":
        return form.reasons.get(row.reason, form.none)
    if field == "time_unit":
        return str(row.get_time_unit_display())
    value: Cell | None = getattr(row, field)
    if value is None or value == "":
        return form.none
    return value.normalize() + 0 if isinstance(value, Decimal) else value
