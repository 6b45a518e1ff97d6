# SPDX-License-Identifier: EUPL-1.2
"""Words of checklists."""

from siac.surveys.checklists.domain import NO, NOT_APPLICABLE, YES

MARKS = {YES: "Sí", NO: "No", NOT_APPLICABLE: "No aplica", "": "Sin marcar"}
REFUSALS = {
    "protocol_taken": "Ya hay un protocolo llamado «{name}».",
    "protocol_unknown": "Ese protocolo no existe o ya no se usa.",
    "visit_unknown": "Esa visita no existe.",
    "visit_assignee": "Esa persona no puede hacer visitas en la institución.",
    "visit_point": "Ese punto de atención no existe.",
    "visit_due": "El plazo debe ser de hoy en adelante.",
    "visit_day": "La visita no puede ser de un día por venir, ni de más de un año antes del encargo.",
    "visit_times": "La hora de término debe ser posterior a la de inicio.",
    "visit_no_day": "Escriba el día de la visita.",
    "visit_not_yours": "Esta visita la hace otra persona.",
    "visit_not_begun": "La visita todavía no comienza.",
    "visit_over": "La visita está {state}: eso ya no se puede hacer con ella.",
    "visit_not_done": "La visita todavía no se envía.",
    "visit_unmarked": "Falta marcar: {item}",
    "visit_evidence": "Falta la evidencia de «{item}»: agregue un archivo, o anote por qué no lo hay.",
    "visit_reason": "Escriba por qué se corrige.",
    "visit_why": "Escriba por qué se retira.",
    "visit_same": "No cambió nada: no hay qué corregir.",
    "visit_no_failure": "Ese punto no falló en esta visita.",
    "visit_found": "Ese punto ya tiene su hallazgo.",
}
PROTOCOL_SAVED = "surveys.protocol_saved"
"""The entry in the chain of the body."""
RECORDED = ("surveys.visit_assigned", "surveys.visit_changed", "surveys.visit_begun", "surveys.visit_found")
"""Entries in the chain of each visit."""
FIXED = ("surveys.visit_sent", "surveys.visit_corrected", "surveys.visit_withdrawn")
"""Those after which figures count it otherwise."""


def mark_words(mark: str, top: int) -> str:
    """Return a mark as people read it: «Sí», «No aplica», «4 de 5»."""
    return MARKS.get(mark) or f"{mark} de {top}"
