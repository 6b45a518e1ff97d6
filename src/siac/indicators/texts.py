# SPDX-License-Identifier: EUPL-1.2
"""Words of indicators and their results."""

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
