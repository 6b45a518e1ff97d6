# SPDX-License-Identifier: EUPL-1.2
"""Personnel records from a sheet: a template, a file, what it would do, and how far it is."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import ROWS_SHOWN, Access, Sheets, sheet_place, staff_page
from siac.staff.commands.sheets import begin_load, planned, receive_sheet
from siac.staff.domain.rights import PersonnelRight
from siac.staff.domain.sheet import Act, Row, Said
from siac.staff.forms import PersonnelSheetForm
from siac.staff.models import READY, Employee, Group, PersonnelSheet, Studies
from siac.staff.texts import SHEET_ACTS, SHEET_PROBLEMS

_COLUMNS = (
    Column("Código", 14), Column("Nombre", 34), Column("Correo", 32), Column("Cargo", 30),
    Column("Perfil", 26),
    Column("Unidad", 30), Column("Punto de atención", 30), Column("Estamento", 16), Column("Estudios", 20),
    Column("Ingreso", 12), Column("En el punto desde", 16), Column("Egreso", 12),
)  # fmt: skip


def _previewed(access: Access, row: PersonnelSheet) -> dict[str, Any]:
    return _preview(planned(row, access.institution))


_SHEETS = Sheets(
    model=PersonnelSheet,
    form=PersonnelSheetForm,
    ready=READY,
    receive=receive_sheet,
    begin=begin_load,
    preview=_previewed,
    acts=SHEET_ACTS,
    one="workspace:staff:sheet",
    list_template="staff/workspace/sheets.html",
    template="staff/workspace/sheet.html",
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def sheets(request: HttpRequest, access: Access) -> HttpResponse:
    """Offer the template and take a file."""
    groups = [str(label) for label in Group.labels]
    return _SHEETS.list_page(request, access, groups=groups, studies=[str(label) for label in Studies.labels])


@require_safe
@staff_page(PersonnelRight.KEEP)
def sheet(request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
    """Show what a sheet would do, every problem of every row, and once confirmed how far it is."""
    return _SHEETS.page(request, access, sheet_id)


def _preview(said: Said) -> dict[str, Any]:
    wrong = [row for row in said.rows if row.problems]
    good = [row for row in said.rows if not row.problems]
    counts = Counter(row.act for row in good)
    changing = [row for row in good if row.act is not Act.NOTHING]
    return {
        "wrong": [
            (sheet_place(row.sheet, row.line), row.name or "—", _problems(row)) for row in wrong[:ROWS_SHOWN]
        ],
        "wrong_count": len(wrong), "to_do": len(changing), "created": counts[Act.CREATE],
        "changed": counts[Act.CHANGE], "same": counts[Act.NOTHING], "examples": said.examples,
        "unused": said.unused, "shown": ROWS_SHOWN,
        "rows": [
            (sheet_place(row.sheet, row.line), row.name, SHEET_ACTS[row.act])
            for row in changing[:ROWS_SHOWN]
        ],
    }  # fmt: skip


def _problems(row: Row) -> str:
    return " ".join(SHEET_PROBLEMS[problem].format(value=value) for problem, value in row.problems)


@require_POST
@staff_page(PersonnelRight.KEEP)
def sheet_load(request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
    """Load the rows without problems."""
    return _SHEETS.load(request, access, sheet_id)


@require_safe
@staff_page(PersonnelRight.KEEP)
def sheet_template(request: HttpRequest, access: Access, form: str) -> HttpResponseBase:
    """Hand out the template: an example, and the records that the body has already (1 SQL).

    Raises:
        Http404: no such form of it.
    """
    if form not in ("csv", "xlsx"):
        raise Http404(form)
    return table_response(_COLUMNS, _rows(access), form=form, name="personal", title="Personal")


def _rows(access: Access) -> Iterable[list[Any]]:
    yield [
        "F-001", "Ana Rojas (ejemplo)", "", "Encargada de la oficina", "", "", "", "Profesional",
        "Universitarios", "01-03-2019", "01-06-2021", "",
    ]  # fmt: skip
    rows = Employee.objects.filter(institution=access.institution).order_by("name", "pk")
    for row in rows.select_related("user", "profile", "unit", "point"):
        yield [
            row.code, row.name, row.user.email if row.user else "", row.post,
            row.profile.name if row.profile else "", row.unit.code if row.unit else "",
            row.point.name if row.point else "", row.get_group_display(), row.get_studies_display(),
            *(f"{day:%d-%m-%Y}" if day else "" for day in (row.hired_on, row.in_point_since, row.left_on)),
        ]  # fmt: skip
