# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.outreach.domain.reach import Standing

STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.PLANNED: ("Por venir", "blue"),
    Standing.RUNNING: ("En curso", "green"),
    Standing.TO_EVALUATE: ("Por evaluar", "yellow"),
    Standing.EVALUATED: ("Evaluada", "grey"),
    Standing.DROPPED: ("Sin efecto", "grey"),
}
MONTHS = (
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre",
    "Noviembre", "Diciembre",
)  # fmt: skip
WEEKDAYS = ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo")
REFUSALS: dict[str, str] = {
    "campaign_days": "El último día va después del primero, y la campaña empieza en el año del plan.",
    "campaign_media": "Elija al menos un medio.",
    "campaign_unit": "Esa unidad no es de este organismo.",
    "campaign_unknown": "Esa campaña ya no existe.",
    "campaign_dropped": "La campaña quedó sin efecto: vuelva a ponerla en marcha antes.",
    "evaluation_early": "La campaña todavía no empieza: no hay qué evaluar.",
    "evaluation_words": "Escriba qué resultó.",
    "evaluation_measured": "Diga cómo se midió el alcance.",
    "material_thing": "Elija una carta vigente o un punto de atención en uso, no los dos.",
    "material_words": "Escriba el titular.",
    "material_unknown": "Ese material ya no está en uso.",
}
RECORDED = (
    "outreach.campaign_saved", "outreach.campaign_evaluated", "outreach.material_made",
    "outreach.material_retired",
)  # fmt: skip
