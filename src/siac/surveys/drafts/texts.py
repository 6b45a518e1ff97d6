# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of drafts."""

REFUSALS = {
    "draft_decided": "Esta medición ya está decidida: no se cambia.",
    "draft_day": "El último día para comentar debe estar por venir.",
    "draft_days": "El último día de la medición no puede ser anterior al primero.",
    "draft_grades": "La nota buena debe ser mayor que la mala.",
    "draft_shut": "Este borrador no recibe comentarios.",
    "draft_full": "Este borrador ya tiene todos los comentarios que caben.",
    "draft_link_used": "Con este enlace ya se comentó. Gracias.",
    "draft_open": "Todavía se puede comentar: se decide cuando termine el plazo.",
    "draft_unheard": "Nadie ha podido comentar: ábralo a comentarios primero.",
    "draft_unanswered": "Quedan comentarios sin respuesta: {count}.",
}
RECORDED = (
    "surveys.draft_saved",
    "surveys.draft_opened",
    "surveys.draft_association",
    "surveys.draft_commented",
    "surveys.draft_answered",
    "surveys.draft_decided",
)
"""Entries in the chain of the body."""
