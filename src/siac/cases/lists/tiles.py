# SPDX-License-Identifier: EUPL-1.2
"""What of the work list stands on the first page of each role."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from siac.cases.access import may_read_cases, visible_to
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Case
from siac.cases.queries import DUE_FIRST, in_view, kinds
from siac.organizations.public import Access
from siac.ui.tiles import SHOWN, Tile, TileRow


def case_rows(access: Access, cases: QuerySet[Case]) -> list[TileRow]:
    """Return the first few of `cases`, what is due first before the rest (1 SQL)."""
    names = kinds(access.institution)
    wanted = cases.select_related("text", "unit", "assignee").order_by(*DUE_FIRST)
    wanted = wanted.only(
        "year", "number", "kind", "due_on", "text__subject", "unit__name", "assignee__name", "assignee__email"
    )
    return [
        TileRow(
            case.text.subject or case.folio,
            reverse("workspace:cases:case", args=[access.institution.slug, case.folio]),
            f"{case.folio} · {names[case.kind_id].name}",
            str(case.unit.name) if case.unit else "Sin unidad",
            case.due_on,
            "Abrir",
        )
        for case in wanted[:SHOWN]
    ]


def _view(code: str, access: Access, today: date) -> QuerySet[Case]:
    return in_view(visible_to(access), code, access=access, today=today)


def _tile(code: str, title: str, order: int, who: Callable[[Access], bool], *, told: bool = False) -> Tile:
    """Return the tile of a standing view of the work list; `told`: with its first rows."""

    def counted(access: Access, today: date) -> Sequence[QuerySet[Case]]:
        return (_view(code, access, today),)

    def late(access: Access, today: date) -> QuerySet[Case]:
        return _view(code, access, today).filter(due_on__lt=today)

    def rows(access: Access, today: date) -> Sequence[TileRow]:
        return case_rows(access, _view(code, access, today))

    return Tile(
        title, "workspace:cases:list", who, order,
        counted=counted, late=late if code not in ("hoy", "atrasadas") else None,
        rows=rows if told else None, sql=int(told), query=f"?vista={code}",
    )  # fmt: skip


def _refers(access: Access) -> bool:
    return access.has(CaseRight.CLASSIFY) and access.has(CaseRight.READ_ALL)


def _works(access: Access) -> bool:
    return access.has(CaseRight.WORK)


def _shares_out(access: Access) -> bool:
    return access.has(CaseRight.ASSIGN) and access.has(CaseRight.EXTEND) and _works(access)


TILES = (
    _tile("por-derivar", "Por derivar", 10, _refers),
    _tile("mias", "Mías", 12, _works),
    _tile("sin-asignar", "Sin asignar", 14, _shares_out),
    _tile("hoy", "Vencen hoy", 20, may_read_cases),
    _tile("atrasadas", "Atrasadas", 22, may_read_cases, told=True),
)
