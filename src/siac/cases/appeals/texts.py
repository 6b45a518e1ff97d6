# SPDX-License-Identifier: EUPL-1.2
"""Words of appeals."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "appeal_authority": "Escriba ante qué órgano se presentó.",
    "appeal_day": "Revise las fechas: van desde el aviso hasta hoy, y "
    "los últimos días de plazo son hábiles y posteriores.",
    "appeal_until_needed": (
        "La norma de esta solicitud no fija ese plazo: escriba el último día que indica el aviso."
    ),
    "appeal_known": "Ya hay un recurso con el número {reference} ante ese órgano.",
    "appeal_not_pending": "Ese recurso ya se contestó o se resolvió, o se resuelve aquí mismo.",
}
EVENTS = (
    CaseEvent("cases.appealed", "Se registró un recurso de la persona", "Usted presentó un recurso"),
    CaseEvent(
        "cases.appeal_defended",
        "Se enviaron los descargos al órgano que resuelve el recurso",
        "Enviamos nuestros descargos al órgano que resuelve su recurso",
    ),
    CaseEvent("cases.appeal_decided", "Se resolvió el recurso", "Se resolvió su recurso"),
)
