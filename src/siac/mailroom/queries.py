# SPDX-License-Identifier: EUPL-1.2
"""Reading the register of incoming papers: what a list leaves, a page of it, its export."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from siac.infra.search import search_query
from siac.kernel.cells import safe
from siac.mailroom.domain import parse_paper_number
from siac.mailroom.models import IncomingPaper, PaperState, PaperType
from siac.organizations.public import Institution, unit_tree
from siac.people.public import find_people, names

_CHUNK = 1000
_PEOPLE_CAP = 200
HEADERS = (
    "Número",
    "Recibido",
    "Tipo",
    "Remitente",
    "Dirigido a",
    "N.º propio",
    "Fecha del documento",
    "Hojas",
    "Anexos",
    "Materia",
    "Estado",
    "Solicitud",
)


def narrowed_papers(
    institution: Institution, rows: QuerySet[IncomingPaper], params: Mapping[str, str]
) -> QuerySet[IncomingPaper]:
    """Return of these papers of a body what `estado`, `unidad` and `q` leave: a
    number, a sender, or words of the subject.

    Lazy: no SQL until it is read.
    """
    if params.get("estado", "") in PaperState.values:
        rows = rows.filter(state=params["estado"])
    unit = next((pk for pk in unit_tree(institution).nodes if str(pk) == params.get("unidad")), None)
    if unit is not None:
        rows = rows.filter(unit=unit)
    text = params.get("q", "").replace("\x00", "").strip()[:200]
    return rows.filter(_meant(institution, text)) if text else rows


def _meant(institution: Institution, text: str) -> Q:
    number = parse_paper_number(text)
    if number is not None:
        return Q(year=number[0], number=number[1])
    meant = Q(reference__iexact=text)
    people = find_people(institution.pk, text, limit=_PEOPLE_CAP)
    if people:
        meant |= Q(sender__in=people)
    query = search_query(text)
    return meant | Q(search=query) if query is not None else meant


def shown_papers(institution: Institution, rows: Sequence[IncomingPaper]) -> list[dict[str, Any]]:
    """Return the papers of a page with the names of their senders and units (1 SQL)."""
    people, units = names(institution.pk, [row.sender_id for row in rows]), unit_tree(institution).nodes
    return [
        {
            "paper": row,
            "sender": people.get(row.sender_id or 0, "Sin remitente"),
            "unit": units[row.unit_id].name if row.unit_id else "",
        }
        for row in rows
    ]


def exported_papers(institution: Institution, rows: QuerySet[IncomingPaper]) -> Iterator[list[Any]]:
    """Yield the rows of an export, newest first, read a thousand at a time. 2 SQL for each thousand."""
    wanted = rows.select_related("case").defer("search").order_by("-pk").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(wanted, _CHUNK)):
        for line in shown_papers(institution, chunk):
            row = line["paper"]
            local = row.received_at.astimezone(institution.zone)
            cells = [
                row.code,
                f"{local:%Y-%m-%d %H:%M}",
                PaperType(row.type).label,
                line["sender"],
                line["unit"],
                row.reference,
                row.dated_on or "",
                row.pages or "",
                row.annexes,
                row.summary,
                PaperState(row.state).label,
                row.case.folio if row.case else "",
            ]
            yield [safe(cell) for cell in cells]
