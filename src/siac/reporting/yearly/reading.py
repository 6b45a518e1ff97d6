# SPDX-License-Identifier: EUPL-1.2
"""The figures of a yearly report, sheet by sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from siac.indicators.public import Told, first_day, kinds_known_as, measure_many, targets_by_code
from siac.infra.metrics import metric, source
from siac.organizations.public import Institution
from siac.reporting.yearly.forms import Column, Goal, Sheet, YearlyForm, yearly_form

Cell = Decimal | int | str | None
"""None: there was nothing to tell it of."""
_SINCE = "cases.answered_of_owed"
"""What carries over is counted from the first day of its measures."""


@dataclass(frozen=True, slots=True)
class ToldSheet:
    """A sheet with its figures. `kinds`: the members of the dimension of kinds that it counts, None where the
    body has none; `rows`: name of the row, and by year the cell of each column; `goals`: the targets.
    """

    sheet: Sheet
    kinds: Sequence[str] | None
    rows: Sequence[tuple[str, str, Sequence[Sequence[Cell]]]]
    goals: Sequence[tuple[Goal, Decimal | None]]


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """The yearly report of a body: its form, the years side by side (the last is the one asked for)."""

    form: YearlyForm
    years: Sequence[int]
    sheets: Sequence[ToldSheet]


def yearly_report(institution: Institution, year: int, *, today: date) -> YearlyReport:
    """Return the report of a year (2 SQL, and for each sheet 1 for shares that carry over and 1 for each
    limit it names).
    """
    form = yearly_form(institution.jurisdiction)
    years = list(range(year - form.years + 1, year + 1))
    since = first_day(institution, metric(_SINCE).measures)
    codes = [goal.indicator for sheet in form.sheets for goal in sheet.goals]
    targets = targets_by_code(institution, codes)
    sheets = [
        _told(institution, sheet, years, since=since, targets=targets, today=today) for sheet in form.sheets
    ]
    return YearlyReport(form, years, sheets)


def _told(
    institution: Institution,
    sheet: Sheet,
    years: Sequence[int],
    *,
    since: date,
    targets: Mapping[str, Decimal],
    today: date,
) -> ToldSheet:
    goals = [(goal, targets.get(goal.indicator)) for goal in sheet.goals]
    kinds = kinds_known_as(institution, sheet.kind)
    if kinds is None:
        return ToldSheet(sheet, None, [], goals)
    shown = years[-1:] if sheet.by else years
    ranges = [(date(year, 1, 1), date(year, 12, 31)) for year in shown]
    where = {"kind": kinds} if kinds else {}
    said = {
        limit: measure_many(
            institution, [metric(key) for key in keys], ranges, today=today, by=sheet.by, where=where,
            within=limit, since=since,
        )
        for limit, keys in _asked(sheet).items()
    }  # fmt: skip
    facts = source(metric(sheet.columns[0].metric).of.source)
    names: Mapping[str, str] = facts.dimension(sheet.by).names(institution) if sheet.by else {"": ""}
    found = {group for told in said.values() for each in told.values() for group in each.groups}
    rows = [
        (
            member,
            name,
            [
                [
                    _cell(column, said[column.within][column.metric].told(place, member))
                    for column in sheet.columns
                ]
                for place in range(len(shown))
            ],
        )
        for member, name in names.items()
        if member in found or not sheet.by
    ]
    return ToldSheet(sheet, kinds, rows, goals)


def _asked(sheet: Sheet) -> dict[int, list[str]]:
    """Return the metrics that are read with each limit; those without one are read along with the first."""
    limits = sorted({column.within for column in sheet.columns})
    return {
        limit: sorted({column.metric for column in sheet.columns if column.within == limit})
        for limit in limits
    }


def _cell(column: Column, told: Told) -> Cell:
    if column.part == "total":
        return told.total
    if column.part == "met":
        return told.met(column.statistic)
    return told.value(column.statistic)


def _in_file(sheet: Sheet, cells: Sequence[Cell]) -> list[Cell]:
    """Return cells as the State's own file writes them: 0 or a dash where there is nothing to tell of."""
    columns = zip(sheet.columns, cells, strict=True)
    return [column.none if cell is None else cell for column, cell in columns]


def own_cells(institution: Institution, report: YearlyReport) -> list[Cell]:
    """Return what the first columns of a file say: which body it is. No SQL."""
    said: list[Cell] = ["", institution.official_code, institution.name]
    return said[-len(report.form.first_columns) :]


def file_rows(
    institution: Institution, report: YearlyReport, told: ToldSheet
) -> tuple[list[str], list[list[Cell]]]:
    """Return a sheet as it stands in the file: heads and rows. Where years stand side by side each heads its
    columns («2025_respondidos»), and the targets come last. No SQL.
    """
    sheet, form = told.sheet, report.form
    if sheet.by:
        heads = [sheet.by, *(column.key for column in sheet.columns)]
        return heads, [[name, *_in_file(sheet, cells[-1])] for _, name, cells in told.rows]
    heads = [*form.first_columns, *(f"{year}_{each.key}" for year in report.years for each in sheet.columns)]
    heads += [goal.key for goal, _ in told.goals]
    cells = own_cells(institution, report)
    for _, _, by_year in told.rows:
        cells += [cell for year in by_year for cell in _in_file(sheet, year)]
    cells += ["" if target is None else target for _, target in told.goals]
    return heads, [cells] if told.rows else []
