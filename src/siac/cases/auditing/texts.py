# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for what a draw refuses."""

REFUSALS: dict[str, str] = {
    "sample_period": (
        "El período va de un día al mismo o a otro posterior, "
        "termina a más tardar hoy y dura a lo más {days} días."
    ),
    "sample_size": "Elija entre 1 y {largest} solicitudes.",
    "sample_empty": "Ninguna solicitud a su vista cumple eso en el período.",
}
RECORDED = ("cases.sample_drawn",)
"""Entries in chains of bodies."""
