# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

REFUSALS: dict[str, str] = {
    "point_code_taken": "Ya hay un punto de atención con el código {code}.",
    "point_hours": "Un horario termina antes de empezar, o dos del mismo día se cruzan.",
    "point_seasons": "Dos temporadas tienen días en común: cambie sus fechas.",
    "point_commune": "No hay ninguna comuna «{name}»: escriba su nombre completo.",
    "point_outside": "{latitude}, {longitude} queda fuera de {country}: revise la ubicación.",
    "point_swapped": (
        "{latitude}, {longitude} queda fuera de {country}. Al revés queda dentro: primero va la latitud."
    ),
    "point_closing": "Escriba por qué cierra.",
    "point_days": "Son demasiados días distintos: deje a lo más {most}.",
    "care_channel": "No hay un canal así: elija uno de la lista.",
    "care_channel_taken": "Ya hay un protocolo de ese canal: cámbielo.",
    "care_empty": "Escriba al menos un paso, un derecho o un deber.",
    "point_service": "Uno de esos servicios no es de este organismo.",
}
RECORDED = ("servicepoints.point_saved", "servicepoints.care_saved")
"""Every kind of entry that this context writes in the journal."""
