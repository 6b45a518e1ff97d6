# SPDX-License-Identifier: EUPL-1.2
"""A place on one sheet, to hang on its door or to take along."""

from datetime import date
from typing import Any

from siac.infra.pdf import Paper, qr_svg, render
from siac.organizations.public import Institution
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import CareTold, care_told
from siac.servicepoints.telling import PointTold
from siac.ui.public import day_with_weekday, long_date

_AHEAD = 12
"""Days otherwise and visits that a sheet has room for: the nearest."""


def _care(told: CareTold) -> dict[str, Any]:
    return {
        "care": [[name, list(steps)] for name, steps in told.by_channel],
        "rights": list(told.rights),
        "duties": list(told.duties),
    }


def care_paper(institution: Institution, told: CareTold) -> bytes:
    """Return how people are attended on paper (PDF), with their rights and duties.

    Raises:
        PdfUnavailable: it cannot be made now.
    """
    paper = Paper(institution, "Cómo atendemos", {"heading": "Cómo atendemos", **_care(told)})
    return render("servicepoints/papers/care.typ", paper)


def point_paper(point: ServicePoint, told: PointTold, url: str, *, today: date) -> bytes:
    """Return the sheet of a place (PDF): where, when, how to get in, what is done there, and the way to its
    page, `url`.

    Raises:
        PdfUnavailable: it cannot be made now.
    """
    others = {each.on for each in point.hours.exceptions}
    soon = [each for each in told.days if each.on in others]
    ahead = sorted([*soon, *told.visits, *told.ahead], key=lambda each: each.on)
    content: dict[str, Any] = {
        "heading": point.name,
        "type": point.type.name,
        "facts": [list(row) for row in facts(point, told) if row[1]],
        "closing": _closing(point),
        "ahead": [[day_with_weekday(each.on), each.words] for each in ahead[:_AHEAD]],
        "access": [*told.access, *filter(None, [point.access_note])],
        "services": [each.name for each in told.services],
        "no_services": "" if told.services else point.no_services,
        "qr_alt": f"Código QR de la página de {point.name}",
        "qr_words": "Abierto o cerrado ahora, y cambios de horario",
        "url": url,
        **_care(care_told(point.institution, point.channel_codes)),
        "made": f"Al {long_date(today)}",
    }
    paper = Paper(point.institution, point.name, content, files={"qr.svg": qr_svg(url)})
    return render("servicepoints/papers/point.typ", paper)


def facts(point: ServicePoint, told: PointTold) -> list[tuple[str, str]]:
    """Return what is told of a place as rows of a name and its words, empty where nobody said it."""
    return [
        ("Horario", told.hours),
        ("Dirección", ", ".join(filter(None, (point.address, point.commune)))),
        ("Cómo llegar", point.directions),
        ("Teléfono", point.phone),
        ("Correo", point.email),
        ("Web", point.website),
        ("Atiende", ", ".join(told.channels)),
        ("Responsable", point.in_charge),
    ]


def _closing(point: ServicePoint) -> str:
    closed = point.hours.closed_from
    if closed is None:
        return ""
    return f"No atiende desde el {long_date(closed)}: {point.closing_reason}. {point.instead}".strip()
