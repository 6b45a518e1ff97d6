# SPDX-License-Identifier: EUPL-1.2
"""Words of attentions."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "attention_unknown": "Esa atención no existe.",
    "attention_future": "Una atención no puede ser posterior a ahora.",
    "attention_point": "Ese punto de atención no existe.",
    "attention_unit": "Elija la unidad que atendió.",
    "attention_withdrawn": "Esta atención fue retirada del registro: ya no se cambia.",
    "attention_filed": "Esta atención ya es una solicitud: ya no se cambia ni se retira.",
    "attention_why": "Escriba por qué se retira.",
    "attention_undo_nothing": "No hay nada suyo que deshacer.",
    "attention_undo_late": "Ya pasaron los segundos para deshacer.",
    "attention_many": "La lista tiene más de {limit} atenciones: use CSV o agregue filtros.",
}
REGISTERED = "cases.attention_registered"
CORRECTED = "cases.attention_corrected"
WITHDRAWN = "cases.attention_withdrawn"
UNDONE = "cases.attention_undone"
FILED = "cases.attention_filed"
FORGOTTEN = "cases.attention_forgotten"
HAPPENED = {
    REGISTERED: "Registrada",
    CORRECTED: "Corregida",
    WITHDRAWN: "Retirada",
    UNDONE: "Último cambio deshecho",
    FILED: "Ingresada como solicitud",
    FORGOTTEN: "Se borraron su texto y su persona",
}
"""Every kind of entry in the chain of an attention, in words."""
EVENTS = (CaseEvent("cases.from_attention", "Nació de una atención registrada", is_internal=True),)
