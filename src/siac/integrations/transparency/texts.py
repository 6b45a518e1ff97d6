# SPDX-License-Identifier: EUPL-1.2
"""Words of Chile's Portal."""

REFUSALS = {
    "portal_not_here": "El Portal de Transparencia es de los organismos de Chile.",
    "portal_none": "En ese mes no se respondió ninguna solicitud que haya llegado por el Portal.",
    "portal_many": "Son más de {most} respuestas: no caben en un archivo.",
    "portal_heavy": "Los archivos suman más de {most} MB: súbalos desde cada solicitud.",
    "package_begun": "Ya se está preparando.",
}
RECORDED = ("transparency.packed", "transparency.register_taken")
"""Entries in chains of bodies."""
