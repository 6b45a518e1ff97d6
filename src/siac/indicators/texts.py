# SPDX-License-Identifier: EUPL-1.2
"""Words of figures."""

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
    "business_days": ("día hábil", "días hábiles"),
    "calendar_days": ("día corrido", "días corridos"),
    "percent": ("punto", "puntos"),
    "marks": ("punto", "puntos"),
}
