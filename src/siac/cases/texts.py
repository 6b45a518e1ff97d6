# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.cases.domain.states import Move, State

STATE_FOR_CITIZEN: dict[str, str] = {
    State.RECEIVED: "Recibida",
    State.WITH_UNIT: "En estudio en la unidad responsable",
    State.WAITING: "Esperamos sus antecedentes",
    State.ANSWERED: "Respondida",
    State.CLOSED: "Cerrada",
}
MOVE_NAMES: dict[str, str] = {
    Move.CLASSIFY: "clasificar",
    Move.REFER: "derivar",
    Move.ASSIGN: "asignar",
    Move.NOTE: "anotar",
    Move.ASK: "pedir antecedentes",
    Move.INFORM: "agregar antecedentes",
    Move.EXTEND: "ampliar el plazo",
    Move.ANSWER: "responder",
    Move.CONTEST: "pedir revisión",
    Move.RATE: "calificar",
    Move.CLOSE: "cerrar",
}
REFUSALS: dict[str, str] = {
    "move_not_allowed": "No se puede {move_name}: la solicitud está «{state_name}».",
    "changed_meanwhile": "Otra persona cambió esta solicitud mientras usted escribía. Revise lo nuevo y envíe otra vez; su texto sigue aquí.",
    "unit_unknown": "Esa unidad no existe o está inactiva.",
    "assignee_unknown": "Esa persona no trabaja en la unidad de la solicitud.",
    "topic_unknown": "Ese tema no existe o está inactivo.",
    "kind_code_taken": "Ya hay un tipo de solicitud con el código {code}.",
    "kind_unknown": "Ese tipo de solicitud no existe o ya no se recibe.",
    "same_unit": "La solicitud ya está en esa unidad.",
    "identity_needed": "Este tipo de solicitud no admite envíos anónimos: indique nombre y un medio de contacto.",
    "document_needed": "Este tipo de solicitud exige un documento de identidad.",
    "contact_needed": "Indique un correo o una dirección donde enviar la respuesta.",
    "contest_closed": "El plazo para pedir revisión terminó el {until}.",
    "contest_not_offered": "Este tipo de solicitud no admite revisión aquí.",
    "already_rated": "Ya calificó esta respuesta. Gracias.",
    "rating_out_of_range": "La calificación va de 1 a 5.",
    "text_missing": "Escriba el texto.",
    "text_too_long": "El texto tiene {length} caracteres; el máximo es {limit}.",
    "bad_question": "La pregunta {number} está mal definida.",
    "answer_missing": "Falta responder: {label}.",
    "answer_not_an_option": "Elija una de las opciones en «{label}».",
    "answer_not_a_date": "«{label}» no es una fecha.",
    "answer_unknown": "Llegó una respuesta a una pregunta que no existe ({code}).",
    "received_in_future": "La fecha de recepción no puede ser posterior a hoy.",
    "cursor_invalid": "El cursor no es de esta lista: empiece de nuevo sin él.",
    "view_unknown": "Esa vista no existe.",
    "kind_has_history": "El plazo de esta solicitud ya se suspendió o amplió: no se puede cambiar su tipo.",
    "no_legal_clock": "Esta solicitud no tiene un plazo legal en curso.",
}
EVENTS: dict[str, str] = {
    "cases.filed": "Solicitud ingresada",
    "cases.imported": "Traída del registro anterior",
    "cases.classified": "Clasificada",
    "cases.referred": "Derivada",
    "cases.assigned": "Asignada",
    "cases.noted": "Nota interna",
    "cases.information_asked": "Se pidieron antecedentes",
    "cases.information_added": "La persona agregó antecedentes",
    "cases.term_extended": "Plazo ampliado",
    "cases.term_moved": "El plazo cambió porque cambió el calendario",
    "cases.answered": "Respuesta enviada",
    "cases.contested": "La persona pidió revisión",
    "cases.rated": "La persona calificó la respuesta",
    "cases.closed": "Cerrada",
}
"""Words of the case's history; a citizen sees those that are not internal."""
INTERNAL_EVENTS = frozenset({"cases.classified", "cases.assigned", "cases.noted"})


def refusal_context(move: str, state: str) -> dict[str, str]:
    """Return the words of a move and a state for the sentence of a refused move."""
    return {"move_name": MOVE_NAMES.get(move, move), "state_name": STATE_FOR_CITIZEN.get(state, state)}


_MORE_EVENTS: dict[str, str] = {}


def register_events(words: dict[str, str]) -> None:
    """Let a higher context name the entries it writes in a case's journal; citizens see those named without `internal`."""
    _MORE_EVENTS.update(words)


def event_name(kind: str) -> str:
    """Return the words for a kind of journal entry of a case."""
    return EVENTS.get(kind) or _MORE_EVENTS.get(kind, kind)


def is_public_event(kind: str) -> bool:
    """Return whether a citizen sees this kind of entry in the history."""
    return (kind in EVENTS and kind not in INTERNAL_EVENTS) or kind in _MORE_EVENTS
