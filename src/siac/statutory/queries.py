# SPDX-License-Identifier: EUPL-1.2
"""Reading the physical book of complaints: the list, its next numbers, its export."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from siac.cases.public import visible_to
from siac.kernel.days import read_day
from siac.organizations.public import Access, Institution
from siac.servicepoints.public import service_points
from siac.statutory.models import BookCounter, BookSheet

HEADERS = (
    "Sede", "Hoja", "Escrita", "Fecha del hecho", "Hora", "Responder por", "Copia entregada", "Solicitud",
    "Código en la plataforma", "Anulada",
)  # fmt: skip

SINCE, UNTIL = "escrita_desde", "escrita_hasta"
"""What the address of the list calls the days between which a sheet was written."""


def sheets(institution: Institution) -> QuerySet[BookSheet]:
    """Return the sheets of a body, unordered. Lazy: no SQL until it is read."""
    return BookSheet.objects.filter(institution=institution)


def odd_day(asked: Mapping[str, str]) -> str:
    """Return what of the days asked for is none, as a sentence; empty where all are understood. No SQL."""
    odd = [asked[name] for name in (SINCE, UNTIL) if name in asked and read_day(asked[name]) is None]
    return f"«{odd[0]}» no es una fecha: elija el día o escriba, por ejemplo, 2026-09-07." if odd else ""


def narrowed_sheets(institution: Institution, asked: Mapping[str, str]) -> QuerySet[BookSheet]:
    """Return the sheets written between two local days (`SINCE`, `UNTIL`), both with them; none where a day
    is not understood.

    Lazy: no SQL until it is read.
    """
    rows = sheets(institution)
    if odd_day(asked):
        return rows.none()
    first, last = read_day(asked.get(SINCE, "")), read_day(asked.get(UNTIL, ""))
    if first:
        rows = rows.filter(written_at__gte=institution.day_bounds(first, first)[0])
    if last:
        rows = rows.filter(written_at__lt=institution.day_bounds(last, last)[1])
    return rows


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


def exported_sheets(access: Access, rows: QuerySet[BookSheet]) -> Iterator[list[Any]]:
    """Yield the rows of an export, newest first. SQL as `shown_sheets`, and 1 for all rows."""
    zone = access.institution.zone
    for line in shown_sheets(access, list(rows.order_by("-pk"))):
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
