# SPDX-License-Identifier: EUPL-1.2
"""Words of answers."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "file_missing": "Adjunte al menos un archivo.",
    "draft_changed": "Otra persona, o usted en otra pestaña, guardó otra versión de esta respuesta "
    "mientras usted escribía. "
    "Las dos están a la vista: deje en el formulario la que vale y envíe otra vez.",
    "draft_in_review": "Esta respuesta espera aprobación. Para cambiarla, devuélvala primero.",
    "draft_missing": "Esta solicitud no tiene un borrador de respuesta.",
    "draft_not_in_review": "Ninguna respuesta espera aprobación: alguien ya la aprobó o la devolvió.",
    "approval_needed": "La respuesta de este tipo de solicitud debe aprobarse antes de enviarse.",
    "approval_not_needed": "La respuesta de este tipo de solicitud no necesita aprobación: puede enviarla.",
    "undo_nothing": "No hay nada suyo que deshacer: la solicitud cambió después, o lo envió otra persona.",
    "undo_late": "Ya no se puede deshacer: el aviso a la persona salió o está saliendo.",
    "delivery_unproven": "Escriba qué prueba la entrega.",
    "delivery_done": "Esa entrega ya se anotó, o la respuesta se deshizo.",
    "variable_unknown": "La variable {name} no existe. Puede usar: {known}.",
    "variable_unfilled": "Falta completar {names}: escriba el dato en su lugar.",
    "checklist_owed": "Antes de responder falta revisar: {items}. Márquelo en «Lista de control».",
    "answer_now_no_right": (
        "Usted no puede responder este tipo de solicitud: ingrésela y quedará para quien la atiende."
    ),
    "ground_missing": "Elija por qué causal de la ley se deniega: sin ella no se puede enviar.",
    "reasons_missing": (
        "Escriba las razones de este caso, con sus propias palabras: no basta repetir la causal."
    ),
    "denial_not_here": "La causal, las razones y el índice de reserva solo van "
    "en una respuesta que deniega y cuya ley nombra causales.",
    "reserve_missing": "Esta causal reserva un documento: elija el acto del "
    "índice de reserva que lo declara, o agréguelo antes.",
    "reserve_not_asked": "Esta causal no reserva un documento: deje en blanco el acto del índice de reserva.",
    "reserve_other": "El acto elegido no está vigente en el índice de "
    "reserva por esa causal: elija otro, o agréguelo antes.",
    "measures_missing": (
        "Escriba qué medidas correctivas se toman: la respuesta que acepta el reclamo las indica."
    ),
    "measures_not_here": "Solo la respuesta que acepta un reclamo del libro indica medidas correctivas.",
    "outcome_not_here": "Este tipo de solicitud solo se responde con: {words}.",
}
EVENTS = (
    CaseEvent("cases.answer_drafted", "Borrador de respuesta guardado", is_internal=True),
    CaseEvent("cases.answer_discarded", "Borrador de respuesta descartado", is_internal=True),
    CaseEvent("cases.answer_submitted", "Respuesta enviada a aprobación", is_internal=True),
    CaseEvent("cases.answer_approved", "Respuesta aprobada", is_internal=True),
    CaseEvent(
        "cases.answer_called_back",
        "La respuesta por aprobar volvió a ser borrador: la solicitud cambió de unidad",
        is_internal=True,
    ),
    CaseEvent("cases.answer_returned", "Respuesta devuelta con observaciones", is_internal=True),
    CaseEvent(
        "cases.answer_undone",
        "Respuesta deshecha antes de enviarse",
        takes_back="cases.answered",
    ),
    CaseEvent(
        "cases.ask_undone",
        "Petición de antecedentes deshecha antes de enviarse",
        takes_back="cases.information_asked",
    ),
    CaseEvent(
        "cases.extension_undone", "Ampliación deshecha antes de comunicarse", takes_back="cases.term_extended"
    ),
    CaseEvent("cases.delivered", "Entrega de la respuesta anotada", "Le entregamos la respuesta"),
    CaseEvent(
        "cases.letter_returned",
        "La carta volvió sin entregarse",
        "La carta que le enviamos volvió sin entregarse",
    ),
    CaseEvent(
        "cases.letter_return_undone",
        "Devolución de la carta deshecha",
        takes_back="cases.letter_returned",
    ),
    CaseEvent("cases.answered", "Respuesta enviada", "Le respondimos"),
)
