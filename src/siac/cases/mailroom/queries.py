# SPDX-License-Identifier: EUPL-1.2
"""Reading the register of incoming papers: who may see what, the list, one paper, its label."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from siac.cases.access import visible_papers
from siac.cases.domain.rights import CaseRight
from siac.cases.extensions import Panel
from siac.cases.mailroom.domain import parse_paper_number
from siac.cases.models import Case, IncomingPaper, PaperState, PaperType
from siac.cases.series import PAPERS
from siac.infra.pdf import Paper, qr_svg, render
from siac.infra.search import search_query
from siac.kernel.cells import safe
from siac.organizations.public import Access, Institution, unit_tree
from siac.people.public import find_people, names
from siac.ui.public import long_date

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


def paper_for(access: Access, paper_id: int) -> IncomingPaper:
    """Return one paper (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    rows = visible_papers(access).select_related("case", "unit", "registered_by")
    row = rows.filter(pk=paper_id).first()
    if row is None:
        raise Http404(str(paper_id))
    return row


def narrowed_papers(access: Access, params: Mapping[str, str]) -> QuerySet[IncomingPaper]:
    """Return the visible papers that `estado`, `unidad` and `q` leave: a
    number, a sender, or words of the subject.
    """
    rows = visible_papers(access)
    if params.get("estado", "") in PaperState.values:
        rows = rows.filter(state=params["estado"])
    unit = next((pk for pk in unit_tree(access.institution).nodes if str(pk) == params.get("unidad")), None)
    if unit is not None:
        rows = rows.filter(unit=unit)
    text = params.get("q", "").replace("\x00", "").strip()[:200]
    return rows.filter(_meant(access.institution, text)) if text else rows


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
    """Yield the rows of an export, newest first, read a thousand at a time."""
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


def label_pdf(institution: Institution, paper: IncomingPaper) -> bytes:
    """Return the label to stick on a paper: body, number, moment of receipt, QR of its page in the workspace.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    local = paper.received_at.astimezone(institution.zone)
    address = settings.SITE_URL + reverse("workspace:cases:paper", args=[institution.slug, paper.pk])
    content = {
        "number": paper.code,
        "date": long_date(local.date()),
        "hour": f"{local:%H:%M}",
        "pages": "" if paper.pages is None else f"{paper.pages} hoja{'s' if paper.pages != 1 else ''}",
        "qr": {"file": "qr.svg", "alt": f"Código QR del documento {paper.code}"},
    }
    label = Paper(institution, f"Etiqueta {paper.code}", content, files={"qr.svg": qr_svg(address)})
    return render("cases/papers/label.typ", label)


def paper_panel(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the paper that a case came from, for staff who may open it (no SQL: `case_for` brings it
    along).
    """
    if access is None or not access.has(CaseRight.FILE):
        return None
    paper: IncomingPaper | None = getattr(case, "paper", None)
    return {"paper": paper, "slug": access.institution.slug} if paper is not None else None


PAPER_PANEL = Panel(title="Oficina de Partes", template="cases/_paper_panel.html", context=paper_panel)


def paper_problems(institution_id: int) -> Iterator[str]:
    """Yield one Spanish sentence per year whose paper numbers are not exactly 1 to the counter's last."""
    for gap in PAPERS.gaps(institution_id):
        yield (
            f"Oficina de Partes {gap.key}: hay {gap.rows} documentos, del {gap.low} al {gap.high}, "
            f"y el contador dice {gap.counted}."
        )
