# SPDX-License-Identifier: EUPL-1.2
"""Words of figures, of indicators and of their results."""

from siac.indicators.domain.figures import Silence
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
    Statistic.MINIMUM: "Mínimo",
    Statistic.WITHIN: "Hasta N",
    Statistic.BEYOND: "Más de N",
    Statistic.QUOTIENT: "Por cada una",
}
MEANS = {
    Statistic.MEDIAN: "la mitad es como esto o menos.",
    Statistic.P90: "nueve de cada diez son como esto o menos.",
    Statistic.MEAN: "el promedio de todas.",
    Statistic.MAXIMUM: "lo más alto que ocurrió.",
    Statistic.MINIMUM: "lo más bajo que ocurrió.",
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
NO_CASES = "Sin casos"
SILENCES = {
    Silence.RUNNING: "Todavía no se dice",
    Silence.PARTS: "No se dice por partes",
    Silence.YEARS: "Solo por años enteros",
    Silence.FEW: "Muy pocas para decirlo",
}
WHY_SILENT = {
    Silence.RUNNING: "De lo que respondieron personas se habla cuando el mes, el trimestre o el año terminó: "
    "así nadie puede restar dos cifras y saber qué dijo alguien.",
    Silence.YEARS: "Se conoce por año entero: elija un año terminado.",
    Silence.PARTS: "Por partes no se dice: serían tan pocas respuestas que se sabría quién dijo qué.",
    Silence.FEW: "Son tan pocas respuestas, o lo serían al restar otra cifra, que se sabría qué dijo cada "
    "persona.",
}
UNITS = {
    "requests": ("solicitud", "solicitudes"),
    "attentions": ("atención", "atenciones"),
    "answers": ("respuesta", "respuestas"),
    "invitations": ("invitación", "invitaciones"),
    "per_attention": ("por atención", "por atención"),
    "percent_points": ("punto", "puntos"),
    "minutes": ("minuto", "minutos"),
    "calls": ("llamada", "llamadas"),
    "procedures": ("trámite", "trámites"),
    "remedies": ("medida", "medidas"),
    "notices": ("aviso", "avisos"),
    "appointments": ("cita", "citas"),
    "tickets": ("número", "números"),
    "forms": ("formulario", "formularios"),
    "visits": ("visita", "visitas"),
    "people": ("persona", "personas"),
    "gaps": ("brecha", "brechas"),
    "hours": ("hora", "horas"),
    "of_hundred": ("de cada cien", "de cada cien"),
    "business_days": ("día hábil", "días hábiles"),
    "calendar_days": ("día corrido", "días corridos"),
    "week_hours": ("hora de la semana", "horas de la semana"),
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
    "indicator_frequency": "Ya tiene resultados de otra frecuencia: haga uno nuevo.",
    "indicator_taken": "Ya hay un indicador con el código {code}.",
    "baseline_days": "El período de la línea base debe haber terminado, y no puede acabar antes de empezar.",
    "baseline_empty": "En ese período no hay datos que se puedan decir: elija otro.",
    "effect_days": "El período de después debe haber terminado y empezar después de la línea base.",
    "indicator_unknown": "Ese indicador no existe.",
    "library_unknown": "Ese indicador no está en la biblioteca del país.",
    "library_nothing": "Todavía no hay ningún tipo de solicitud del que trate «{name}»: créelo primero.",
    "shapes_replace": "Ya hay {count} áreas: márquelo para reemplazarlas por las del archivo.",
    "shapes_large": "El archivo pasa de {limit} MB. Simplifíquelo antes.",
    "shapes_bad": "El archivo no se puede leer como áreas GeoJSON en grados, o tiene demasiadas.",
    "shapes_unknown": "Ninguna área trae el código de un territorio del país. Revise la propiedad.",
    "result_by_hand": "Los resultados de este indicador se anotan a mano.",
    "result_worked_out": "Este indicador se calcula: sus resultados no se anotan a mano.",
    "result_period": "Ese día no empieza un período de este indicador.",
    "result_early": "El período todavía no termina.",
    "result_frozen": "Ese período ya tiene resultado. Si algo cambió, revíselo.",
    "result_unknown": "Ese resultado no existe.",
    "result_old": "Ese resultado ya fue revisado: parta del último.",
    "result_reason": "Escriba por qué, o de dónde viene la cifra.",
    "result_earlier": "Es un resultado anterior al sistema: se corrige subiendo la planilla otra vez.",
    "earlier_columns": "No se encuentran las columnas «Código», «Período» y «Resultado» en la primera fila.",
    "earlier_empty": "La planilla no trae ninguna fila con un resultado.",
    "earlier_long": "La planilla trae más de {limit} filas. Divídala en varias.",
    "evidence_ahead": "La fecha de la evidencia no puede ser posterior a hoy.",
    "result_same": "Nada cambió desde que se fijó este resultado.",
    "days_reversed": "Hay un período que termina antes de empezar.",
    "days_far": "Los períodos van de {first} a {last}.",
    "cost_year": "Escriba un año entre {first} y el anterior a este: el costo se dice de un año terminado.",
    "indicator_since": "«Se mide desde» va de {first} a {last}.",
    "indicator_yearly": "Eso se conoce por año entero: elija que se mida cada año.",
    "cost_amount": "Escriba un monto entre 1 y 2.000.000.000, sin decimales.",
    "cost_channel": "Ese canal no existe.",
    "cost_mixed": "El costo de {year} ya se dijo de la otra manera: o para todos los canales, o de cada uno.",
    "cost_taken": "Ese costo de {year} ya está en la lista: cámbielo ahí.",
    "territory_unknown": "El país no tiene ese territorio.",
    "territory_taken": "Ese territorio ya está en la lista: cámbielo ahí.",
    "territory_year": "El año de los datos va de {first} a este.",
    "territory_sexes": "Mujeres y hombres suman más que los habitantes.",
    "ages_overlap": "Hay dos tramos de edad que se cruzan.",
    "ages_reversed": "Hay un tramo de edad que termina antes de empezar.",
    "ages_many": "Las edades suman más de 100 por ciento.",
    "territories_columns": (
        "Faltan columnas en la primera fila: «Territorio», «Año», «Habitantes» y «Fuente»."
    ),
    "territories_empty": "La planilla no trae ninguna fila con datos.",
    "territories_long": "La planilla trae más de {limit} filas. Divídala en varias.",
    "basis_future": "El registro no puede empezar a estar completo después de hoy.",
    "past_columns": "No se encuentran las columnas «Día o mes» y «Cantidad» en la primera fila.",
    "past_empty": "La planilla no trae ninguna fila con datos.",
    "past_long": "La planilla trae más de {limit} filas. Divídala en varias.",
    "past_much": "La planilla suma más de {limit} solicitudes: revise las cantidades.",
    "past_unknown": "Esa planilla ya no está.",
    "plan_year": "Se planifica {first} o {last}.",
    "plan_moving": "El plan de ese año se está haciendo.",
    "plan_unknown": "Ese plan ya no está.",
    "plan_empty": "El plan no está hecho, o no dice nada: no se puede aprobar.",
    "plan_approved": "El plan está aprobado y no cambia. Haga una edición nueva.",
    "plan_changed": "El plan cambió mientras lo miraba. Revíselo y apruebe otra vez.",
    "need_unknown": "Ese puesto ya no está en el plan.",
    "need_many": "Un plan lleva a lo más {limit} puestos.",
    "need_taken": "Ya hay un puesto que se llama {name}.",
}
RECORDED = (
    "indicators.indicator_saved",
    "indicators.result_frozen",
    "indicators.result_revised",
    "indicators.result_noted",
    "indicators.demand_basis_saved",
    "indicators.shapes_loaded",
    "indicators.demand_sheet_kept",
    "indicators.demand_sheet_dropped",
    "indicators.demand_plan_approved",
    "indicators.territory_saved",
    "indicators.coverage_goal_saved",
)
"""Entries of the journal: of the configuration, and in the chain of each indicator."""
EARLIER_PROBLEMS = {
    "earlier_indicator": "no hay un indicador con ese código o nombre",
    "earlier_period": "el período no es de los de ese indicador: 2023, 2023-05, 2023-T2 o 2023-S1",
    "earlier_own": "ese período se mide aquí: antes de él van los resultados anteriores",
    "earlier_measured": "ese período ya tiene un resultado medido aquí",
    "earlier_value": "el resultado no es un número",
    "earlier_target": "la meta no es un número",
    "earlier_percent": "es un por ciento: va de 0 a 100",
    "earlier_twice": "ese período ya está en otra fila",
}
"""What is wrong with a row of a sheet of results from before the system."""
TERRITORY_PROBLEMS = {
    "territory_unknown": "el país no tiene un territorio con ese nombre o código",
    "territory_again": "ese territorio ya está en la fila",
    "territory_number": "no es un número",
    "territory_year": "el año falta, o no puede ser",
    "territory_people": "faltan los habitantes",
    "territory_source": "falta la fuente",
    "territory_percent": "hay un por ciento de más de 100",
    "territory_sexes": "mujeres y hombres suman más que los habitantes",
    "ages_overlap": "hay dos tramos de edad que se cruzan",
    "ages_reversed": "hay un tramo de edad que termina antes de empezar",
    "ages_many": "las edades suman más de 100 por ciento",
}
"""What is wrong with a row of a sheet of territories."""
PAST_PROBLEMS = {
    "past_day": "el día o el mes no se entiende",
    "past_future": "es de hoy o de después: aquí va lo que ya pasó",
    "past_again": "ese día o mes ya lo dice otra planilla",
    "past_count": "la cantidad no es un número entero de a lo más 1.000.000",
    "past_kind": "no hay un tipo de solicitud con ese nombre",
    "past_channel": "no hay un canal con ese nombre",
    "past_point": "no hay un punto de atención con ese nombre",
}
"""What is wrong with a row of a sheet of past demand."""
