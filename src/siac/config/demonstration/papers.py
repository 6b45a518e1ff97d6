# SPDX-License-Identifier: EUPL-1.2
"""A few papers in the register of each invented body: one waiting, one sent on,
one that became a request, one returned.
"""

from datetime import datetime, timedelta

from siac.accounts.public import User
from siac.cases.public import CaseKind
from siac.mailroom.public import (
    NewPaper,
    PaperFiling,
    PaperType,
    file_paper,
    register_paper,
    return_paper,
    send_paper,
)
from siac.organizations.public import Institution, unit_tree
from siac.people.public import PersonData, PersonKind

_PAPERS: tuple[tuple[int, PaperType, str, bool, str, str, int, str], ...] = (
    (
        9,
        PaperType.OFFICIAL,
        "Fundación Puente",
        True,
        "Pide antecedentes de contratos del año anterior",
        "ORD-412",
        3,
        "1 CD",
    ),
    (
        7,
        PaperType.LETTER,
        "Elba Contreras",
        False,
        "Pide reparar la vereda frente a su casa",
        "",
        2,
        "4 fotografías",
    ),
    (5, PaperType.INVOICE, "Imprenta del Puerto", True, "Factura de impresos de septiembre", "F-9031", 1, ""),
    (4, PaperType.LETTER, "", False, "Carta sin firma sobre ruidos en la noche", "", 1, ""),
    (2, PaperType.PARCEL, "Editorial Andina", True, "Sobre cerrado dirigido a otro organismo", "", 0, ""),
    (
        1,
        PaperType.FORM,
        "Jorge Lillo",
        False,
        "Formulario de solicitud de un certificado",
        "",
        1,
        "Copia de documento",
    ),
)


def stamp_papers(institution: Institution, kind: CaseKind, *, actor: User | None, now: datetime) -> None:
    """Stamp the papers of a body at the desk, over the days before `now`, and let some of them go
    their way.
    """
    units = [node.pk for _, node in unit_tree(institution).outline() if node.is_active]
    for place, (days, type_, sender, is_organization, summary, reference, pages, annexes) in enumerate(
        _PAPERS
    ):
        at = now - timedelta(days=days)
        person = PersonData(
            kind=PersonKind.LEGAL if is_organization else PersonKind.NATURAL,
            given_names="" if is_organization else sender,
            family_names=sender if is_organization else "",
            address="" if is_organization else "Calle Sin Nombre 100",
        )
        paper = NewPaper(
            type=type_, summary=summary, sender=person if sender else None, unit_id=units[place % len(units)],
            reference=reference, pages=pages or None, annexes=annexes,
        )  # fmt: skip
        row = register_paper(institution=institution, paper=paper, actor=actor, now=at)
        common = {
            "institution": institution,
            "paper_id": row.pk,
            "actor": actor,
            "now": at + timedelta(hours=2),
        }
        if type_ is PaperType.OFFICIAL:
            send_paper(unit_id=units[0], **common)  # type: ignore[arg-type]
        elif type_ is PaperType.PARCEL:
            return_paper(reason="Está dirigido a otro organismo", **common)  # type: ignore[arg-type]
        elif type_ is PaperType.LETTER and sender:
            filing = PaperFiling(kind.pk, f"{summary}. Está rota desde hace meses y ya hubo una caída.")
            file_paper(filing=filing, **common)  # type: ignore[arg-type]
