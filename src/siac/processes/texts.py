# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.processes.domain.line import State

STATES = {
    State.DONE: "hecha",
    State.SKIPPED: "omitida",
    State.CURRENT: "en curso",
    State.BLOCKED: "bloquea",
    State.OPEN: "abierta",
    State.PENDING: "por hacer",
}
REFUSALS: dict[str, str] = {
    "guide_taken": "Ya hay una guía con ese nombre.",
    "guide_phases": "La guía necesita al menos una fase, y cada fase y tarea un nombre distinto.",
    "guide_followed": "Ya sigue la versión vigente de su guía.",
    "guide_moved": "La guía se guardó otra vez mientras usted la miraba. Vea qué cambió y confirme.",
    "guide_unknown": "Esa guía no existe.",
    "process_running": "Eso ya tiene su proceso.",
    "process_unknown": "Ese proceso no existe.",
    "phase_unknown": "Esa fase no existe.",
    "phase_not_running": "Esa fase no está en curso: espera a las anteriores o ya terminó.",
    "phase_tasks": "Faltan tareas por hacer: {count}.",
    "phase_role": "Esta fase la firma otro cargo.",
    "phase_act": "Escriba el acto o acuerdo que la aprueba.",
    "phase_over": "Esa fase sigue en curso.",
    "phase_reason": "Diga por qué, en una frase al menos.",
    "process_task_unknown": "Esa tarea no existe.",
    "process_task_checked": "Esta tarea se marca sola cuando se cumple lo que revisa.",
    "process_task_done": "Esa tarea ya está hecha.",
    "process_task_answers": "Esa persona no trabaja aquí.",
}
RECORDED = (
    "processes.guide_saved",
    "processes.guide_followed",
    "processes.opened",
    "processes.phase_closed",
    "processes.phase_dated",
    "processes.phase_reopened",
    "processes.phase_skipped",
    "processes.task_assigned",
    "processes.task_done",
    "processes.task_undone",
)
"""Every kind of entry that this context writes in the journal."""
