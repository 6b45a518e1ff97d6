# SPDX-License-Identifier: EUPL-1.2
"""Words of plans of improvement."""

from siac.cases.public import CaseEvent
from siac.improvement.domain.states import ActionState, PlanState
from siac.indicators.public import Doubt, Effect

PLAN_COLOURS = {
    PlanState.DRAFT: "grey", PlanState.PROPOSED: "yellow", PlanState.APPROVED: "turquoise",
    PlanState.RUNNING: "blue", PlanState.EVALUATED: "green", PlanState.CLOSED: "grey",
}  # fmt: skip
ACTION_COLOURS = {
    ActionState.PLANNED: "grey", ActionState.RUNNING: "blue", ActionState.DONE: "green",
    ActionState.DROPPED: "grey",
}  # fmt: skip
EFFECT_COLOURS = {
    Effect.BETTER: "green", Effect.WORSE: "red", Effect.NONE_SEEN: "yellow", Effect.TOO_FEW: "grey",
}  # fmt: skip
EFFECT_SENTENCES = {
    Effect.BETTER: "El indicador mejoró entre los dos períodos, más de lo que explica el azar.",
    Effect.WORSE: "El indicador empeoró entre los dos períodos, más de lo que explica el azar.",
    Effect.NONE_SEEN: "No se ve un efecto: la diferencia entre los dos períodos puede ser azar.",
    Effect.TOO_FEW: "No hay datos suficientes para decir si cambió.",
}
DOUBTS = {
    Doubt.DEFINITION: (
        "El indicador se define hoy de otra manera. Los dos períodos se contaron como se definía al fijar "
        "la línea "
        "base."
    ),
    Doubt.ROWS: (
        "Los datos del período de antes se corrigieron después de fijar la línea base. Se compara con los "
        "que se "
        "fijaron."
    ),
    Doubt.HIDDEN: "De uno de los períodos no se dice nada: son muy pocas personas.",
    Doubt.NOT_COMPARED: "De este tipo de cifra no se puede separar un cambio del azar.",
    Doubt.SEASON: "Los períodos no son los mismos meses del año: la época puede explicar una parte.",
}
REFUSALS = {
    "improvement_unknown": "Ese plan no existe.",
    "plan_moment": "El plan está {state}: eso ya no se puede hacer.",
    "plan_name": "Escriba el nombre del plan.",
    "plan_days": "El plan termina antes de empezar.",
    "plan_diagnosis": "Escriba el diagnóstico antes de proponer el plan.",
    "plan_without_actions": "El plan no tiene acciones.",
    "plan_without_baseline": "Falta la línea base de: {actions}.",
    "plan_without_responsible": "Falta quién responde, o ya no trabaja aquí, en: {actions}.",
    "plan_without_finding": "Falta decir qué hallazgo responde: {actions}.",
    "plan_open_actions": "Todavía no terminan: {actions}.",
    "plan_unmeasured": "Falta medir el efecto de: {actions}.",
    "plan_conclusion": "Escriba qué se concluye.",
    "action_unknown": "Esa acción no existe.",
    "action_title": "Escriba qué se hace.",
    "action_unit": "Elija la unidad que responde.",
    "action_responsible": "Esa persona no puede ver los planes, o no trabaja aquí: elija a otra.",
    "action_days": "El plazo es anterior al comienzo.",
    "action_outside": "El plazo es anterior al comienzo del plan.",
    "action_weight": "El peso va de 1 a 100.",
    "action_cost": "Escriba el costo como un monto de la moneda elegida.",
    "action_grant": "Elija si se pidió y si se otorgó.",
    "action_finding": "Uno de los hallazgos no existe o está descartado.",
    "action_over": "La acción está {state}: eso ya no se puede hacer.",
    "action_reason": "Escriba por qué queda sin efecto.",
    "action_told": "Ya se avisó a las personas que la acción está hecha: no se puede reabrir.",
    "agreement_adopted": "Ese acuerdo ya tiene su acción.",
    "baseline_fixed": "La línea base se aprobó con el plan: no se cambia.",
    "progress_percent": "El avance va de 0 a 100.",
    "progress_without_baseline": "Fije primero su línea base: sin ella no se podrá medir si algo cambió.",
    "progress_ahead": "El día del avance no puede ser futuro.",
    "progress_before": "Ya hay un avance del {day}: escriba uno de ese día o posterior.",
    "progress_note": "Escriba qué se hizo.",
    "effect_open": "La acción todavía no está hecha.",
    "effect_baseline": "La acción no tiene línea base.",
    "effect_early": "El período de después empieza antes de que la acción estuviera hecha.",
    "telling_open": "La acción todavía no está hecha.",
    "telling_words": "Escriba primero qué se cuenta a las personas.",
    "telling_begun": "Ya se avisó, o se está avisando.",
    "case_unknown": "No hay una solicitud con ese folio que usted pueda ver.",
    "review_days": "El período de la revisión debe haber empezado y no puede acabar antes de empezar.",
    "review_moment": "La sesión ya se abrió: la revisión se prepara antes.",
}
EVENTS = (
    CaseEvent(
        "improvement.case_told", "Se le contó lo que se hizo gracias a su solicitud",
        "Le contamos lo que hicimos gracias a su solicitud",
    ),
)  # fmt: skip
RECORDED = tuple(
    f"improvement.{each}"
    for each in (
        "plan_begun", "plan_changed", "plan_proposed", "plan_withdrawn", "plan_rejected",
        "plan_evaluated", "plan_closed", "baseline_taken", "effect_measured", "telling_begun", "told",
        "cases_linked", "review_prepared",
    )
)  # fmt: skip
"""Entries in the chain of a plan, or of what it is about."""
COUNTED = tuple(
    f"improvement.{each}"
    for each in (
        "plan_approved",
        "action_added",
        "action_changed",
        "action_dropped",
        "action_reopened",
        "progressed",
    )
)
"""Those that change what is counted of actions."""
