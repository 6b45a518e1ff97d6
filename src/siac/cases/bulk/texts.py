# SPDX-License-Identifier: EUPL-1.2
"""Words of many cases at once."""

REFUSALS = {
    "bulk_none": "Ninguna solicitud cambiaría.",
    "bulk_too_many": "Son más de {limit} solicitudes: use filtros para elegir menos a la vez.",
    "bulk_forgotten": "Ya no se guarda qué solicitudes eran: se borra a los 30 días. Márquelas de nuevo.",
    "bulk_begun": "Este cambio ya comenzó.",
    "bulk_not_running": "Este cambio ya no está en curso.",
    "bulk_no_right": "Usted no puede hacerlo en esta solicitud.",
    "bulk_gone": "Ya no está a su vista.",
    "bulk_same_assignee": "Ya tiene ese responsable.",
    "bulk_same_topic": "Ya tiene ese tema.",
    "bulk_changed": "Alguien la cambió después de la vista previa.",
    "bulk_fault": "Falló por un error del sistema; quedó como estaba.",
}
RECORDED = ("cases.bulk_begun", "cases.bulk_done")
"""Entries in other chains than those of cases."""
