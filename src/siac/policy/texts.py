# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from django.db import models

from siac.policy.domain.rounds import Ending, Verdict
from siac.policy.domain.states import EditionState, Phase

STATES: dict[EditionState, str] = {
    EditionState.DRAFT: "Borrador",
    EditionState.REVIEW: "En revisión",
    EditionState.APPROVED: "Aprobada",
}
PHASES: dict[Phase, tuple[str, str]] = {
    Phase.DRAFT: (STATES[EditionState.DRAFT], "grey"),
    Phase.REVIEW: (STATES[EditionState.REVIEW], "yellow"),
    Phase.COMING: (f"{STATES[EditionState.APPROVED]}, por regir", "blue"),
    Phase.IN_FORCE: ("Vigente", "green"),
    Phase.SUPERSEDED: ("Reemplazada", "grey"),
}
"""How an edition stands: words and the colour of their tag."""
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.WAITING: ("Por decidir", "yellow"),
    Verdict.APPROVED: ("La aprobó", "green"),
    Verdict.REJECTED: ("La rechazó", "red"),
}
ENDINGS: dict[Ending, str] = {
    Ending.APPROVED: "Aprobada",
    Ending.REJECTED: "Rechazada: volvió a redacción",
    Ending.CALLED_BACK: "Retirada para cambiarla",
}


class WayLabel(models.TextChoices):
    """How people took part."""

    WORKSHOP = "workshop", "Taller"
    SURVEY = "survey", "Encuesta"
    CONSULTATION = "consultation", "Consulta"
    MEETING = "meeting", "Reunión"


class InstrumentLabel(models.TextChoices):
    """What an instrument of a principle is."""

    CODE = "code", "Código de conducta"
    CHARTER = "charter", "Carta de servicios"
    PROCEDURE = "procedure", "Procedimiento o protocolo"
    DOCUMENT = "document", "Otro documento"


class ObjectiveLabel(models.TextChoices):
    """Of which level an objective is."""

    GENERAL = "general", "General"
    SPECIFIC = "specific", "Específico"


REFUSALS: dict[str, str] = {
    "policy_exists": "El organismo ya tiene su política: cámbiela.",
    "policy_title": "Escriba el título.",
    "policy_council": "Elija órganos que estén en uso.",
    "policy_councils": "Diga en «Cambiar» qué órganos deben aprobarla antes de proponerla.",
    "policy_draft_open": "Ya hay una edición en redacción o en revisión.",
    "policy_unknown": "Esa edición no existe.",
    "policy_closed": "Esta edición ya no está en redacción: lo escrito no se guardó.",
    "policy_moment": "La edición ya no está en ese momento. Mire cómo quedó.",
    "policy_section": "Esa parte no existe.",
    "policy_rows": "Deje a lo más {most} filas.",
    "policy_people": "Escriba cuántas personas participaron, y un día que no sea posterior a hoy.",
    "policy_option": "Elija una de las opciones en «{column}».",
    "policy_empty": "Falta escribir: {sections}.",
    "policy_offices": "Escriba el cargo de quien la elabora y el de quien la valida.",
    "policy_waiting": "Falta que la aprueben: {councils}.",
    "policy_rejected": "La rechazó {councils}: hay que proponerla otra vez.",
    "policy_days": "Debe empezar después de la edición anterior, y revisarse después de empezar.",
    "policy_line": "Esa línea de acción no está en la edición.",
    "policy_file": "Elija al menos un documento.",
    "reference_name": "Escriba qué es.",
    "reference_nowhere": "Escriba su dirección, o dónde está el documento.",
    "reference_person": "Esa persona no trabaja en la institución.",
    "achievement_empty": "Escriba qué es y quién lo da.",
    "achievement_days": "Termina antes de empezar.",
    "policy_source": "Eso ya no se puede vincular.",
}
RECORDED = ("policy.saved", "policy.reference_saved", "policy.achievement_saved")
"""Entries in the chain of the body."""
HAPPENED = (
    "policy.edition_started", "policy.edition_saved", "policy.section_saved", "policy.proposed",
    "policy.called_back", "policy.rejected", "policy.edition_approved", "policy.links_saved",
    "policy.documents_added",
)  # fmt: skip
"""Entries in the chain of a policy."""
