# SPDX-License-Identifier: EUPL-1.2
"""Words of figures, of indicators and of their results."""

from siac.indicators.domain.results import Standing
from siac.indicators.domain.windows import Against, Length
from siac.infra.metrics import Better, Family, Statistic

FAMILIES = {
    Family.SATISFACTION: "Satisfacción",
    Family.COVERAGE: "Cobertura",
    Family.TIMELINESS: "Oportunidad",
    Family.STAFF: "Personal",
    Family.EFFICIENCY: "Eficiencia",
}
STATISTICS = {
    Statistic.COUNT: "Cuántas",
    Statistic.RATE: "Por ciento",
    Statistic.STOCK: "Cuántas al último día",
    Statistic.MEDIAN: "Mediana",
    Statistic.P90: "Percentil 90",
    Statistic.MEAN: "Media",
    Statistic.MAXIMUM: "Máximo",
    Statistic.WITHIN: "Hasta N",
}
MEANS = {
    Statistic.MEDIAN: "La mitad es como esto o menos.",
    Statistic.P90: "Nueve de cada diez son como esto o menos.",
    Statistic.MEAN: "El promedio.",
    Statistic.MAXIMUM: "Lo más alto que ocurrió.",
}
BETTER = {Better.LOWER: "Mientras menos, mejor.", Better.HIGHER: "Mientras más, mejor.", Better.NEITHER: ""}
LENGTHS = {
    Length.MONTH: "Mes",
    Length.QUARTER: "Trimestre",
    Length.YEAR: "Año",
    Length.DAYS: "Entre dos días",
}
AGAINSTS = {Against.BEFORE: "Período anterior", Against.YEAR_AGO: "Mismo período del año anterior"}
NOTHING = "—"
UNITS = {
    "requests": ("solicitud", "solicitudes"),
    "attentions": ("atención", "atenciones"),
    "minutes": ("minuto", "minutos"),
    "business_days": ("día hábil", "días hábiles"),
    "calendar_days": ("día corrido", "días corridos"),
    "percent": ("punto", "puntos"),
    "marks": ("punto", "puntos"),
}
STANDINGS = {
    Standing.REACHED: ("Alcanzada", "green"),
    Standing.NEAR: ("Cerca", "yellow"),
    Standing.MISSED: ("No alcanzada", "red"),
    Standing.UNKNOWN: ("Sin resultado", "grey"),
}
"""How a result stands against its target, and the colour of its tag."""
REFUSALS = {
    "indicator_metric": "Esa métrica no existe, o no se dice de ella lo que eligió.",
    "indicator_limit": "Escriba el límite que no se debe pasar.",
    "indicator_filter": "Hay un filtro que esa métrica no tiene, o de algo que ya no existe.",
    "indicator_percent": "La meta es un por ciento: va de 0 a 100.",
    "indicator_band": "«Cerca de la meta» debe quedar del lado en que la meta aún no se alcanza.",
    "indicator_taken": "Ya hay un indicador con el código {code}.",
    "indicator_unknown": "Ese indicador no existe.",
    "result_by_hand": "Los resultados de este indicador se anotan a mano.",
    "result_worked_out": "Este indicador se calcula: sus resultados no se anotan a mano.",
    "result_period": "Ese día no empieza un período de este indicador.",
    "result_early": "El período todavía no termina.",
    "result_frozen": "Ese período ya tiene resultado. Si algo cambió, revíselo.",
    "result_unknown": "Ese resultado no existe.",
    "result_old": "Ese resultado ya fue revisado: parta del último.",
    "result_reason": "Escriba por qué, o de dónde viene la cifra.",
    "result_same": "Nada cambió desde que se fijó este resultado.",
}
RECORDED = (
    "indicators.indicator_saved",
    "indicators.result_frozen",
    "indicators.result_revised",
    "indicators.result_noted",
)
"""Entries of the journal: of the configuration, and in the chain of each indicator."""
