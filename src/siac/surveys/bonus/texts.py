# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of the bonus."""

from siac.surveys.bonus.domain import Why

WHY = {
    Why.SHORT: "Menos de seis meses seguidos en el año",
    Why.GONE: "No está en servicio el día del pago",
}
REFUSALS = {
    "roll_no_column": "La planilla necesita una columna «{column}».",
    "roll_no_code": "En la línea {line} falta el código.",
    "roll_bad_day": "En la línea {line} falta un día, o no se entiende: escríbalo como 1-3-2025.",
    "roll_days": "En la línea {line} el último día es anterior al primero.",
    "roll_spells": "En la línea {line} la persona ya tiene demasiados períodos.",
    "roll_nobody": "La planilla no tiene a nadie.",
    "roll_too_many": "La planilla es demasiado larga: hasta {most} filas.",
    "roll_gone": "Esta nómina ya se borró.",
}
RECORDED = ("surveys.roll_brought", "surveys.roll_erased")
"""Entries in the chain of the body."""
