# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a session on paper."""

from typing import Any

from siac.governance.domain.deciding import Result
from siac.governance.domain.states import SessionState
from siac.governance.models import SeatRole, Sitting
from siac.governance.queries import counted
from siac.governance.texts import RESULTS, STATES
from siac.infra.pdf import Paper, render
from siac.organizations.public import Institution
from siac.ui.public import day_with_weekday, long_date


def minutes_paper(institution: Institution, sitting: Sitting, *, signed: str = "") -> bytes:
    """Return the minutes of a session (PDF, 5 SQL): who came, what was said, voted and agreed; a draft says
    that it is one; `signed` is said on each page of one that gets an electronic signature.

    Raises:
        PdfUnavailable: it cannot be made now.
    """
    zone = institution.zone
    local = (sitting.opened_at or sitting.starts_at).astimezone(zone)
    is_held = sitting.opened_at is not None
    heading = f"{'Acta' if is_held else 'Tabla'} de la sesión {sitting.number}"
    content: dict[str, Any] = {
        "heading": heading,
        "council": sitting.council.name,
        "draft": _draft(sitting),
        "facts": [
            ["Sesión", "Extraordinaria" if sitting.is_extraordinary else "Ordinaria"],
            ["Día", day_with_weekday(local.date())],
            ["Desde", f"{local.hour}:{local.minute:02}"],
            *([["Hasta", _clock(sitting, institution)]] if is_held else []),
            ["Lugar", sitting.place],
        ],
        "held": is_held,
        "present": _present(sitting),
        "items": _items(sitting),
        "notes": sitting.notes,
        "approved": f"Aprobada el {long_date(institution.local_date(sitting.minuted_at))}"
        if sitting.minuted_at
        else "",
        "digest": sitting.digest,
    }
    paper = Paper(institution, f"{heading}, {sitting.council.name}", content, signed=signed)
    return render("governance/papers/minutes.typ", paper)


def _draft(sitting: Sitting) -> str:
    """Return what a reader must know before all else; empty of approved minutes."""
    if sitting.state == SessionState.MINUTED:
        return ""
    if sitting.opened_at is not None:
        return "Borrador: esta acta no está aprobada."
    return f"{STATES[SessionState(sitting.state)]}: esta sesión no se ha hecho."


def _present(sitting: Sitting) -> list[list[str]]:
    rows = sitting.attendances.select_related("seat").order_by("seat_id", "came_at").distinct("seat_id")
    return [[each.seat.name, SeatRole(each.seat.role).label, each.seat.represents] for each in rows]


def _clock(sitting: Sitting, institution: Institution) -> str:
    if sitting.closed_at is None:
        return "En curso"
    local = sitting.closed_at.astimezone(institution.zone)
    return f"{local.hour}:{local.minute:02}"


def _items(sitting: Sitting) -> list[dict[str, Any]]:
    found = []
    for item in sitting.items.prefetch_related("motions__votes", "agreements__unit").order_by("place", "pk"):
        votes = []
        for motion in item.motions.all():
            told = counted(motion)
            said = f"A favor {told.favour}, en contra {told.against}, abstenciones {told.abstained}"
            votes.append([motion.text, said, RESULTS[Result(motion.result)] if motion.result else "Abierta"])
        agreed = [
            f"{each.text} Responde: {each.unit.name}."
            + (f" Para el {long_date(each.due_on)}." if each.due_on else "")
            for each in item.agreements.all()
        ]
        found.append(
            {
                "title": f"{item.place}. {item.title}",
                "said": item.discussion,
                "votes": votes,
                "agreed": agreed,
            }
        )
    return found
