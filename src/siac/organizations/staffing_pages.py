# SPDX-License-Identifier: EUPL-1.2
"""Units and people from a sheet: a template to take, a file to bring, what it would do, and how far it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import asks_again
from siac.infra.tables.download import csv_response, workbook_response
from siac.infra.tables.rows import Column
from siac.notices.public import shows_instead_of_sending
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.staffing import begin_load, planned, receive_sheet
from siac.organizations.domain.rights import StaffRight
from siac.organizations.domain.staffing import EXAMPLE_DOMAIN, Act, PersonRow, Said, UnitRow
from siac.organizations.forms import SheetForm
from siac.organizations.models import READY, StaffSheet
from siac.organizations.queries import memberships, unit_tree
from siac.organizations.sheet_pages import ROWS_SHOWN, Sheets, sheet_place
from siac.organizations.texts import ROLE_NAMES, SHEET_ACTS, SHEET_BEFORE, SHEET_PROBLEMS, SHEET_REASONS

_UNITS = (
    Column("Código", 18),
    Column("Nombre de la unidad", 44),
    Column("Depende de", 18),
    Column("Correo de la unidad", 32),
)
_PEOPLE = (Column("Nombre y apellidos", 32), Column("Correo", 32), Column("Rol", 32), Column("Unidad", 18))


def _previewed(access: Access, row: StaffSheet) -> dict[str, Any]:
    return _preview(planned(row, access.institution, now=current_time()))


_SHEETS = Sheets(
    model=StaffSheet,
    form=SheetForm,
    ready=READY,
    receive=receive_sheet,
    begin=begin_load,
    preview=_previewed,
    acts=SHEET_ACTS,
    one="workspace:setup:sheet",
    list_template="organizations/sheets.html",
    template="organizations/sheet.html",
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def sheets(request: HttpRequest, access: Access) -> HttpResponse:
    """Offer the template and take a file."""
    return _SHEETS.list_page(request, access, roles=ROLE_NAMES.values())


@require_safe
@staff_page(StaffRight.SETUP)
def sheet(request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
    """Show what a sheet would do, every problem of every row, and once confirmed how far it is.

    Where post is shown and not sent, say before and after that no letter of invitation goes out.
    """
    return _SHEETS.page(request, access, sheet_id, without_mail=shows_instead_of_sending())


def _preview(said: Said) -> dict[str, Any]:
    rows: list[UnitRow | PersonRow] = [*said.units, *said.people]
    wrong = [row for row in rows if row.problems]
    good = [row for row in rows if not row.problems]
    reasons = Counter(SHEET_REASONS[problem] for row in wrong for problem, _ in row.problems)
    counts = Counter(row.act for row in good)
    return {
        "wrong": [
            (sheet_place(row.sheet, row.line), _named(row), _problems(row)) for row in wrong[:ROWS_SHOWN]
        ],
        "wrong_count": len(wrong),
        "reasons": reasons.most_common(),
        "to_do": len(good) - counts[Act.NOTHING],
        "units": [(row, _happens(row)) for row in said.units if row.act is not Act.NOTHING][:ROWS_SHOWN],
        "people": [
            (row, ROLE_NAMES[row.role], SHEET_ACTS[row.act])
            for row in said.people
            if row.act is not Act.NOTHING
        ][:ROWS_SHOWN],
        "created": counts[Act.CREATE],
        "changed": counts[Act.CHANGE],
        "invited": counts[Act.INVITE],
        "granted": counts[Act.GRANT],
        "same": counts[Act.NOTHING],
        "examples": said.examples,
        "unused": said.unused,
        "shown": ROWS_SHOWN,
    }


def _happens(row: UnitRow) -> str:
    was = [
        SHEET_BEFORE[name].format(value=value or "ninguna")
        for name, value in row.before
        if value or name == "parent"
    ]
    return f"{SHEET_ACTS[row.act]}{': ' if was else ''}{'; '.join(was)}"


def _named(row: UnitRow | PersonRow) -> str:
    return row.name or (row.code if isinstance(row, UnitRow) else row.email) or "—"


def _problems(row: UnitRow | PersonRow) -> str:
    said = "; ".join(SHEET_PROBLEMS[problem].format(value=value) for problem, value in row.problems)
    return f"{said[:1].upper()}{said[1:]}."


@require_POST
@staff_page(StaffRight.SETUP)
@asks_again
def sheet_load(request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
    """Start doing what a sheet says, or go on with one that broke off."""
    return _SHEETS.load(request, access, sheet_id)


@require_safe
@staff_page(StaffRight.SETUP)
def sheet_template(request: HttpRequest, access: Access, form: str) -> HttpResponseBase:
    """Hand out the template: an example, and what the body has already (3 SQL at most)."""
    if form == "unidades":
        return csv_response(_UNITS, _unit_rows(access), name="unidades")
    if form == "personas":
        return csv_response(_PEOPLE, _person_rows(access), name="personas")
    if form != "libro":
        raise Http404(form)
    told = [("Unidades", _UNITS, _unit_rows(access)), ("Personas", _PEOPLE, _person_rows(access))]
    return workbook_response(told, name="unidades-y-personas")


def _unit_rows(access: Access) -> Iterable[Sequence[str]]:
    tree = unit_tree(access.institution)
    yield ("obras", "Dirección de Obras (ejemplo)", "", f"obras{EXAMPLE_DOMAIN}")
    for _, node in tree.outline():
        if node.is_active:
            parent = tree.nodes.get(node.parent_id or 0)
            yield (node.code, node.name, parent.code if parent else "", node.email)


def _person_rows(access: Access) -> Iterable[Sequence[str]]:
    yield ("Ana Rojas (ejemplo)", f"ana.rojas{EXAMPLE_DOMAIN}", ROLE_NAMES["head_of_unit"], "obras")
    for row in memberships(access.institution):
        yield (row.user.name, row.user.email, ROLE_NAMES[row.role], row.unit.code if row.unit else "")
