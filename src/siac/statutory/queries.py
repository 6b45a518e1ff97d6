# SPDX-License-Identifier: EUPL-1.2
"""Reading the physical book of complaints: the list, its next numbers, its export."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from siac.cases.public import visible_to
from siac.organizations.public import Access, Institution
from siac.servicepoints.public import service_points
from siac.statutory.models import BookCounter, BookSheet

HEADERS = (
    "Sede", "Hoja", "Escrita", "Fecha del hecho", "Hora", "Responder por", "Copia entregada", "Solicitud",
    "Código en la plataforma", "Anulada",
)  # fmt: skip


def sheets(institution: Institution) -> QuerySet[BookSheet]:
    """Return the sheets of a body, unordered. Lazy: no SQL until it is read."""
    return BookSheet.objects.filter(institution=institution)


def next_numbers(institution: Institution) -> list[tuple[str, int]]:
    """Return, per site with a book, its name and the number of the sheet that comes next (1 SQL)."""
    points = service_points(institution)
    rows = BookCounter.objects.filter(institution=institution).order_by("service_point_id")
    return [(points[row.service_point_id].name, row.last + 1) for row in rows]


def shown_sheets(access: Access, rows: Sequence[BookSheet]) -> list[dict[str, Any]]:
    """Return the sheets of a page with site and the case each became, where this user sees it (1 SQL)."""
    points = service_points(access.institution)
    wanted = [row.case_id for row in rows if row.case_id]
    cases = {case.pk: case for case in visible_to(access).filter(pk__in=wanted)} if wanted else {}
    return [
        {"sheet": row, "site": points[row.service_point_id].name, "case": cases.get(row.case_id or 0)}
        for row in rows
    ]


def exported_sheets(access: Access) -> Iterator[list[Any]]:
    """Yield the rows of an export, newest first. SQL as `shown_sheets`, and 1 for all rows."""
    zone = access.institution.zone
    for line in shown_sheets(access, list(sheets(access.institution).order_by("-pk"))):
        row, case = line["sheet"], line["case"]
        yield [
            line["site"],
            row.number,
            f"{row.written_at.astimezone(zone):%Y-%m-%d %H:%M}",
            row.event_on or "",
            f"{row.event_time:%H:%M}" if row.event_time else "",
            row.get_reply_display(),
            "Sí" if row.copy_given else "No",
            case.folio if case else "",
            case.original_number if case else "",
            row.void_reason,
        ]
