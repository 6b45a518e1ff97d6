# SPDX-License-Identifier: EUPL-1.2
"""Words of filing, handling and what they share."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "move_not_allowed": "No se puede {move_name}: la solicitud está «{state_name}».",
    "changed_meanwhile": "Otra persona, o usted en otra pestaña, cambió esta solicitud mientras usted "
    "escribía. Revise lo nuevo y envíe otra vez; su texto sigue aquí.",
    "unit_unknown": "Esa unidad no existe o está inactiva.",
    "assignee_away": "{name}: {words}. Elija a otra persona.",
    "assignee_unknown": "Esa persona no trabaja en la unidad de la solicitud.",
    "topic_unknown": "Ese tema no existe o está inactivo.",
    "tracking_code_taken": "El código que se entregó ya es de otra solicitud.",
    "kind_unknown": "Ese tipo de solicitud no existe o ya no se recibe.",
    "send_back_no_unit": "La solicitud ya está por derivar.",
    "send_back_restricted": (
        "Es reservada: sin unidad casi nadie podría verla. Derívela usted a la unidad que corresponde."
    ),
    "same_unit": "La solicitud ya está en esa unidad.",
    "identity_needed": (
        "Este tipo de solicitud no admite envíos anónimos: indique nombre y un medio de contacto."
    ),
    "document_needed": "Este tipo de solicitud exige un documento de identidad.",
    "contact_needed": "Indique un correo o una dirección donde enviar la respuesta.",
    "text_missing": "Escriba el texto.",
    "text_too_long": "El texto tiene {length} caracteres; el máximo es {limit}.",
    "answer_missing": "Falta responder: {label}.",
    "answer_not_an_option": "Elija una de las opciones en «{label}».",
    "answer_not_a_date": "«{label}» no es una fecha.",
    "answer_unknown": "Llegó una respuesta a una pregunta que no existe ({code}).",
    "received_in_future": "La fecha de recepción no puede ser posterior a hoy.",
    "kind_has_history": (
        "El plazo de esta solicitud ya se suspendió, se amplió o terminó: no se puede cambiar su tipo."
    ),
    "nothing_to_acknowledge": "El acuse de recibo ya se dio, o esta solicitud no lo exige.",
    "no_legal_clock": "Esta solicitud no tiene un plazo legal en curso.",
}
EVENTS = (
    CaseEvent("cases.filed", "Solicitud ingresada", "Recibimos su solicitud"),
    CaseEvent("cases.classified", "Clasificada", is_internal=True),
    CaseEvent("cases.referred", "Derivada", "La enviamos a la unidad que responde"),
    CaseEvent("cases.sent_back", "La unidad la devolvió: no es suya", is_internal=True),
    CaseEvent("cases.referral_undone", "Derivación deshecha", takes_back="cases.referred"),
    CaseEvent("cases.assigned", "Asignada", is_internal=True),
    CaseEvent("cases.row_noted", "Se anotó cómo estaba", is_internal=True),
    CaseEvent("cases.message", "Mensaje a la persona", "Le escribimos"),
    CaseEvent("cases.information_asked", "Se pidieron antecedentes", "Le pedimos completar su solicitud"),
    CaseEvent("cases.term_extended", "Plazo ampliado", "Ampliamos el plazo"),
    CaseEvent("cases.term_moved", "El plazo cambió porque cambió el calendario"),
    CaseEvent(
        "cases.correction_reminder",
        "Se recordó a la persona completar la solicitud",
        "Le recordamos completar su solicitud",
    ),
    CaseEvent("cases.acknowledged", "Acuse de recibo entregado", "Le enviamos el acuse de recibo"),
)
