# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

REFUSALS: dict[str, str] = {
    "point_code_taken": "Ya hay un punto de atención con el código {code}.",
    "point_hours": "Un horario termina antes de empezar, o dos del mismo día se cruzan.",
    "point_days": "Son demasiados días distintos: deje a lo más {most}.",
    "point_service": "Uno de esos servicios no es de este organismo.",
}
RECORDED = ("servicepoints.point_saved",)
"""Every kind of entry that this context writes in the journal."""
