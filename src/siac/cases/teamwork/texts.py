# SPDX-License-Identifier: EUPL-1.2
"""Words of notes, tasks and checklists."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "checklist_unknown": "Ese punto ya no está en la lista de control de este tipo.",
    "mention_cannot_read": "{name} no puede leer esta solicitud. Quite su nombre, o pida que se le asigne.",
    "task_for_whom": "Elija una persona o una unidad de la lista.",
    "task_day": "Elija un día desde hoy y hasta dos años más.",
    "task_unknown": "Esa tarea ya no está en esta solicitud.",
}
EVENTS = (
    CaseEvent("cases.noted", "Nota interna", is_internal=True),
    CaseEvent("cases.task_added", "Se agregó una tarea", is_internal=True),
    CaseEvent("cases.task_done", "Se hizo una tarea", is_internal=True),
    CaseEvent("cases.task_undone", "Una tarea volvió a quedar pendiente", is_internal=True),
    CaseEvent("cases.checked", "Se marcó un punto de la lista de control", is_internal=True),
    CaseEvent("cases.unchecked", "Se desmarcó un punto de la lista de control", is_internal=True),
)
