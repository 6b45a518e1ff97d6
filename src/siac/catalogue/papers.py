# SPDX-License-Identifier: EUPL-1.2
"""A service on one sheet, to hand over at a counter or to take along."""

from datetime import date
from typing import Any

from siac.catalogue.models import Service
from siac.catalogue.queries import service_sheet
from siac.infra.pdf import Paper, qr_svg, render
from siac.organizations.public import Institution
from siac.ui.public import long_date


def service_paper(institution: Institution, row: Service, url: str, *, today: date) -> bytes:
    """Return the sheet of a service (PDF): what it is, what it takes, and the way to its page, `url`. No SQL
    when its unit is at hand.

    Raises:
        PdfUnavailable: it cannot be made now.
    """
    sheet = service_sheet(row)
    ended = f"No se presta desde el {long_date(row.ends_on)}. " if row.ends_on and not row.is_active else ""
    facts = [("Plazo", sheet.time), ("Costo", sheet.cost), ("Responsable", sheet.responsible)]
    content: dict[str, Any] = {
        "heading": row.name,
        "type": row.get_offering_display(),
        "closing": f"{ended}{row.end_reason}" if ended else "",
        "summary": _paragraphs(sheet.summary),
        "entitled": _paragraphs(sheet.entitled),
        "facts": [list(fact) for fact in facts if fact[1]],
        "requirements": list(sheet.requirements),
        "steps": list(sheet.steps),
        "channels": list(sheet.channels),
        "forms": [each.title for each in sheet.forms],
        "questions": [[each.question, each.answer] for each in sheet.questions],
        "legal": list(sheet.legal),
        "qr_alt": f"Código QR de la página de {row.name}",
        "qr_words": "Formularios, y dónde y cuándo",
        "url": url,
        "made": f"Edición {row.version}. Al {long_date(today)}",
    }
    paper = Paper(institution, row.name, content, files={"qr.svg": qr_svg(url)})
    return render("catalogue/papers/service.typ", paper)


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
